"""Which people: named reads; the day is an argument, never read inside."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Count, F, Prefetch, Q, Value
from django.db.models.functions import Replace

from members.permissions import Capability

_SHORTEST_NUMBER = 4


class MemberQuerySet(models.QuerySet):
    def visible_to(self, user) -> MemberQuerySet:
        """Whom the user may read about: the branch; who has left it, only with personal data."""
        if user.may(Capability.READ_PERSONAL_DATA):
            return self.all()
        return self.current() if user.may(Capability.READ_MEMBERS) else self.none()

    def current(self) -> MemberQuerySet:
        """People of this branch now, whatever their stage."""
        return self.filter(left_on=None)

    def left(self) -> MemberQuerySet:
        """People who were of this branch once."""
        return self.exclude(left_on=None)

    def without_account(self) -> MemberQuerySet:
        """People who cannot sign in yet."""
        return self.filter(user=None)

    def with_posts_on(self, day: datetime.date) -> MemberQuerySet:
        """Each with ``posts_today``: the posts held on that day. One query more, however many people."""
        positions = self.model.positions.rel.related_model.objects.on(day).select_related("party_group")
        return self.prefetch_related(Prefetch("positions", queryset=positions, to_attr="posts_today"))

    def party_members(self) -> MemberQuerySet:
        """Full and probationary members."""
        return self.current().filter(stage__in=self.model.Stage.party_members())

    def with_voting_rights(self, day: datetime.date) -> MemberQuerySet:
        """Full members with a vote on that day (R-3.7: not probationary, not under probation within the Party)."""
        return self.current().filter(
            Q(voteless_until=None) | Q(voteless_until__lt=day),
            stage=self.model.Stage.FULL,
            standing=self.model.Standing.NORMAL,
        )

    def committee_on(self, day: datetime.date) -> MemberQuerySet:
        """Who sits on the branch committee on that day."""
        posts = self.model.positions.rel.related_model.Post.committee()
        return (
            self.current()
            .filter(
                Q(positions__ended_on=None) | Q(positions__ended_on__gte=day),
                positions__post__in=posts,
                positions__started_on__lte=day,
            )
            .distinct()
        )

    def search(self, words: str, *, by_phone: bool = False) -> MemberQuerySet:
        """Every word is in the name, in its reading (with or without spaces: li si, lisi), begins its initials (ls), or is
        the end of at least four digits of a telephone number."""
        found = self
        for word in words.split():
            run_together = Replace(F("sort_key"), Value(" "), Value(""))
            matches = (
                Q(name__icontains=word)
                | Q(sort_key__icontains=word)
                | Q(reading_together__icontains=word)
                | Q(initials__istartswith=word)
            )
            if word.isdigit() and len(word) >= _SHORTEST_NUMBER and by_phone:
                matches |= Q(phone__endswith=word) | Q(phone__startswith=word)
            found = found.alias(reading_together=run_together).filter(matches)
        return found


class PositionQuerySet(models.QuerySet):
    def on(self, day: datetime.date) -> PositionQuerySet:
        """Posts held on that day, its first and last day included."""
        return self.filter(Q(started_on__lte=day), Q(ended_on=None) | Q(ended_on__gte=day))

    def secretaries_on(self, day: datetime.date) -> PositionQuerySet:
        return self.on(day).filter(post=self.model.Post.SECRETARY)

    def committee(self) -> PositionQuerySet:
        return self.filter(post__in=self.model.Post.committee())


class PartyGroupQuerySet(models.QuerySet):
    def with_size(self) -> PartyGroupQuerySet:
        """Each with ``size``: how many people of the branch are in it now."""
        counted = self.annotate(size=Count("members", filter=Q(members__left_on=None)))
        return counted.order_by("order", "pk")  # counting forgets the model's own order


class AccessGivenQuerySet(models.QuerySet):
    def to(self, members) -> AccessGivenQuerySet:
        """To accounts of these people; ``members``: ids, or a queryset of them."""
        return self.filter(user__member__in=members).select_related("user__member", "by__member", "slip")

    def between(self, start: datetime.datetime, end: datetime.datetime | None) -> AccessGivenQuerySet:
        """Given, or used as a slip, from the first moment to the last, both included; None: to this day."""
        given, used = Q(at__gte=start), Q(slip__used_at__gte=start)
        if end is not None:
            given, used = given & Q(at__lte=end), used & Q(slip__used_at__lte=end)
        return self.filter(given | used)

    def to_be_told(self, now: datetime.datetime) -> AccessGivenQuerySet:
        """What the account's holder should see at the desk: slips still good, second factors taken away within 30 days."""
        good = Q(kind="slip", slip__used_at=None, slip__revoked_at=None, slip__good_until__gt=now)
        taken = Q(kind="factors", at__gte=now - datetime.timedelta(days=30))
        return self.filter(good | taken).select_related("user__member", "by__member", "slip")


class ActivationSlipQuerySet(models.QuerySet):
    def open(self) -> ActivationSlipQuerySet:
        """Neither used nor revoked; their time may have run out."""
        return self.filter(used_at=None, revoked_at=None)


class UserQuerySet(models.QuerySet):
    def listed(self) -> UserQuerySet:
        """By the order of the people's names; accounts without a person, the administrators', first."""
        return self.select_related("member").order_by(F("member__sort_key").asc(nulls_first=True), "username")

    def awaited(self) -> UserQuerySet:
        """Open accounts that nobody has signed in to, or with a slip that nobody has used."""
        with_slip = self.model.objects.filter(
            slips__used_at=None, slips__revoked_at=None, slips__isnull=False
        )
        return self.filter(Q(last_login=None) | Q(pk__in=with_slip.values("pk")), is_active=True)

    def search(self, words: str) -> UserQuerySet:
        """Every word is in the login name, or in the person's name or its reading."""
        found = self
        for word in words.split():
            person = Q(member__name__icontains=word) | Q(member__sort_key__icontains=word)
            found = found.filter(Q(username__icontains=word) | person)
        return found


class TimelineQuerySet(models.QuerySet):
    def up_to(self, day: datetime.date) -> TimelineQuerySet:
        """What had happened by the end of that day."""
        return self.filter(on__lte=day)


class TransferQuerySet(models.QuerySet):
    def under_way(self) -> TransferQuerySet:
        """Drafted or issued, and not answered."""
        return self.filter(state__in=self.model.OPEN_STATES)

    def overdue_on(self, day: datetime.date) -> TransferQuerySet:
        """Issued letters whose time has run out."""
        return self.filter(state=self.model.State.ISSUED, good_until__lt=day)


class MobilePeriodQuerySet(models.QuerySet):
    def running_on(self, day: datetime.date) -> MobilePeriodQuerySet:
        """Whoever is away on that day, first and last day included."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def with_last_contact(self) -> MobilePeriodQuerySet:
        """Each with ``last_contact_on``: the last day on which the person was reached; None if never."""
        reached = Q(contacts__was_reached=True)
        return self.annotate(last_contact_on=models.Max("contacts__on", filter=reached))
