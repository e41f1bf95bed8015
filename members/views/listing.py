"""What is seen of a list of people: who stands in it, in which order, with which columns. The page shows it, the file
takes it along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from members import columns
from members.columns import Cell, Column
from members.forms.lists import PeopleFilter
from members.models import Member
from members.querysets import MemberQuerySet
from members.views.fetching import sees_personal_data

_AT_ONCE = 1000


@dataclass(frozen=True)
class Line:
    """A person and the row's cells."""

    member: Member
    cells: list[Cell]


class Listing:
    """``asked``: filters and order as the address or the form has them; ``names``: of the columns."""

    def __init__(self, request: HttpRequest, asked: QueryDict, names: Iterable[str]) -> None:
        self.request = request
        self.filters = PeopleFilter(asked, user=request.user)
        self.offered = columns.offered_to(request.user)
        self.columns: list[Column] = columns.chosen(names, self.offered)

    @cached_property
    def members(self) -> MemberQuerySet:
        """Everybody who is seen, with what the columns need: a few queries, however many people."""
        today = timezone.localdate()
        visible = Member.objects.visible_to(self.request.user).with_presence_on(today)
        found = self.filters.apply(visible.with_order_of_posts_on(today).with_order_of_admission())
        found = found.select_related("party_group", "user").with_posts_on(today)
        if any(column.needs_timeline for column in self.columns):
            found = found.with_admission_entries()
        return found

    def line(self, member: Member) -> Line:
        """The row of one of them, masked where the reader does not see the person's data."""
        sees = sees_personal_data(self.request, member)
        return Line(member, columns.cells(member, self.columns, shows_personal_data=sees))

    def lines(self) -> Iterator[Line]:
        """All of them, loaded by the thousand."""
        return map(self.line, self.members.iterator(chunk_size=_AT_ONCE))
