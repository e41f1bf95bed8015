"""Study parts of a meeting, made through the portal's own action."""

from __future__ import annotations

import datetime
from decimal import Decimal

from meetings.models import Meeting
from meetings.study import actions
from meetings.study.models import StudyPart, StudyRules
from members.models import User


def make_part(meeting: Meeting, *, by: User, hours: float | str = 1, **fields) -> StudyPart:
    part = StudyPart(
        meeting=meeting, hours=Decimal(str(hours)), **{"topic": "党章", "form": "reading", **fields}
    )
    return actions.add(part, by=by)


def make_rules(valid_from: datetime.date, *, by: User, online: int = 100, teacher: int = 100) -> StudyRules:
    rules = StudyRules(online_percent=online, teacher_percent=teacher, source="支委会决定")
    return actions.add_rules(rules, valid_from=valid_from, by=by)
