"""Verbs: telling what is to be told, reading it, choosing by which ways."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import chain

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from branch_portal.reminders.calendar_secrets import digest_of, new_secret
from branch_portal.reminders.models import Channels, GroupPost, Notice
from branch_portal.reminders.occasions import Occasion
from branch_portal.reminders.sources import answers, meetings, work
from members.models import Member, User

# Nobody looks for a notice of the year before last.
KEPT_FOR = datetime.timedelta(days=400)


@transaction.atomic
def make_notices(now: datetime.datetime) -> int:
    """Tell every person with an account what is new since the last run; how many notices came of it.

    Runs may meet: the key in the database decides, and whatever one of them has told, no other tells again.
    """
    Notice.objects.filter(made_at__lt=now - KEPT_FOR).delete()
    readers = set(
        User.objects.filter(is_active=True, member__isnull=False, member__left_on=None).values_list(
            "member", flat=True
        )
    )
    wanted = {
        (member_id, told.kind, told.subject, told.name): told
        for member_id, told in _for_people(now)
        if member_id in readers
    }
    known = _known(Notice, wanted.values(), "member_id", "kind", "subject", "occasion")
    rows = [
        Notice(member_id=key[0], **_columns(told, now)) for key, told in wanted.items() if key not in known
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return Notice.objects.filter(pk__in=[row.pk for row in rows]).count() if rows else 0


@transaction.atomic
def make_group_posts(now: datetime.datetime) -> int:
    """The same for the group; nothing where no group is named, so that naming one later does not bring up old news."""
    if not settings.WECOM_WEBHOOK_SECRET:
        return 0
    today = timezone.localdate(now)
    told = list(chain(meetings.for_the_group(now), answers.reports(today)))
    known = _known(GroupPost, told, "kind", "subject", "occasion")
    rows = [
        GroupPost(**_columns(each, now)) for each in told if (each.kind, each.subject, each.name) not in known
    ]
    before = GroupPost.objects.count()
    GroupPost.objects.bulk_create(rows, ignore_conflicts=True)
    return GroupPost.objects.count() - before


def _for_people(now: datetime.datetime) -> Iterator[tuple[int, Occasion]]:
    return chain(meetings.for_people(now), work.for_people(timezone.localdate(now)), answers.for_people(now))


def _known(model, told: Iterable[Occasion], *key: str) -> set[tuple]:
    """Keys of what was told before. One query."""
    return set(model.objects.filter(subject__in={each.subject for each in told}).values_list(*key))


def _columns(told: Occasion, now: datetime.datetime) -> dict:
    return {
        "kind": told.kind,
        "subject": told.subject,
        "occasion": told.name,
        "facts": told.facts,
        "until": told.until,
        "made_at": now,
    }


def mark_read(notice: Notice) -> None:
    Notice.objects.filter(pk=notice.pk, is_read=False).update(is_read=True)


def mark_all_read(member: Member, up_to: datetime.datetime) -> int:
    """All that the page showed; what came in since stays unread."""
    return Notice.objects.of(member.pk).unread().filter(made_at__lte=up_to).update(is_read=True)


def choose_mail(member: Member, *, by_mail: bool) -> None:
    Channels.objects.update_or_create(member=member, defaults={"by_mail": by_mail})


def renew_calendar(member: Member, now: datetime.datetime) -> str:
    """A new address for the person's calendar: its secret, told this once. The one before ends at the same moment."""
    secret = new_secret()
    fresh = {"calendar_digest": digest_of(secret), "calendar_made_at": now}
    Channels.objects.update_or_create(member=member, defaults=fresh)
    return secret


def end_calendar(member: Member) -> None:
    Channels.objects.filter(member=member).update(calendar_digest=None, calendar_made_at=None)
