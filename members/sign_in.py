"""Signing in: login name or mobile number with a password, or a passkey alone; nobody signs up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from crispy_forms.helper import FormHelper
from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from members import known_devices, throttle
from members.actions import forget_devices
from members.mobile import tidy
from members.models import User
from members.permissions import Capability


class NameOrMobileBackend(AuthenticationBackend):
    """allauth's check of a password, with the account found by login name or mobile number."""

    def _authenticate_by_username(self, username: str, password: str) -> User | None:
        named = Q(username__iexact=username) | Q(mobile=tidy(username))
        user = User.objects.select_related("member").filter(named).first()
        return self._check_password(user, password)

    def get_user(self, user_id: int) -> User | None:
        """Asked with every request: a closed account is signed out at once, everywhere."""
        users = User.objects.select_related("member").with_second_factor()
        user = users.filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    """allauth with the pages that branch_portal/urls.py names. None of its other addresses exists."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        # The same for a name nobody has and for a wrong password.
        "username_password_mismatch": _("The login name, mobile number or password is not right."),
        "account_inactive": _("This account is closed. Ask the branch secretary."),
        "enter_current_password": _("This is not your present password."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are given by the branch; there is no sign-up."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs) -> HttpResponse | None:
        """However somebody signs in, by a passkey too: an account that may do nothing is told that it is closed."""
        if not user.may(Capability.USE_DESK):
            messages.error(request, self.error_messages["account_inactive"])
            return redirect("account_login")
        return super().pre_login(request, user, **kwargs)

    def post_login(self, request: HttpRequest, user: User, **kwargs) -> HttpResponse:
        """However somebody has signed in, the device is known from now on."""
        response = super().post_login(request, user, **kwargs)
        known_devices.remember(request, response, user)
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The desk, in the language that the person has chosen."""
        with override(request.user.language or get_language()):
            return super().get_login_redirect_url(request)

    def send_notification_mail(self, *args, **kwargs) -> None:
        """What happens to an account is told at the desk, not by e-mail."""

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Only if the account is closed between the form's check and this moment."""
        return redirect("account_login")

    def set_password(self, user: User, password: str) -> None:
        """Whoever learned the old one, or sat at a device, begins as a stranger."""
        super().set_password(user, password)
        forget_devices(user)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("mfa_index")

    def pre_authenticate(self, request: HttpRequest, **credentials) -> None:
        """Count the attempt; one too many is answered by a page of its own that says when to try again. allauth takes the
        count back when the password was right."""
        self._login_failed_rl_usage = throttle.count_guess(request, credentials.get("username", ""))


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Login name or mobile number")
        self.fields["password"].help_text = ""
        # A telephone's keyboard would begin the name with a capital and correct it.
        self.fields["login"].widget.attrs.update(autocapitalize="none", spellcheck="false")
        _plain(self)
        if not self.is_bound:
            self.fields["login"].widget.attrs["autofocus"] = True

    def clean(self) -> dict:
        """Told only to whom knows the password: the account is closed, or its person has left the branch."""
        cleaned_data = super().clean()
        user = getattr(self, "user", None)
        if user is not None and not user.may(Capability.USE_DESK):
            raise AccountAdapter(self.request).validation_error("account_inactive")
        return cleaned_data


class PasswordForm(ChangePasswordForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Present password")
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password once more")
        _plain(self)


class ConfirmForm(ReauthenticateForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Present password")
        _plain(self)


class ForgottenForm(ResetPasswordForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        _plain(self)


class ResetForm(ResetPasswordKeyForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password once more")
        _plain(self)


def _plain(form: forms.Form) -> None:
    """Labels stand above the fields, so no placeholders; the form's tag is the template's."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    form.helper = FormHelper()
    form.helper.form_tag = False
