"""What the sample branch asks of itself: lessons twice a year at first, every quarter since; the rest is the handbook's."""

from __future__ import annotations

import datetime

from branch_portal.sample.load_people import Cast
from branch_portal.sample.people import SECRETARY
from meetings.duties import actions
from meetings.duties.models import DutyRule
from meetings.duties.vocabulary import Frequency
from meetings.kinds import MeetingKind

QUARTERLY_SINCE = datetime.date(2026, 1, 1)


def load_duties(cast: Cast) -> None:
    """Through the portal's own actions, so that its history is a real one."""
    secretary = cast.accounts[SECRETARY]
    (lessons,) = actions.versions(MeetingKind.PARTY_LESSON)
    lessons.frequency, lessons.times = Frequency.TIMES, 2
    actions.change_rule(lessons, by=secretary)
    quarterly = DutyRule(
        kind=MeetingKind.PARTY_LESSON, frequency=Frequency.QUARTER, valid_from=QUARTERLY_SINCE
    )
    actions.begin_rule(quarterly, by=secretary)
