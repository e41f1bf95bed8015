"""A person's calendar as iCalendar (RFC 5545): meetings one is invited to, days by which own tasks and entries are due.

The same rows give the same bytes: whoever asks again with the tag of an answer is told that nothing changed.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from meetings.models import Meeting
from meetings.rectification.models import LedgerEntry, Task
from meetings.rectification.states import TaskState
from members.models import BranchProfile, User

LOOK_BACK = datetime.timedelta(days=180)
# A meeting whose end is not planned takes an hour in the calendar.
USUAL_LENGTH = datetime.timedelta(hours=1)
_DAY = datetime.timedelta(days=1)
_BEGINNING = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)


def calendar_of(user: User, now: datetime.datetime, whole: Callable[[str], str]) -> bytes:
    """The calendar in the person's language. ``whole``: makes an address of a path. Three queries and the branch's name."""
    with translation.override(user.language or settings.LANGUAGE_CODE):
        calendar = Calendar()
        calendar.add("version", "2.0")
        calendar.add("prodid", "-//branch-portal//calendar//EN")
        calendar.add("calscale", "GREGORIAN")
        calendar.add("method", "PUBLISH")
        calendar.add("x-wr-calname", str(BranchProfile.load()))
        calendar.add("x-wr-timezone", settings.TIME_ZONE)
        calendar.add("refresh-interval", datetime.timedelta(hours=3), parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT3H")
        years = {timezone.localdate(now).year}
        for event in [*_meetings(user, now, whole), *_tasks(user, whole), *_entries(user, whole)]:
            calendar.add_component(event)
            years.add(event["dtstart"].dt.year)
    first, last = datetime.date(min(years) - 1, 1, 1), datetime.date(max(years) + 2, 1, 1)
    calendar.add_missing_timezones(first_date=first, last_date=last)
    return calendar.to_ical()


def _meetings(user: User, now: datetime.datetime, whole) -> Iterator[Event]:
    zone = ZoneInfo(settings.TIME_ZONE)
    invited = Meeting.objects.filter(
        attendances__member=user.member_id, starts_at__gt=now - LOOK_BACK
    ).order_by("starts_at", "pk")
    for meeting in invited:
        ends_at = meeting.ends_at or meeting.starts_at + USUAL_LENGTH
        address = whole(reverse("meetings:detail", args=[meeting.pk]))
        event = _event(f"meeting-{meeting.plan_key}", meeting.title, meeting.changed_at, meeting.revision)
        event.add("dtstart", meeting.starts_at.astimezone(zone))
        event.add("dtend", ends_at.astimezone(zone))
        event.add("location", meeting.place or meeting.online_link)
        event.add("url", address)
        event.add("description", "\n".join(_about(meeting, address)))
        is_cancelled = meeting.state == Meeting.State.CANCELLED
        event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
        yield event


def _about(meeting: Meeting, address: str) -> Iterator[str]:
    yield ", ".join(map(str, meeting.kind_labels))
    if meeting.online_link:
        yield _("Online: %(link)s") % {"link": meeting.online_link}
    if meeting.cancel_reason:
        yield _("Cancelled: %(reason)s") % {"reason": meeting.cancel_reason}
    yield address


def _tasks(user: User, whole) -> Iterator[Event]:
    own = Task.objects.of_owner(user.member_id).filter(state=TaskState.OPEN, due_on__isnull=False)
    for task in own.order_by("due_on", "pk"):
        # A task counts no changes: the seconds up to the last one grow as well.
        changes = int((task.changed_at - _BEGINNING).total_seconds())
        event = _event(
            f"task-{task.key}", _("Task: %(text)s") % {"text": task.text}, task.changed_at, changes
        )
        yield _all_day(event, task.due_on, whole(reverse("rectification:task", args=[task.pk])))


def _entries(user: User, whole) -> Iterator[Event]:
    """By their number alone: what is to be put right is read in the portal."""
    own = LedgerEntry.objects.visible_to(user).of_member(user.member_id).active()
    for entry in own.filter(due_on__isnull=False, claimed_on=None).order_by("due_on", "pk"):
        title = _("Ledger entry %(label)s: last day") % {"label": entry.label}
        event = _event(f"entry-{entry.key}", title, entry.changed_at, entry.revision)
        yield _all_day(event, entry.due_on, whole(reverse("rectification:detail", args=[entry.pk])))


def _event(uid: str, title: str, changed_at: datetime.datetime, sequence: int) -> Event:
    event = Event()
    event.add("uid", f"{uid}@branch-portal")
    event.add("summary", title)
    # Of the row and not of the moment, so that nothing differs where nothing changed.
    changed_at = changed_at.astimezone(datetime.UTC).replace(microsecond=0)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("sequence", sequence)
    return event


def _all_day(event: Event, day: datetime.date, address: str) -> Event:
    event.add("dtstart", day)
    event.add("dtend", day + _DAY)
    event.add("transp", "TRANSPARENT")
    event.add("url", address)
    event.add("description", address)
    return event
