"""What a meeting's own page and the page of its record show of its decisions."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from meetings.decisions.models import Decision
from meetings.decisions.roll_call import RollCall
from meetings.models import Attendance, Meeting


class MeetingDecisions:
    """Loaded when a template asks. ``may_record``: whether the reader writes the record now."""

    def __init__(self, meeting: Meeting, rows: Iterable[Attendance], *, may_record: bool) -> None:
        self.call = RollCall(meeting, rows)
        self.meeting = meeting
        self.may_record = may_record

    @property
    def is_shown(self) -> bool:
        """Where there is something to read or to do; a group meeting decides nothing."""
        return bool(self.call.matters) and (self.may_record or bool(self.rows))

    @cached_property
    def rows(self) -> list[Decision]:
        return list(Decision.objects.on_record_of(self.meeting).with_names())

    @cached_property
    def sentences(self) -> list[tuple[str, str]]:
        """The chair's sentences; none before anybody is marked."""
        was_not_held = self.meeting.state in {Meeting.State.PLANNED, Meeting.State.CANCELLED}
        return [] if was_not_held else self.call.sentences()
