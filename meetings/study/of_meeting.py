"""What a meeting's own page and the page of its record show of its study."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property

from meetings.models import Meeting, StudyTopic
from meetings.study.credit import tenths
from meetings.study.models import StudyPart
from meetings.workflow import Act


class MeetingStudy:
    """Loaded when a template asks. ``acts``: what the reader may do with the meeting now."""

    def __init__(self, meeting: Meeting, acts: frozenset[Act]) -> None:
        self.meeting = meeting
        self.may_write = Act.RECORD in acts or Act.CORRECT in acts
        self.may_read = Act.READ_MINUTES in acts
        self.may_open = bool({Act.READ_MINUTES, Act.READ_MATERIALS, Act.RECORD} & acts)

    @property
    def is_shown(self) -> bool:
        """Where there is something to read or to do."""
        return self.may_write or bool(self.parts)

    @cached_property
    def parts(self) -> list[StudyPart]:
        found = StudyPart.objects.of_meeting(self.meeting).with_names()
        return list(found.prefetch_related("agenda_item__materials"))

    @cached_property
    def not_entered(self) -> list[StudyTopic]:
        """What the record calls studied, and no part says for how long."""
        if not self.may_write:
            return []
        known = {part.topic for part in self.parts}
        topics = self.meeting.study_topics.all()
        return [topic for topic in topics if not {topic.title, topic_of(topic)} & known]

    @property
    def hours(self) -> Decimal:
        return sum((part.hours for part in self.parts), Decimal(0))

    @property
    def is_longer_than_the_meeting(self) -> Decimal | None:
        """The meeting's length in hours, where the parts together have more."""
        meeting = self.meeting
        if meeting.ends_at is None:
            return None
        length = Decimal(int((meeting.ends_at - meeting.starts_at).total_seconds())) / 3600
        return tenths(length) if self.hours > tenths(length) else None


def topic_of(topic: StudyTopic) -> str:
    """A recorded topic with its source, as the topic of a part."""
    return f"{topic.title}（{topic.source}）"[:300] if topic.source else topic.title
