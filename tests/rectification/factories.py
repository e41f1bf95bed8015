"""Plain factories of the ledger: a call makes one thing and says in its arguments what matters to the test."""

from __future__ import annotations

import datetime

from meetings.rectification import actions
from meetings.rectification.models import Evidence, LedgerEntry, Task
from meetings.rectification.states import State
from members.models import User
from members.permissions import Role
from tests.factories import make_meeting, make_member, make_position, make_user, sign_off

BEGUN, DUE = datetime.date(2025, 4, 1), datetime.date(2025, 6, 30)
LATER = datetime.date(2025, 9, 30)


def make_keeper() -> User:
    """Somebody of the committee: keeps the branch's entries, sees no personal ones."""
    return make_user(Role.COMMITTEE)


def make_discipline_commissioner() -> User:
    return make_user(member=make_position(make_member(), "discipline").member)


def make_entry(*, by: User | None = None, state: str = State.OPEN, checker: User | None = None, **fields):
    """An entry of the branch entered through the portal's own action, then led to the state."""
    by = by or make_keeper()
    values = {
        "year": 2024,
        "problem": "问题",
        "measure": "措施",
        "started_on": BEGUN,
        "due_on": DUE,
        **fields,
    }
    values.setdefault("in_charge", make_member())
    entry = actions.enter(LedgerEntry(**values), by=by)
    return lead_to(entry, state, by=by, checker=checker or by)


def lead_to(entry: LedgerEntry, state: str, *, by: User, checker: User) -> LedgerEntry:
    if state == State.LONG_TERM:
        actions.keep_up_for_long(entry, "长期坚持", by=checker)
    if state == State.EXTENDED:
        actions.extend(entry, LATER, "需要更多时间", by=checker)
    if state in {State.IN_PROGRESS, State.CLAIMED, State.RETURNED, State.CLOSED}:
        actions.note_progress(entry, "已开始", by=by)
    if state in {State.CLAIMED, State.RETURNED, State.CLOSED}:
        actions.claim(entry, "已完成", by=by)
    if state == State.RETURNED:
        actions.send_back(entry, "材料不全", by=checker)
    if state == State.CLOSED:
        add_evidence(entry, by=by)
        actions.close(entry, "同意销号", by=checker)
    entry.refresh_from_db()
    return entry


def add_evidence(entry: LedgerEntry, *, by: User, text: str = "会议记录六份") -> Evidence:
    return actions.add_evidence(Evidence(entry=entry, text=text), None, by=by)


def make_life_meeting(*, by: User, state: str = "signed_off", year: int = 2024, **fields):
    """A life meeting with two problems of the branch and one of a single member."""
    member = fields.pop("member", None) or make_member()
    meeting = make_meeting(by=by, state="draft_minutes", kinds=["life_meeting"], for_year=year, **fields)
    for number, (level, person) in enumerate(
        (("committee", by.member), ("committee", None), ("member", member))
    ):
        meeting.problems.create(
            level=level,
            description=f"问题{number}",
            measure=f"措施{number}",
            in_charge=person,
            due_on=DUE if person else None,
            position=number,
        )
    if state == "signed_off":
        meeting = sign_off(meeting, by=by)
    return meeting


def make_task(*, by: User | None = None, meeting=None, **fields) -> Task:
    by = by or make_user(Role.SECRETARY)
    meeting = meeting or make_meeting(by=by, state="draft_minutes")
    values = {"text": "整理资料", "due_on": DUE, **fields}
    values.setdefault("owner", make_member())
    return actions.make_task(meeting, Task(**values), by=by)
