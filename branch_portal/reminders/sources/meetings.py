"""Coming meetings: for those invited, and for the branch's group."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Count

from branch_portal.reminders.models import GroupPost, Notice
from branch_portal.reminders.occasions import (
    CHANGED,
    REMINDER,
    Earlier,
    Occasion,
    Plan,
    changed_parts,
    latest,
    meeting_step,
    uninvited_step,
)
from meetings.kinds import InvitedBy, invited_by
from meetings.models import Attendance, Meeting

KIND = Notice.Kind.MEETING
State = Meeting.State


def coming(now: datetime.datetime) -> list[Meeting]:
    """Planned or cancelled, and not begun yet."""
    states = [State.PLANNED, State.CANCELLED]
    found = Meeting.objects.filter(state__in=states, starts_at__gt=now).order_by("starts_at", "pk")
    return list(found.annotate(papers=Count("attachments")))


def for_people(now: datetime.datetime) -> Iterator[tuple[int, Occasion]]:
    """Announced, changed, cancelled, coming up, not invited any more. Whoever is on leave is not reminded. Three queries."""
    meetings = {meeting.pk: meeting for meeting in coming(now)}
    before = _earlier(Notice, meetings)
    rows = Attendance.objects.filter(meeting__in=meetings).order_by("member_id", "meeting_id")
    invited = set()
    for meeting_id, member_id, status in rows.values_list("meeting", "member", "status"):
        invited.add((member_id, str(meeting_id)))
        meeting = meetings[meeting_id]
        earlier = before[member_id, str(meeting_id)]
        occasion = _occasion(meeting, earlier, facts_of(meeting), now)
        is_away = status == Attendance.Status.LEAVE
        if occasion and not (is_away and occasion.name.startswith(REMINDER)):
            yield member_id, occasion
    for (member_id, subject), earlier in before.items():
        if (member_id, subject) not in invited:
            yield from _uninvited(member_id, meetings[int(subject)], earlier)


def _uninvited(member_id: int, meeting: Meeting, earlier: list[Earlier]) -> Iterator[tuple[int, Occasion]]:
    name = uninvited_step(earlier) if meeting.state == State.PLANNED else ""
    if name:
        yield member_id, Occasion(KIND, str(meeting.pk), name, facts_of(meeting), meeting.starts_at)


def for_the_group(now: datetime.datetime) -> Iterator[Occasion]:
    """Of meetings of the whole branch; a committee's or a Party group's is nothing for everybody. The title, which may name
    somebody, and the link are left out. Two queries."""
    meetings = {
        meeting.pk: meeting for meeting in coming(now) if invited_by(meeting.kinds) == InvitedBy.PARTY_MEMBERS
    }
    before = _earlier(GroupPost, meetings)
    for meeting in meetings.values():
        facts = {"kinds": meeting.kinds, **facts_of(meeting), "title": "", "link": "", "papers": 0}
        occasion = _occasion(meeting, before[None, str(meeting.pk)], facts, now)
        if occasion and not occasion.name.startswith(REMINDER):
            yield occasion


def facts_of(meeting: Meeting) -> dict:
    """``Plan`` as it stands now; the number of papers must be annotated."""
    plan = Plan(
        title=meeting.title,
        starts_at=_moment(meeting.starts_at),
        ends_at=_moment(meeting.ends_at),
        place=meeting.place,
        link=meeting.online_link,
        papers=meeting.papers,
    )
    return dict(vars(plan))


def _moment(moment: datetime.datetime | None) -> str:
    return moment.astimezone(datetime.UTC).isoformat() if moment else ""


def _occasion(
    meeting: Meeting, earlier: list[Earlier], facts: dict, now: datetime.datetime
) -> Occasion | None:
    name = meeting_step(
        facts,
        earlier,
        is_cancelled=meeting.state == State.CANCELLED,
        changed_at=meeting.changed_at,
        starts_at=meeting.starts_at,
        now=now,
    )
    if not name:
        return None
    if name.startswith(CHANGED):
        facts = {**facts, "changed": changed_parts(facts, latest(earlier).facts)}
    return Occasion(KIND, str(meeting.pk), name, facts, meeting.starts_at)


def _earlier(model, meetings: Iterable[int]) -> dict[tuple[int | None, str], list[Earlier]]:
    """What was told before, by person (None: the group) and meeting. One query."""
    rows = model.objects.filter(kind=KIND, subject__in=[str(pk) for pk in meetings]).order_by()
    found = defaultdict(list)
    for row in rows:
        key = (getattr(row, "member_id", None), row.subject)
        found[key].append(Earlier(row.occasion, row.made_at, row.facts))
    return found
