"""What is shown after too many attempts: when to try again. allauth counts (settings.ACCOUNT_RATE_LIMITS).

Wrong passwords are counted for a login name *from one address*, and for the address as a whole. They are
not counted for the name alone: anybody could then lock a member out on voting day from anywhere.
"""

from __future__ import annotations

import datetime
import math
import time

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

APP = "allauth.account"
ACTIONS = {
    "account_login": "login",
    "account_change_password": "change_password",
    "account_reauthenticate": "reauthenticate",
    "account_reset_password": "reset_password",
    "account_reset_password_from_key": "reset_password_from_key",
    "activate": "activate",
}


def name_at_address(request: HttpRequest, login: str) -> str:
    """The key under which wrong passwords for a login name are counted."""
    return f"{login.lower()} from {ratelimit.get_ip(request)}"


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
    action = ACTIONS.get(request.resolver_match.view_name if request.resolver_match else "", "login")
    return refuse(request, action=action)
