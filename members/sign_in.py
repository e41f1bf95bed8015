"""Signing in: login name or mobile number, with a password; nobody signs up."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import ChangePasswordForm, LoginForm
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import User


class NameOrMobileBackend(AuthenticationBackend):
    """allauth's check of a password, with the account found by login name or mobile number."""

    def _authenticate_by_username(self, username: str, password: str) -> User | None:
        named = Q(username__iexact=username) | Q(mobile=username.replace(" ", "").replace("-", ""))
        user = User.objects.select_related("member").filter(named).first()
        return self._check_password(user, password)

    def get_user(self, user_id: int) -> User | None:
        user = User.objects.select_related("member").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request) -> bool:
        """Accounts are given by the branch; there is no sign-up."""
        return False


class SignInForm(LoginForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        login = self.fields["login"]
        login.label = _("Login name or mobile number")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields.pop("remember", None)


class PasswordForm(ChangePasswordForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
