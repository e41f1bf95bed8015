"""How often one may try, and what is shown after too many attempts: when to try again. allauth counts
(settings.ACCOUNT_RATE_LIMITS).

Wrong passwords are counted for a login name *from one address*, and for the address as a whole. They are
not counted for the name alone: anybody could then lock a member out on voting day from anywhere.

Many members share the address of one hospital, so that somebody who guesses there would lock the others out. Therefore a
device on which the very person signed in before (members/known_devices.py) is counted by itself, and what is counted for the
address does not concern it. When its own few guesses are used up, by a thief of its cookie for example, it is a device like
any other. Passkeys and the codes of slips cannot be guessed, so no limit by address keeps anybody from using them.
"""

from __future__ import annotations

import datetime
import math
import time

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from members import known_devices
from members.mobile import tidy

APP = "allauth.account"
ACTIONS = {
    "account_login": "sign_in",
    "account_change_password": "change_password",
    "account_reauthenticate": "reauthenticate",
    "account_reset_password": "reset_password",
    "account_reset_password_from_key": "reset_password_from_key",
}


def admits_form(request: HttpRequest, login: str) -> bool:
    """Whether the sent form of signing in is read at all; counted for the address, but for known devices."""
    return bool(known_devices.find(request, login.strip()) or _count(request, "sign_in"))


def count_guess(request: HttpRequest, login: str) -> ratelimit.RateLimitUsage:
    """Count a password before it is tried; the count is returned, to be taken back if the password was right. One too many
    is answered by the page that says when to try again."""
    device = known_devices.find(request, login)
    if device and (usage := _count(request, "device_failed", f"device {device.pk}")):
        return usage
    name_here = at_address(request, tidy(login).lower())
    usage = _count_or_refuse(request, "login_failed", name_here)
    try:
        usage.usage += _count_or_refuse(request, "address_failed").usage
    except ImmediateHttpResponse:
        usage.rollback()  # nothing was tried for this name
        raise
    return usage


def count_code(request: HttpRequest, code: str) -> None:
    """Count the code of a slip before it is looked up, by its first two letters from one address: somebody else's wrong
    codes there hardly meet it, and the counts stay few."""
    _count_or_refuse(request, "activate", at_address(request, code[:2]))


def at_address(request: HttpRequest, what: str) -> str:
    """The key under which something is counted from one address."""
    return f"{what} from {ratelimit.get_ip(request)}"


def _count(request: HttpRequest, action: str, key: str | None = None) -> ratelimit.RateLimitUsage | None:
    return ratelimit.consume(request, app=APP, action=action, key=key)


def _count_or_refuse(request: HttpRequest, action: str, key: str | None = None) -> ratelimit.RateLimitUsage:
    usage = _count(request, action, key)
    if usage is None:
        raise ImmediateHttpResponse(refuse(request, action=action, key=key))
    return usage


def seconds_to_wait(request: HttpRequest, action: str, key: str | None = None) -> int:
    """How long until every limit of the action lets the next attempt through; 0 if they all do now."""
    now = time.time()
    waits = [0.0]
    for rate in ratelimit.get_rates(app=APP, action=action):
        attempts = cache.get(ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key), [])
        if len(attempts) >= rate.amount:
            waits.append(attempts[rate.amount - 1] + rate.duration - now)
    return math.ceil(max(waits))


def refuse(request: HttpRequest, *, action: str, key: str | None = None) -> HttpResponse:
    """The page that says when to try again, to a minute that has surely come by then."""
    wait = max(1, seconds_to_wait(request, action, key))
    again_at = timezone.now() + datetime.timedelta(seconds=wait + 59)
    context = {"minutes": math.ceil(wait / 60), "again_at": again_at}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(wait)
    return response


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """``handler429``: allauth calls it when one of its pages is asked too often."""
    action = ACTIONS.get(request.resolver_match.view_name if request.resolver_match else "", "sign_in")
    return refuse(request, action=action)
