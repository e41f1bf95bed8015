"""The cookie by which a device is known on which somebody signed in before; members/throttle.py says what for.

It signs nobody in and is no second factor. It holds a secret for each of the last people who signed in on the device, since
several share the computer of a ward; each is another one after every sign-in.
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from members import actions
from members.models import KnownDevice, User

COOKIE = "known_device"
_SALT = "members.known_devices"
_AGE = datetime.timedelta(days=365)
_PEOPLE = 20
_BETWEEN = "."


def find(request: HttpRequest, login: str) -> KnownDevice | None:
    """The asking device, if the person with this login name or number signed in on it before. Without a cookie of ours,
    whoever asks costs no query; and the answer is the same for a name that nobody has."""
    held = _held(request)
    return actions.find_device(login, held) if held and login else None


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """The person has just signed in here: from now on, with a new secret, the device is known."""
    held = _held(request)
    secret, replaced = actions.remember_device(user, held)
    others = [other for other in held if other != replaced]
    response.set_signed_cookie(
        COOKIE,
        _BETWEEN.join([*others, secret][-_PEOPLE:]),
        salt=_SALT,
        max_age=_AGE,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def forget_others(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Only the asking device stays known."""
    actions.forget_devices(user)
    remember(request, response, user)


def _held(request: HttpRequest) -> list[str]:
    signed = request.get_signed_cookie(COOKIE, default="", salt=_SALT, max_age=_AGE)
    return signed.split(_BETWEEN)[-_PEOPLE:] if signed else []
