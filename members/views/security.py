"""“Account and security”: one's own password, second factors, signed-in devices and language."""

from __future__ import annotations

from http import HTTPStatus

from allauth.account import views as account
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from allauth.usersessions.models import UserSession
from allauth.usersessions.views import list_usersessions
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from members import actions, known_devices
from members.forms.accounts import LanguageForm
from members.grace import days_left
from members.permissions import Capability, requires

Type = Authenticator.Type
_remove_passkey = RemoveWebAuthnView.as_view(success_url=reverse_lazy("mfa_index"))


@requires(Capability.USE_DESK)
def security(request: HttpRequest) -> HttpResponse:
    factors = Authenticator.objects.filter(user=request.user).order_by("pk")
    given = request.user.access_given.select_related("by__member", "slip", "user__member")
    recovery = next((each.wrap() for each in factors if each.type == Type.RECOVERY_CODES), None)
    context = {
        "passkeys": [each for each in factors if each.type == Type.WEBAUTHN],
        "totp": next((each for each in factors if each.type == Type.TOTP), None),
        "recovery": recovery,
        "recovery_left": len(recovery.get_unused_codes()) if recovery else 0,
        "days_left": days_left(request.user),
        "sessions": UserSession.objects.filter(user=request.user).count(),
        "access_given": given.reverse(),
        "language_form": LanguageForm(instance=request.user),
        "section": "account",
    }
    return render(request, "account/security.html", context)


@requires(Capability.USE_DESK)
def after_slip(request: HttpRequest) -> HttpResponse:
    """After a slip was used: passkeys and codes made before still open the account, each is one's own or is removed."""
    factors = Authenticator.objects.filter(user=request.user).order_by("pk")
    context = {
        "passkeys": [each for each in factors if each.type == Type.WEBAUTHN],
        "totp": next((each for each in factors if each.type == Type.TOTP), None),
        "section": "account",
    }
    return render(request, "account/after_slip.html", context)


@requires(Capability.USE_DESK)
@never_cache
@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """One's own password; a new one ends every other session, and of the known devices this one stays."""
    response = account.password_change(request)
    if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
        known_devices.remember(request, response, request.user)
    return response


@requires(Capability.USE_DESK)
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language of the desk with the account, and go on in it."""
    form = LanguageForm(request.POST, instance=request.user)
    if not form.is_valid():
        return redirect("mfa_index")
    user = actions.keep_language(request.user, form.cleaned_data["language"])
    with override(user.language or request.LANGUAGE_CODE):
        messages.success(request, _("The language is saved."))
        return redirect("mfa_index")


@requires(Capability.USE_DESK)
def sessions(request: HttpRequest) -> HttpResponse:
    """Where one is signed in; posted to, every other device is signed out and known no more."""
    UserSession.objects.create_from_request(request)  # one that began before there was a list is on it too
    response = list_usersessions(request)
    if request.method == "POST":
        known_devices.forget_others(request, response, request.user)
    return response


@requires(Capability.USE_DESK)
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own; whether another number is in use, nobody learns."""
    get_object_or_404(Authenticator, pk=pk, user=request.user, type=Type.WEBAUTHN)
    return _remove_passkey(request, pk=pk)
