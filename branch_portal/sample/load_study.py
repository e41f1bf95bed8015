"""The study at the invented meetings: topics in every form, by members and guests, held and to come; and people who came
late, left early or were online, so that the accounts say why hours count as they do."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

import pghistory
import pgtrigger
from django.utils import timezone

from branch_portal.sample.load_people import Cast
from branch_portal.sample.people import SECRETARY
from meetings.models import Attendance, Meeting
from meetings.study import actions
from meetings.study.models import StudyPart, StudyRules

# Long after the minutes were signed: these rows come late, and only these.
_LATE = (
    "study.StudyPart:record_is_locked_when_signed",
    "meetings.Attendance:record_is_locked_when_signed",
)
_RULES_SINCE = datetime.date(2026, 1, 1)


@dataclass(frozen=True)
class Told:
    """One topic; ``teacher`` is a member, ``guest`` is not."""

    form: str
    topic: str
    hours: str
    teacher: str = ""
    guest: str = ""
    note: str = ""
    link: str = ""


# By the keys of the meetings.
_TOLD = {
    "2024-04-reading": (
        Told("reading", "《中国共产党纪律处分条例》分则第六章至第八章", "3.5", "覃守正"),
        Told("discussion", "违纪典型案例讨论", "2.5", "覃守正", note="分三组讨论，每组一名代表发言。"),
    ),
    "2024-07-museum": (
        Told("visit", "澜川地方党史陈列", "2.5", guest="纪念馆讲解员"),
        Told("other", "重温入党誓词", "0.5", "陆秉文"),
    ),
    "2024-09-plenum": (Told("lesson", "进一步全面深化改革专题辅导", "1.5", "单雪蓉"),),
    "2025-02-reading": (Told("reading", "党的创新理论学习读本", "3", "尹若川"),),
    "2025-03-reference": (Told("reading", "党的创新理论和党的建设重要论述", "1", "陆秉文"),),
    "2025-06-lesson": (Told("lesson", "专题党课：立足岗位守初心", "1.5", "陆秉文"),),
    "2025-10-plenum": (
        Told("reading", "党的二十届四中全会公报", "1", "陆秉文"),
        Told("discussion", "结合学会工作谈体会", "1", "尹若川"),
    ),
    "draft-lesson": (Told("lesson", "岗位故事微党课", "1.5", "祁文岚", note="五名青年党员主讲。"),),
    "in-session": (
        Told("reading", "党章关于党员义务和权利的规定", "1", "陆秉文"),
        Told("video", "典型事迹专题片", "0.5", link="https://video.example/typical-deeds"),
    ),
    "planned-lesson": (Told("lesson", "专题党课：作风建设永远在路上", "1.5", "陆秉文"),),
    "planned-visit": (Told("visit", "革命旧址现场学习", "4", guest="旧址管理处讲解员"),),
}
# The same of the months since 2026, by the keys without their year.
_MONTHLY = {
    "04-reading": (
        Told("reading", "党章", "1.5", "尹若川"),
        Told("reading", "党的建设专题读本", "1.5", "郑以宁"),
    ),
    "06-members": (Told("reading", "《中国共产党党员教育管理工作条例》", "0.5", "祁文岚"),),
    "07-museum": (
        Told("lesson", "现场党课：从党史中汲取力量", "1", "单雪蓉"),
        Told("visit", "地方党史陈列", "2", guest="纪念馆讲解员"),
    ),
    "10-theme": (
        Told("reading", "党的二十届四中全会精神学习材料", "0.5", "陆秉文"),
        Told("lesson", "全会精神解读", "1", guest="闻人达，市科技社团委员会组织科"),
        Told("video", "专题片《奋进》", "0.5"),
    ),
}
# Minutes after the start at which somebody came, and before the end at which somebody left.
_CAME_LATE = {"10-theme": ("邱小棠", 30), "07-museum": ("冯砚秋", 45)}
_LEFT_EARLY = {"10-theme": ("冯砚秋", 60)}


def load_study(meetings: dict[str, Meeting], *, cast: Cast) -> None:
    """``meetings`` by their keys, as loaded."""
    by = cast.accounts[SECRETARY]
    with pghistory.context(user=by.pk):
        rules = StudyRules(online_percent=80, teacher_percent=150, source="支委会关于学时认定的决定（虚构）")
        actions.add_rules(rules, valid_from=_RULES_SINCE, by=by)
        with pgtrigger.ignore(*_LATE):
            for key, meeting in meetings.items():
                _load(key, meeting, cast)


def _load(key: str, meeting: Meeting, cast: Cast) -> None:
    for position, told in enumerate(_TOLD.get(key) or _of_month(_MONTHLY, key) or (), start=1):
        StudyPart.objects.create(
            meeting=meeting,
            position=position,
            topic=told.topic,
            form=told.form,
            hours=Decimal(told.hours),
            teacher=cast.members[told.teacher] if told.teacher else None,
            guest_teacher=told.guest,
            agenda_item=meeting.agenda_items.filter(kind="study").first(),
            note=told.note,
            link=told.link,
            revision=meeting.revision,
            changed_by=meeting.changed_by,
        )
    if late := _of_month(_CAME_LATE, key):
        _note(meeting, late[0], arrived_at=meeting.starts_at + datetime.timedelta(minutes=late[1]))
    if early := _of_month(_LEFT_EARLY, key):
        _note(meeting, early[0], left_at=meeting.ends_at - datetime.timedelta(minutes=early[1]))


def _note(meeting: Meeting, name: str, **times) -> None:
    rows = Attendance.objects.filter(meeting=meeting, member__name=name, status="present")
    rows.update(**times, changed_at=timezone.now())


def _of_month(told: dict, key: str):
    year, _hyphen, rest = key.partition("-")
    return told.get(rest) if year.isdigit() and int(year) >= _RULES_SINCE.year else None
