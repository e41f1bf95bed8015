"""What is asked for where a branch has said nothing of its own: the handbook, 3.1 and 13."""

from __future__ import annotations

import datetime

from meetings.duties.calendar import Rule, Window
from meetings.duties.vocabulary import TALKS, Frequency
from meetings.kinds import MeetingKind

# The regulations on the work of Party branches are of autumn 2018: the first full year under them.
SINCE = datetime.date(2019, 1, 1)
_WINTER = Window(10, 1, 3, 31, ends_next_year=True)
_WHOLE_YEAR = Window(1, 1, 3, 31, ends_next_year=True)

DEFAULTS: tuple[Rule, ...] = (
    Rule(MeetingKind.MEMBERS_MEETING, Frequency.QUARTER, SINCE),
    Rule(MeetingKind.COMMITTEE_MEETING, Frequency.MONTH, SINCE),
    Rule(MeetingKind.GROUP_MEETING, Frequency.MONTH, SINCE, per_group=True),
    Rule(MeetingKind.PARTY_LESSON, Frequency.QUARTER, SINCE),
    Rule(MeetingKind.THEME_PARTY_DAY, Frequency.MONTH, SINCE),
    Rule(MeetingKind.LIFE_MEETING, Frequency.ONCE, SINCE, window=_WINTER),
    Rule(MeetingKind.APPRAISAL, Frequency.ONCE, SINCE, window=_WHOLE_YEAR),
    Rule(TALKS, Frequency.PAIRS, SINCE),
)
