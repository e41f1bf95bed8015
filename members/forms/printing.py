"""What is printed, of whom, and whether with sensitive data."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.forms.fields import untagged
from members.models import Member, PartyGroup
from members.querysets import MemberQuerySet

MOST = 300  # papers in one file: more would keep everybody waiting


class PeopleToPrintForm(forms.Form):
    """Whose papers are printed together; ``members``: who may be chosen."""

    group = forms.ModelChoiceField(
        PartyGroup.objects.all(), label=_("Party group"), required=False, empty_label=_("all groups")
    )
    people = forms.ModelMultipleChoiceField(
        Member.objects.none(),
        label=_("People"),
        required=False,
        help_text=_("Nobody chosen: everybody of the group."),
        widget=forms.SelectMultiple(attrs={"size": 10}),
    )
    with_sensitive = forms.BooleanField(
        label=_("with identity number, health and hardship, discipline and pay"),
        required=False,
        help_text=_(
            "Otherwise they are masked. That they were printed is recorded, and each member sees it."
        ),
    )

    def __init__(self, *args, members: MemberQuerySet, may_print_sensitive: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = members
        if not may_print_sensitive:
            del self.fields["with_sensitive"]
        self.helper = untagged()

    def clean(self) -> dict:
        cleaned_data = super().clean()
        if not self.errors:
            chosen = self.chosen()
            if not chosen.exists():
                raise ValidationError(_("Nobody is in this choice."), code="nobody")
            if chosen.count() > MOST:
                raise ValidationError(
                    _("At most %(most)d people are printed at once. Choose a group or people."),
                    code="too_many",
                    params={"most": MOST},
                )
        return cleaned_data

    def chosen(self) -> MemberQuerySet:
        """The people to be printed, in the order of names."""
        members = self.fields["people"].queryset
        if people := self.cleaned_data.get("people"):
            members = members.filter(pk__in=people)
        if group := self.cleaned_data.get("group"):
            members = members.filter(party_group=group)
        return members
