"""The register of mobile members: what is shown of it, and whose time away is to be entered."""

from __future__ import annotations

import datetime

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from branch_portal.forms.filters import FilterForm
from members import out_of_contact, register
from members.forms.fields import untagged
from members.models import Member, MobilePeriod


class RegisterFilter(FilterForm):
    """The search and the filter above the register, kept in the address. What makes no sense filters nothing."""

    AWAY, BACK, OUT_OF_CONTACT = "away", "back", "out_of_contact"

    q = forms.CharField(
        label=_("Name or pinyin"),
        required=False,
        max_length=60,
    )
    show = forms.ChoiceField(
        label=_("Which people"),
        required=False,
        choices=[
            (AWAY, _("away now")),
            (BACK, _("came back")),
            (OUT_OF_CONTACT, _("out of contact")),
        ],
    )

    @property
    def words(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("q") or ""

    @property
    def shown(self) -> str:
        self.is_valid()
        return self.cleaned_data.get("show") or self.AWAY

    def rows(self, today: datetime.date):
        """Lines of the register, times away that are over, or lines of people out of contact."""
        people = Member.objects.current().search(self.words) if self.words else None
        if self.shown == self.OUT_OF_CONTACT:
            return out_of_contact.lines(today, people)
        if self.shown == self.BACK:
            return MobilePeriod.objects.over_on(today, people)
        return register.lines(today, people)


class WhoIsAwayForm(forms.Form):
    """Somebody of the branch who is not entered as away today."""

    member = forms.ModelChoiceField(label=capfirst(_("member")), queryset=Member.objects.none())

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = Member.objects.current().not_away_on(timezone.localdate())
        self.helper = untagged()
