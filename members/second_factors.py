"""Second factors as allauth keeps them: sealed in the database, named after the branch, told in the portal's words."""

from __future__ import annotations

import io

import segno
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branch_portal.encryption import keys
from members.forms.fields import untagged
from members.models import BranchProfile, User

_PLACE = "mfa_authenticator.data"


class SecondFactorAdapter(DefaultMFAAdapter):
    """allauth's, with the secrets sealed by the key of the records."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This code is not right. Codes change every half minute: wait for the next one."),
    }

    def encrypt(self, text: str) -> str:
        return keys.seal(text, _PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        return keys.unseal(encrypted_text, _PLACE)

    def _get_site_name(self) -> str:
        return str(BranchProfile.load()) or context.request.get_host()

    def build_totp_svg(self, url: str) -> str:
        picture = io.BytesIO()
        segno.make(url, micro=False).save(picture, kind="svg", border=2, scale=5, xmldecl=False)
        return picture.getvalue().decode()

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return gettext("Passkey %(number)s") % {"number": number}


class _Plain:
    """Labels stand above the fields, so no placeholders; the form's tag is the template's."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if code := self.fields.get("code"):
            code.widget.attrs.update(autocomplete="one-time-code", autocapitalize="none", spellcheck="false")
        self.helper = untagged()


class CodeForm(_Plain, AuthenticateForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code of the app, or a recovery code")
        self.fields["code"].widget.attrs["autofocus"] = True


class ConfirmCodeForm(_Plain, ReauthenticateForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code of the app, or a recovery code")


class FirstCodeForm(_Plain, ActivateTOTPForm):
    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The six digits that the app now shows")
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class PasskeyForm(_Plain, AddWebAuthnForm):
    """Every key signs in by itself, with the device's own lock, and is a second factor as well."""

    passwordless = forms.BooleanField(initial=True, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of this passkey")
        self.fields["name"].help_text = _("So that you know it again, for example “telephone”.")
        self.fields["name"].max_length = 60
