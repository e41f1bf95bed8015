"""The page on which a meeting is recorded: a form for every row, and one empty row of every kind to type into."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from meetings.attendance import Figures, figures
from meetings.forms.names import Names
from meetings.forms.rows import PLACEHOLDER, ROW_FORMS, TYPED_KINDS, RowForm
from meetings.minutes import ROWS_OF_KIND
from meetings.models import Meeting
from meetings.recording import Outcome
from members.models import Member

# The rows of ``ROWS_OF_KIND`` by the name that their inputs begin with.
_TYPED_AS = {
    "topics": "topic",
    "problems": "problem",
    "criticisms": "criticism",
    "requirements": "requirement",
}


@dataclass
class TypedRows:
    """Rows of one kind that are typed: those that stand, an empty one, and the mould that the script copies."""

    kind: str
    forms: list[RowForm]
    empty: RowForm
    mould: RowForm

    @property
    def template_name(self) -> str:
        return f"meetings/_{self.kind}_row.html"

    @property
    def placeholder(self) -> str:
        return PLACEHOLDER


@dataclass
class AgendaCard:
    """An agenda item's form and the rows that are typed under it, if any."""

    form: RowForm
    under: TypedRows | None


class RecordPage:
    """All forms of a meeting's record: one query for each kind of rows, two for the names to choose from."""

    def __init__(self, meeting: Meeting, outcome: Outcome | None = None) -> None:
        """``outcome``: a submission whose unsaved rows are shown as they were typed, with their errors."""
        self.meeting = meeting
        self.outcome = outcome
        self.people = Names.of((member.pk, member) for member in Member.objects.current())
        self.items = Names.of((item.pk, item) for item in meeting.agenda_items.all())
        typed = _typed(outcome)
        self.rows = {kind: self._forms(kind, typed) for kind in ROW_FORMS}
        self.typed = {kind: self._typed_rows(kind) for kind in TYPED_KINDS}

    def form_of(self, kind: str, row) -> RowForm:
        """The form of a stored row."""
        return self._offering(ROW_FORMS[kind](prefix=f"{kind}-{row.pk}", instance=row))

    def _forms(self, kind: str, typed: dict[str, RowForm]) -> list[RowForm]:
        standing = [self.form_of(kind, row) for row in standing_rows(self.meeting, kind)]
        known = {form.prefix for form in standing}
        shown = [self._offering(typed.get(form.prefix, form)) for form in standing]
        new = [form for name, form in typed.items() if form.kind == kind and name not in known]
        return shown + [self._offering(form) for form in new]

    def _typed_rows(self, kind: str) -> TypedRows:
        empty, mould = self._blank(kind, str(uuid.uuid4())), self._blank(kind, PLACEHOLDER)
        return TypedRows(kind, self.rows[kind], empty, mould)

    def _blank(self, kind: str, key: str) -> RowForm:
        form_class = ROW_FORMS[kind]
        instance = form_class._meta.model(meeting=self.meeting)
        return self._offering(form_class(prefix=f"{kind}-{key}", instance=instance))

    def _offering(self, form: RowForm) -> RowForm:
        form.offer(people=self.people, items=self.items)
        return form

    @property
    def figures(self) -> Figures:
        return figures(form.instance for form in self.rows["attendance"])

    @property
    def agenda(self) -> list[AgendaCard]:
        placed: set[str | None] = set()
        cards = []
        for form in self.rows["agenda"]:
            kind = _TYPED_AS.get(ROWS_OF_KIND.get(form.instance.kind, ""))
            cards.append(AgendaCard(form, self.typed[kind] if kind and kind not in placed else None))
            placed.add(kind)
        return cards

    @property
    def loose(self) -> list[TypedRows]:
        """Rows that no agenda item stands for; they are shown all the same."""
        placed = {card.under.kind for card in self.agenda if card.under}
        return [self.typed[kind] for kind in _TYPED_AS.values() if kind not in placed and self.rows[kind]]


def _typed(outcome: Outcome | None) -> dict[str, RowForm]:
    """The rows that were typed and not saved, whole."""
    rows = outcome.rows if outcome else []
    return {row.name: row.form.completed() for row in rows if isinstance(row.form, RowForm) and not row.saved}


def standing_rows(meeting: Meeting, kind: str):
    """The stored rows of a kind, with the people they are about."""
    rows = ROW_FORMS[kind]._meta.model.objects.filter(meeting=meeting).select_related("changed_by__member")
    return rows.select_related("member__party_group", "meeting") if kind == "attendance" else rows
