"""The page for signing in by login name or number and password: allauth's, behind a limit that knows known devices."""

from __future__ import annotations

from allauth.account import views as account
from django.http import HttpRequest, HttpResponse
from django.views.decorators.debug import sensitive_post_parameters

from members import throttle
from members.permissions import public


@public
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.method == "POST" and not throttle.admits_form(request, request.POST.get("login", "")):
        return throttle.too_many_requests(request)
    return account.login(request)
