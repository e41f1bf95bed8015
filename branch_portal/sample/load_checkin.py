"""The day of a meeting: check-in on the screen, times of coming, leave requests in every state, notices opened."""

from __future__ import annotations

import datetime

from branch_portal.sample.load_people import Cast
from branch_portal.sample.people import SECRETARY
from meetings.checkin import actions
from meetings.checkin.models import LeaveRequest, NoticeSeen
from meetings.models import Attendance, Meeting

State = LeaveRequest.State

# Who, why, a note, what became of it, and the answer; by the keys of the meetings.
_REQUESTS = {
    "in-session": (
        ("石望舒", "duty", "外出参加学术会议", State.ACCEPTED, ""),
        ("郝春晖", "duty", "在外地会诊", State.ACCEPTED, ""),  # and takes part online all the same
        ("唐苇", "personal", "孩子学校有事，晚些到", State.ASKED, ""),
        ("欧阳澍", "personal", "家中有事", State.REFUSED, "今天集中学习，请安排好后到会，可以晚到。"),
        ("潘海若", "sick", "感冒", State.WITHDRAWN, ""),
    ),
    "planned-lesson": (
        ("邱小棠", "duty", "当天有门诊", State.ASKED, ""),
        ("秦若谷", "cared_for", "行动不便", State.ACCEPTED, ""),
    ),
    "planned-members": (
        ("邱小棠", "personal", "家中有事", State.REFUSED, "季度党员大会要表决，请尽量参加。"),
        ("黎晓舟", "other", "参加援外培训面试", State.ASKED, ""),
    ),
}
# Minutes after the start at which people came to the meeting in session; ten are the grace.
_CAME = {"陆秉文": -12, "祁文岚": -9, "单雪蓉": -5, "尹若川": -3, "覃守正": 1, "田嘉禾": 4, "冯砚秋": 17}
_LEFT = {"单雪蓉": 20}


def load_checkin(meetings: dict[str, Meeting], *, cast: Cast, now: datetime.datetime) -> None:
    """``meetings`` by their keys, as loaded; nothing here happens after ``now``."""
    in_session = meetings["in-session"]
    secretary = cast.accounts[SECRETARY]
    opened = in_session.starts_at - datetime.timedelta(minutes=20)
    actions.open_check_in(in_session, by=secretary, now=opened)
    _note_times(in_session, now)
    for key, requests in _REQUESTS.items():
        for name, reason, note, state, answer in requests:
            _ask(meetings[key], cast, name, reason, note, state, answer, now)
    _note_seen(in_session, in_session.starts_at - datetime.timedelta(hours=40), everybody_but=2)
    _note_seen(meetings["planned-lesson"], now, everybody_but=9)


def _note_times(meeting: Meeting, now: datetime.datetime) -> None:
    for name, minutes in _CAME.items():
        moment = min(meeting.starts_at + datetime.timedelta(minutes=minutes), now)
        left = meeting.starts_at + datetime.timedelta(minutes=_LEFT[name]) if name in _LEFT else None
        rows = Attendance.objects.filter(meeting=meeting, member__name=name, status="present")
        rows.update(arrived_at=moment, left_at=left if left and left <= now else None)


def _ask(
    meeting: Meeting,
    cast: Cast,
    name: str,
    reason: str,
    note: str,
    state: str,
    answer: str,
    now: datetime.datetime,
) -> None:
    asked = min(now, meeting.starts_at) - datetime.timedelta(hours=26)
    secretary, decided = cast.accounts[SECRETARY], state in {State.ACCEPTED, State.REFUSED}
    LeaveRequest.objects.create(
        meeting=meeting,
        member=cast.members[name],
        reason=reason,
        note=note,
        state=state,
        answer=answer,
        asked_at=asked,
        decided_by=secretary if decided else None,
        decided_at=asked + datetime.timedelta(hours=3) if decided else None,
        changed_by=secretary if decided else cast.accounts[name],
    )
    if state == State.ACCEPTED:
        unmarked = Attendance.objects.filter(meeting=meeting, member=cast.members[name], status="")
        unmarked.update(status="leave", leave_reason=reason, leave_note=note)


def _note_seen(meeting: Meeting, at: datetime.datetime, *, everybody_but: int) -> None:
    """All but the last few have opened the notice."""
    rows = list(meeting.attendances.all())
    seen = rows[: len(rows) - everybody_but]
    NoticeSeen.objects.bulk_create(NoticeSeen(attendance=row, at=at) for row in seen)
