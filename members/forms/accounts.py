"""Accounts: for whom, by which names they sign in. Passwords are never typed here."""

from __future__ import annotations

import datetime
from typing import ClassVar

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language_info, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.filters import FilterForm
from members.forms.fields import MobileField, untagged
from members.mobile import masked
from members.models import Member, User
from members.permissions import Role
from members.querysets import UserQuerySet


class AccountForm(forms.ModelForm):
    """By which names an account signs in. The number is personal data: who keeps accounts sees a part of it, and types
    another one to change it."""

    mobile = MobileField(
        label=capfirst(_("mobile number")),
        required=False,
        max_length=30,
        help_text=_("For signing in by it instead of the login name; spaces and hyphens do no harm."),
    )
    no_mobile = forms.BooleanField(
        label=_("No number any more: only the login name signs in"), required=False
    )

    class Meta:
        model = User
        fields: ClassVar = ["username", "mobile", "email"]
        help_texts: ClassVar = {
            "username": _("Capital and small letters are the same. For example the name in pinyin."),
            "email": _("For setting a forgotten password, where the portal sends mail."),
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs.update(
            autocomplete="off", autocapitalize="none", spellcheck="false"
        )
        self.standing = self.instance.mobile
        if self.standing:
            self.initial["mobile"] = None
            self.fields["mobile"].help_text = _(
                "Now %(number)s. Left empty, it stays; type another one to change it."
            ) % {"number": masked(self.standing)}
            self.order_fields(["username", "mobile", "no_mobile", "email"])
        else:
            del self.fields["no_mobile"]
        self.helper = untagged()

    def clean(self) -> dict:
        cleaned_data = super().clean()
        if self.standing and "mobile" not in self.errors:
            if cleaned_data.get("no_mobile") and cleaned_data["mobile"]:
                self.add_error("mobile", _("Either another number, or none."))
            elif not cleaned_data.get("no_mobile"):
                cleaned_data["mobile"] = cleaned_data["mobile"] or self.standing
        return cleaned_data


class NewAccountForm(AccountForm):
    class Meta(AccountForm.Meta):
        fields: ClassVar = ["member", "username", "mobile", "email"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.current().without_account()
        self.fields["member"].required = True
        self.order_fields(["member", "username", "mobile", "email"])


class AccountFilter(FilterForm):
    """The search and the filters above the list, kept in the address. What makes no sense filters nothing."""

    IN_USE, AWAITED, CLOSED = "in_use", "awaited", "closed"

    q = forms.CharField(label=_("Name, pinyin or login name"), required=False, max_length=60)
    state = forms.ChoiceField(
        label=capfirst(_("state")),
        required=False,
        choices=[
            ("", _("all")),
            (IN_USE, _("active")),
            (AWAITED, _("waiting for activation")),
            (CLOSED, _("closed")),
        ],
    )
    role = forms.ChoiceField(
        label=_("Role"),
        required=False,
        choices=[("", _("all")), *((role.value, role.label) for role in Role if role != Role.PUBLIC)],
    )
    factor = forms.ChoiceField(
        label=_("Second factor"),
        required=False,
        choices=[
            ("", _("all")),
            ("yes", pgettext_lazy("second factor", "set up")),
            ("no", pgettext_lazy("second factor", "not set up")),
        ],
    )

    def apply(self, accounts: UserQuerySet, today: datetime.date) -> UserQuerySet:
        """The accounts that match every valid filter, each with ``has_second_factor``."""
        self.is_valid()
        asked = self.cleaned_data
        found = accounts.search(asked.get("q") or "").with_second_factor()
        if state := asked.get("state"):
            narrow = {self.IN_USE: found.in_use, self.AWAITED: found.awaited, self.CLOSED: found.closed}
            found = narrow[state]()
        if role := asked.get("role"):
            found = found.of_role(Role(role), today)
        if factor := asked.get("factor"):
            found = found.filter(has_second_factor=factor == "yes")
        return found


class RemoveFactorsForm(forms.Form):
    """Why a person's second factors are taken away."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("For example: telephone lost, told in person.")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.helper = untagged()


class LanguageForm(forms.ModelForm):
    """The language in which one's own desk opens."""

    class Meta:
        model = User
        fields: ClassVar = ["language"]
        widgets: ClassVar = {"language": forms.RadioSelect}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]
        self.fields["language"].choices = [*languages, ("", _("As on the page where I sign in"))]
        self.helper = untagged()
