"""Posts to the branch's WeCom group, at most so many a minute over all runs together.

A post whose answer did not come is tried again: in a group a line twice is less harm than a meeting nobody heard of.
"""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection, transaction
from django.utils import translation

from branch_portal.reminders.models import Delivery, GroupPost
from branch_portal.reminders.wecom import NotPosted, post_text
from branch_portal.reminders.wording import group_text

_MINUTE = datetime.timedelta(minutes=1)
_ONE_AT_A_TIME = 20261126  # the number of a lock that two runs at once both ask for


@dataclass
class Posted:
    """What came of a run."""

    count: int = 0
    failed: Counter[str] = field(default_factory=Counter)


def is_configured() -> bool:
    return bool(settings.WECOM_WEBHOOK_SECRET)


def waiting(now: datetime.datetime) -> int:
    """How many would be posted by a run now."""
    if not is_configured():
        return 0
    left = settings.WECOM_PER_MINUTE - GroupPost.objects.begun_since(now - _MINUTE).count()
    return min(max(left, 0), GroupPost.objects.to_post(now).count())


def send_posts(now: datetime.datetime) -> Posted:
    """Post what waits, each once in a run; the rest is the next run's."""
    outcome, tried = Posted(), set()
    while is_configured() and (post := _begin(now, tried)):
        tried.add(post.pk)
        try:
            post_text(_text(post), webhook=settings.WECOM_WEBHOOK_SECRET)
        except NotPosted as failure:
            _enter(post, Delivery.WAITING)
            outcome.failed[str(failure)] += 1
        else:
            _enter(post, Delivery.SENT)
            outcome.count += 1
    return outcome


def _text(post: GroupPost) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return group_text(post, settings.PORTAL_ADDRESS)


def _begin(now: datetime.datetime, tried: set[int]) -> GroupPost | None:
    """The next one, marked as being sent; None when the minute is full or nothing waits."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
        if GroupPost.objects.begun_since(now - _MINUTE).count() >= settings.WECOM_PER_MINUTE:
            return None
        post = GroupPost.objects.to_post(now).exclude(pk__in=tried).first()
        if post is not None:
            GroupPost.objects.filter(pk=post.pk).update(state=Delivery.SENDING, begun_at=now)
        return post


def _enter(post: GroupPost, state: Delivery) -> None:
    GroupPost.objects.filter(pk=post.pk).update(state=state)
