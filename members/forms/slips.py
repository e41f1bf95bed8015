"""Activation slips: for whom they are printed; the code; the own password."""

from __future__ import annotations

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from members.forms.fields import untagged
from members.models import ActivationSlip, Member, User


class _People(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple


class _Accounts(_People):
    def label_from_instance(self, user: User) -> str:
        """With what became of the last slip."""
        last = user.open_slips[0].get_state_display() if user.open_slips else ""
        name = f"{user} ({user.username})"
        return _("%(name)s: has a slip, %(state)s") % {"name": name, "state": last} if last else name


class SlipsForm(forms.Form):
    """Some, or all at a stroke, of those who need a slip."""

    members = _People(label=_("People without an account"), queryset=Member.objects.none(), required=False)
    users = _Accounts(
        label=_("Accounts never used, or with an unused slip"), queryset=User.objects.none(), required=False
    )
    everybody = forms.BooleanField(label=_("For everybody listed here"), required=False)

    def __init__(self, *args, by: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = Member.objects.current().without_account()
        open_slips = Prefetch("slips", ActivationSlip.objects.open(), to_attr="open_slips")
        awaited = User.objects.listed().awaited().exclude(pk=by.pk)
        self.fields["users"].queryset = awaited.prefetch_related(open_slips)
        self.helper = untagged("everybody", "members", "users")

    def clean(self) -> dict:
        cleaned_data = super().clean()
        if cleaned_data.get("everybody"):
            cleaned_data |= {name: self.fields[name].queryset for name in ("members", "users")}
        # Chosen now: accounts made a moment later are no longer among those to get one.
        cleaned_data |= {name: list(cleaned_data.get(name) or []) for name in ("members", "users")}
        if not cleaned_data.get("members") and not cleaned_data.get("users"):
            raise ValidationError(_("Choose somebody."), code="required")
        return cleaned_data


class NewSlipForm(forms.Form):
    """Whether what was lost is to end by the slip; asked where there is something to lose."""

    device_lost = forms.BooleanField(
        label=_("The device is lost: passkeys and codes end when the slip is used"), required=False
    )
    reason = forms.CharField(
        label=_("What was lost"),
        max_length=200,
        required=False,
        help_text=_("For example: telephone lost, told in person. It is kept, and the person reads it."),
    )

    def __init__(self, *args, account: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if not account.has_second_factor:
            self.fields.clear()
        self.helper = untagged()

    def clean(self) -> dict:
        cleaned_data = super().clean()
        lost, reason = cleaned_data.get("device_lost"), cleaned_data.get("reason")
        if lost and not reason and "reason" not in self.errors:
            self.add_error("reason", ValidationError(_("Give the reason."), code="required"))
        if reason and not lost:
            self.add_error(
                "device_lost",
                ValidationError(_("Choose this, or leave the reason empty."), code="required"),
            )
        return cleaned_data


class SlipCodeForm(forms.Form):
    """The code of a slip, put in by the page's script or typed from the paper."""

    code = forms.CharField(
        label=_("Code on the slip"),
        max_length=80,
        help_text=_("Small letters and digits; hyphens and spaces do no harm."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class OwnPasswordForm(forms.Form):
    """An own password, twice."""

    password1 = forms.CharField(
        label=_("Your own password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 8 characters, not only digits, and none of the passwords that everybody uses."),
    )
    password2 = forms.CharField(
        label=_("The same password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, user: User, code: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.code = user, code
        self.helper = untagged()

    def clean_password1(self) -> str:
        password = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.user)
        return password

    def clean_password2(self) -> str:
        first, second = self.cleaned_data.get("password1"), self.cleaned_data["password2"]
        if first is not None and first != second:
            raise ValidationError(_("The two passwords are not the same."), code="mismatch")
        return second
