"""The search, the filters and the order of the list of people; and taking it out as a file."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branch_portal.forms.filters import FilterForm
from members import columns
from members.models import Export, Member, PartyGroup
from members.permissions import Capability
from members.querysets import MemberQuerySet

_ALL = ("", _("all"))
_HERE = (Member.Standing.NORMAL, Member.Standing.LOST_CONTACT, Member.Standing.SUSPENDED)
BY_NAME = "name"
DESCENDING = "-"

# Each filter: the people, the chosen value, today.
_NARROWING: dict[str, Callable[[MemberQuerySet, object, datetime.date], MemberQuerySet]] = {
    "stage": lambda people, stage, today: people.of_stage(stage),
    "group": lambda people, group, today: people.in_group(group),
    "standing": lambda people, standing, today: people.of_standing(standing),
    "gender": lambda people, gender, today: people.of_gender(gender),
    "post": lambda people, answer, today: (
        people.holding_a_post_on(today) if answer == "yes" else people.holding_no_post_on(today)
    ),
    "vote": lambda people, answer, today: (
        people.with_voting_rights(today) if answer == "yes" else people.without_voting_rights(today)
    ),
    "away": lambda people, answer, today: (
        people.away_on(today) if answer == "yes" else people.not_away_on(today)
    ),
    "account": lambda people, answer, today: (
        people.with_account() if answer == "yes" else people.without_account()
    ),
}


class PeopleFilter(FilterForm):
    """The search above the list, kept in the address. A value that makes no sense filters nothing.

    ``user``: who reads. A filter that would tell what the reader does not see is not offered, and not obeyed.
    """

    WHO_LEFT = "left"
    WHO_IS_EXPECTED = "expected"

    q = forms.CharField(label=_("Name, pinyin or initials"), required=False, max_length=60)
    stage = forms.ChoiceField(label=_("Stage"), required=False, choices=[_ALL, *Member.Stage.choices])
    group = forms.ModelChoiceField(
        PartyGroup.objects.all(), label=_("Party group"), required=False, empty_label=_("all")
    )
    standing = forms.ChoiceField(
        label=_("Standing"), required=False, choices=[_ALL, *Member.Standing.choices]
    )
    gender = forms.ChoiceField(label=_("Gender"), required=False, choices=[_ALL, *Member.Gender.choices])
    post = forms.ChoiceField(
        label=_("Posts"), required=False, choices=[_ALL, ("yes", _("holds a post")), ("no", _("holds none"))]
    )
    vote = forms.ChoiceField(
        label=_("Right to vote today"),
        required=False,
        choices=[_ALL, ("yes", _("has a vote")), ("no", _("has no vote"))],
    )
    away = forms.ChoiceField(
        label=_("Mobile member"),
        required=False,
        choices=[_ALL, ("yes", _("away now")), ("no", _("not away"))],
    )
    account = forms.ChoiceField(
        label=_("Account"),
        required=False,
        choices=[_ALL, ("yes", _("has an account")), ("no", _("has no account"))],
    )
    who = forms.ChoiceField(
        label=_("In the branch"),
        required=False,
        choices=[
            ("", _("now")),
            (WHO_LEFT, _("left the branch")),
            (WHO_IS_EXPECTED, _("expected by letter of introduction")),
        ],
    )
    sort = forms.ChoiceField(label=pgettext_lazy("of a list", "Order"), required=False)

    # The right to vote stands in every list of attendance, which the committee reads; the others in their own registers.
    NEEDS = {
        "vote": Capability.READ_ALL_MEETINGS,
        "away": Capability.READ_MOBILE_REGISTER,
        "account": Capability.MANAGE_ACCOUNTS,
        "who": Capability.READ_PERSONAL_DATA,
    }

    def __init__(self, data, *, user) -> None:
        super().__init__(data)
        self.sees_phones = user.may(Capability.READ_PERSONAL_DATA)
        self.phones_of_groups = user.led_groups if user.may(Capability.READ_GROUP_DATA) else frozenset()
        self.sortable = columns.sortable_by(user)
        for name, capability in self.NEEDS.items():
            if not user.may(capability):
                del self.fields[name]
        if "who" not in self.fields:
            self.fields["standing"].choices = [_ALL, *((each.value, each.label) for each in _HERE)]
        if self.sees_phones or self.phones_of_groups:
            self.fields["q"].label = _("Name, pinyin, initials or telephone")
        self.fields["sort"].choices = self._orders()

    def _orders(self) -> list[tuple[str, str]]:
        found = [("", _("by name")), (f"{DESCENDING}{BY_NAME}", _("by name, backwards"))]
        for column in self.sortable.values():
            found.append((column.name, column.label))
            found.append(
                (f"{DESCENDING}{column.name}", _("%(column)s, backwards") % {"column": column.label})
            )
        return found

    @property
    def used(self) -> dict[str, str]:
        """What narrows the list now, by the names of the fields, as the address has it."""
        self.is_valid()
        return {
            name: self.data[name] for name in self.fields if name != "sort" and self.cleaned_data.get(name)
        }

    @classmethod
    def in_words(cls, used: dict[str, str], groups: dict[str, str]) -> list[tuple[str, str]]:
        """What is ``used`` now, or was once: labels and values as a reader knows them.

        ``groups``: the names of the Party groups by id, as text."""
        found = []
        for name, value in used.items():
            field = cls.base_fields.get(name)
            choices = groups if name == "group" else dict(getattr(field, "choices", []))
            found.append((field.label if field else name, choices.get(value, value)))
        return found

    @property
    def is_used(self) -> bool:
        return bool(self.used)

    @property
    def folded_used(self) -> int:
        """How many of the filters behind the fold narrow the list."""
        return sum(name != "q" for name in self.used)

    @property
    def order(self) -> tuple[str, bool]:
        """The name of the column by which the people stand (``BY_NAME`` for the usual order), and whether backwards."""
        self.is_valid()
        sort = self.cleaned_data.get("sort") or BY_NAME
        return sort.removeprefix(DESCENDING), sort.startswith(DESCENDING)

    def apply(self, members: MemberQuerySet) -> MemberQuerySet:
        """The people who match every valid filter, in the chosen order."""
        self.is_valid()
        asked = self.cleaned_data
        of_them = {self.WHO_LEFT: members.left, self.WHO_IS_EXPECTED: members.expected}
        found = of_them.get(asked.get("who"), members.current)()
        found = found.search(
            asked.get("q") or "", by_phone=self.sees_phones, by_phone_in=self.phones_of_groups
        )
        today = timezone.localdate()
        for name, narrow in _NARROWING.items():
            if asked.get(name):
                found = narrow(found, asked[name], today)
        return self._in_order(found)

    def _in_order(self, members: MemberQuerySet) -> MemberQuerySet:
        name, backwards = self.order
        if name == BY_NAME:
            return members.order_by("-sort_key", "-pk") if backwards else members.order_by("sort_key", "pk")
        return members.in_order_of(*self.sortable[name].orders, descending=backwards)


class ExportForm(forms.Form):
    """Which kind of file the list is wanted as."""

    format = forms.ChoiceField(
        choices=[(each.value, each.label) for each in (Export.Format.XLSX, Export.Format.CSV)]
    )
