"""What was asked and is answered, and ballots that are open."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.db.models import Q

from appraisals.ballots.models import SecretBallot, Voter
from branch_portal.news.models import Report
from branch_portal.reminders.models import GroupPost, Notice
from branch_portal.reminders.occasions import Occasion
from meetings.checkin.models import LeaveRequest
from members.models import ChangeRequest

Kind = Notice.Kind
Told = tuple[int, Occasion]
# An answer, or a report, that is older is no news any more.
NEWS = datetime.timedelta(days=7)


def for_people(now: datetime.datetime) -> Iterator[Told]:
    """A query each."""
    yield from _leave(now)
    yield from _changes(now)
    yield from _ballots(now)


def _leave(now: datetime.datetime) -> Iterator[Told]:
    decided = LeaveRequest.objects.of_coming_meetings().filter(
        state__in=["accepted", "refused"], decided_at__gt=now - NEWS
    )
    for asked in decided.select_related("meeting").order_by("pk"):
        meeting = asked.meeting
        facts = {
            "title": meeting.title,
            "meeting": meeting.pk,
            "starts_at": meeting.starts_at.isoformat(),
            "answer": asked.answer,
        }
        yield asked.member_id, Occasion(Kind.LEAVE, str(asked.pk), asked.state, facts)


def _changes(now: datetime.datetime) -> Iterator[Told]:
    """What was asked for, without the values: those stand in the own record."""
    decided = ChangeRequest.objects.filter(state__in=["approved", "refused"], decided_at__gt=now - NEWS)
    for asked in decided.order_by("pk"):
        facts = {"field": asked.field, "answer": asked.reason}
        yield asked.member_id, Occasion(Kind.CHANGE, str(asked.pk), asked.state, facts)


def _ballots(now: datetime.datetime) -> Iterator[Told]:
    """Everybody on the roll who votes online is told once and alike, whoever has voted: that is not asked here."""
    still_open = Q(ballot__closes_at=None) | Q(ballot__closes_at__gt=now)
    on_the_roll = Voter.objects.filter(
        still_open, ballot__in=SecretBallot.objects.open(), way=Voter.Way.ONLINE
    )
    for voter in on_the_roll.select_related("ballot").order_by("ballot_id", "member_id"):
        ballot = voter.ballot
        closes = ballot.closes_at.isoformat() if ballot.closes_at else ""
        facts = {"title": ballot.title, "title_en": ballot.title_en, "closes_at": closes}
        yield voter.member_id, Occasion(Kind.BALLOT, str(ballot.pk), "open", facts, ballot.closes_at)


def reports(today: datetime.date) -> Iterator[Occasion]:
    """For the group: what everybody can read on the public pages. One query."""
    published = Report.objects.filter(
        state=Report.State.PUBLISHED, published_at__gte=today - NEWS, published_at__lte=today
    )
    for report in published.order_by("pk"):
        facts = {
            "title": report.title_zh or report.title_en,
            "year": report.year,
            "slug": report.slug,
        }
        yield Occasion(GroupPost.Kind.REPORT, str(report.pk), "published", facts)
