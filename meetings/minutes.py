"""Everything a meeting's page shows, each table loaded once and only when the template asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from meetings.kinds import AgendaKind
from meetings.models import (
    AgendaItem,
    Attachment,
    Correction,
    Criticism,
    Guest,
    Meeting,
    Photo,
    Problem,
    Requirement,
    Signature,
    StudyTopic,
)

# Which rows of data belong to an agenda item of a kind.
ROWS_OF_KIND = {
    AgendaKind.STUDY: "topics",
    AgendaKind.ANALYSIS: "problems",
    AgendaKind.CRITICISM: "criticisms",
    AgendaKind.REQUIREMENTS: "requirements",
}


@dataclass
class AgendaEntry:
    """An agenda item with the rows of data that stand under it."""

    item: AgendaItem
    rows: str | None


class Minutes:
    """The record of one meeting, for reading."""

    def __init__(self, meeting: Meeting) -> None:
        self.meeting = meeting

    @cached_property
    def agenda(self) -> list[AgendaEntry]:
        """The items in order; the rows of a kind stand under the first item of that kind."""
        return entries(
            list(self.meeting.agenda_items.select_related("presenter").prefetch_related("materials"))
        )

    @cached_property
    def loose(self) -> list[str]:
        """Kinds of rows that no agenda item stands for; they follow at the end."""
        placed = {entry.rows for entry in self.agenda}
        return [rows for rows in ROWS_OF_KIND.values() if rows not in placed and getattr(self, rows)]

    @cached_property
    def guests(self) -> list[Guest]:
        return list(self.meeting.guests.all())

    @cached_property
    def topics(self) -> list[StudyTopic]:
        return list(self.meeting.study_topics.all())

    @cached_property
    def problems(self) -> list[Problem]:
        return list(self.meeting.problems.select_related("in_charge"))

    @cached_property
    def criticisms(self) -> list[Criticism]:
        return list(self.meeting.criticisms.select_related("speaker", "about"))

    @cached_property
    def requirements(self) -> list[Requirement]:
        return list(self.meeting.requirements.all())

    @cached_property
    def photos(self) -> list[Photo]:
        return list(self.meeting.photos.all())

    @cached_property
    def papers(self) -> list[Attachment]:
        """Papers of the whole meeting; those of one item stand with the item."""
        return [paper for paper in self.meeting.attachments.all() if paper.agenda_item_id is None]

    @cached_property
    def materials(self) -> list[Attachment]:
        """All papers, for the notice: the order in which they were added."""
        return list(self.meeting.attachments.all())

    @cached_property
    def corrections(self) -> list[Correction]:
        return list(self.meeting.corrections.select_related("made_by__member"))

    @cached_property
    def given(self) -> list[Signature]:
        """Every signature, oldest first, those too that stand no longer."""
        return list(self.meeting.signatures.with_names())

    @property
    def signatures(self) -> list[Signature]:
        """Those of recorder and chair under the text as it stands, or as it stood when it was locked."""
        return [each for each in self.given if each.correction_id is None and not hasattr(each, "void")]

    @property
    def voided(self) -> list[Signature]:
        """Those after which the text was changed."""
        return [each for each in self.given if hasattr(each, "void")]

    @property
    def to_sign_again(self) -> Signature | None:
        """The last signature that a change took out of force, while none stands."""
        return self.voided[-1] if self.voided and not self.signatures else None


def entries(items: list[AgendaItem]) -> list[AgendaEntry]:
    """Each item with the name of the rows that stand under it, every kind of rows once."""
    placed: set[str] = set()
    found = []
    for item in items:
        rows = ROWS_OF_KIND.get(item.kind)
        found.append(AgendaEntry(item, rows if rows not in placed else None))
        if rows:
            placed.add(rows)
    return found
