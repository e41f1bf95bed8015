"""Whoever can do much signs in with more than a password: days of grace, then only the pages to set that up.

Members without such a role are never asked. And nobody is kept from a ballot: the pages on which one votes stay open.
"""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from members.grace import days_left
from members.permissions import Role

# Where a second factor is set up, and the way out.
SET_UP = (
    "mfa_index",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_add_webauthn",
    "mfa_remove_webauthn",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "account_reauthenticate",
    "account_change_password",
    "account_language",
    "usersessions_list",
)
VOTING = ("ballots:list", "ballots:detail", "ballots:booth", "ballots:setup", "ballots:place", "ballots:cast")


class SecondFactorMiddleware:
    """Asks after the view is known; costs a query only for those who need a factor and have none."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if getattr(view, "access", None) in {None, Role.PUBLIC} or not request.user.is_authenticated:
            return None
        days = days_left(request.user)
        if days is None or days > 0 or request.resolver_match.view_name in (*SET_UP, *VOTING):
            return None
        if request.method in {"GET", "HEAD"}:
            return redirect("mfa_index")
        sentence = _("First set up a second factor, under “Account and security”.")
        return HttpResponse(sentence, status=HTTPStatus.FORBIDDEN, content_type="text/plain; charset=utf-8")
