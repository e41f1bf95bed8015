"""Which notices: named reads; time is an argument, never read inside."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q

# After so long nobody is sent what was to be sent; it still stands in the portal.
GIVEN_UP_AFTER = datetime.timedelta(days=3)


class NoticeQuerySet(models.QuerySet):
    def of(self, member_id: int | None) -> NoticeQuerySet:
        return self.filter(member=member_id) if member_id else self.none()

    def unread(self) -> NoticeQuerySet:
        return self.filter(is_read=False)

    def to_mail(self, now: datetime.datetime) -> NoticeQuerySet:
        """Unread, still true, not sent, and of somebody with an active account and an address who wants mail."""
        return (
            self.unread()
            .filter(
                Q(until=None) | Q(until__gt=now),
                mail="waiting",
                made_at__gt=now - GIVEN_UP_AFTER,
                member__left_on=None,
                member__user__is_active=True,
            )
            .exclude(member__user__email="")
            .exclude(member__channels__by_mail=False)
        )

    def of_unknown_outcome(self, now: datetime.datetime) -> NoticeQuerySet:
        """Begun to be sent and neither sent nor refused: a run was cut off there. Never sent a second time."""
        begun = now - datetime.timedelta(hours=1)
        return self.filter(mail="sending", mail_begun_at__lt=begun, mail_begun_at__gt=now - GIVEN_UP_AFTER)


class GroupPostQuerySet(models.QuerySet):
    def to_post(self, now: datetime.datetime) -> GroupPostQuerySet:
        """Waiting, and those that a run was cut off at more than ten minutes ago."""
        cut_off = Q(state="sending", begun_at__lt=now - datetime.timedelta(minutes=10))
        return self.filter(
            Q(state="waiting") | cut_off,
            Q(until=None) | Q(until__gt=now),
            made_at__gt=now - GIVEN_UP_AFTER,
        ).order_by("made_at", "pk")

    def begun_since(self, moment: datetime.datetime) -> GroupPostQuerySet:
        return self.filter(begun_at__gt=moment)


class ChannelsQuerySet(models.QuerySet):
    def with_calendar(self, digest: str) -> ChannelsQuerySet:
        """The one whose calendar has the address, unless the account is closed or the person is not of the branch."""
        return self.filter(
            calendar_digest=digest, member__left_on=None, member__user__is_active=True
        ).select_related("member__user")
