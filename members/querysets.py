"""Which people: named reads; the day is an argument, never read inside."""

from __future__ import annotations

import datetime
from collections.abc import Collection

from django.db import models
from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Replace

from members.mobile import tidy
from members.permissions import Capability, Role

_SHORTEST_NUMBER = 4


class MemberQuerySet(models.QuerySet):
    def visible_to(self, user) -> MemberQuerySet:
        """Whom the user may read about: the branch; who has left it, only with personal data."""
        if user.may(Capability.READ_PERSONAL_DATA):
            return self.all()
        return self.current() if user.may(Capability.READ_MEMBERS) else self.none()

    def with_personal_data_for(self, user) -> MemberQuerySet:
        """Whose personal data the user may read: everybody's, the people of the led groups, the own."""
        if user.may(Capability.READ_PERSONAL_DATA):
            return self.all()
        led = (
            Q(party_group__in=user.led_groups, left_on=None) if user.may(Capability.READ_GROUP_DATA) else Q()
        )
        own = Q(pk=user.member_id)
        return self.visible_to(user).filter(led | own if led else own)

    def current(self) -> MemberQuerySet:
        """People of this branch now, whatever their stage."""
        return self.filter(left_on=None)

    def left(self) -> MemberQuerySet:
        """People who were of this branch once."""
        return self.exclude(left_on=None).exclude(standing=self.model.Standing.EXPECTED)

    def expected(self) -> MemberQuerySet:
        """People whom a letter of introduction is to bring, and who are not of this branch yet."""
        return self.filter(standing=self.model.Standing.EXPECTED)

    def without_account(self) -> MemberQuerySet:
        """People who cannot sign in yet."""
        return self.filter(user=None)

    def of_stage(self, stage: str) -> MemberQuerySet:
        return self.filter(stage=stage)

    def of_standing(self, standing: str) -> MemberQuerySet:
        return self.filter(standing=standing)

    def of_gender(self, gender: str) -> MemberQuerySet:
        return self.filter(gender=gender)

    def in_group(self, group) -> MemberQuerySet:
        """Of one Party group."""
        return self.filter(party_group=group)

    def in_groups(self, groups: Collection[int]) -> MemberQuerySet:
        """Of any of the Party groups, given by id."""
        return self.filter(party_group__in=groups)

    def with_account(self) -> MemberQuerySet:
        """People who have an account, open or closed."""
        return self.exclude(user=None)

    def away_on(self, day: datetime.date) -> MemberQuerySet:
        """Mobile members: a time away is entered that runs on that day."""
        return self.filter(pk__in=self._away(day))

    def not_away_on(self, day: datetime.date) -> MemberQuerySet:
        return self.exclude(pk__in=self._away(day))

    def _away(self, day: datetime.date):
        periods = self.model.mobile_periods.rel.related_model.objects
        return periods.running_on(day).values("member")

    def with_presence_on(self, day: datetime.date) -> MemberQuerySet:
        """Each with ``is_away``: whether the person is away on that day."""
        periods = self.model.mobile_periods.rel.related_model.objects.running_on(day)
        return self.annotate(is_away=Exists(periods.filter(member=OuterRef("pk"))))

    def holding_a_post_on(self, day: datetime.date) -> MemberQuerySet:
        """Whoever holds a post on that day: of the committee, or of a Party group."""
        positions = self.model.positions.rel.related_model.objects
        return self.filter(pk__in=positions.on(day).values("member"))

    def holding_no_post_on(self, day: datetime.date) -> MemberQuerySet:
        positions = self.model.positions.rel.related_model.objects
        return self.exclude(pk__in=positions.on(day).values("member"))

    def in_order_of(self, *expressions, descending: bool = False) -> MemberQuerySet:
        """By the expressions, what is empty last whichever way; equals by the order of their names."""
        turned = [
            expression.desc(nulls_last=True) if descending else expression.asc(nulls_last=True)
            for expression in expressions
        ]
        return self.order_by(*turned, "sort_key", "pk")

    def with_posts_on(self, day: datetime.date) -> MemberQuerySet:
        """Each with ``posts_today``: the posts held on that day. One query more, however many people."""
        positions = self.model.positions.rel.related_model.objects.on(day).select_related("party_group")
        return self.prefetch_related(Prefetch("positions", queryset=positions, to_attr="posts_today"))

    def with_admission_entries(self) -> MemberQuerySet:
        """Each with ``admission_entries``: the events on the way into the Party. One query more, however many people."""
        kinds = ["applied", "activist", "target", "admitted", "extended"]
        entries = self.model.timeline.rel.related_model.objects.filter(kind__in=kinds)
        return self.prefetch_related(Prefetch("timeline", queryset=entries, to_attr="admission_entries"))

    def with_order_of_posts_on(self, day: datetime.date) -> MemberQuerySet:
        """To be ordered by ``post_today``: the place of the first post, as the posts are listed, that is held on that day;
        a leader of a group stands by that group in ``group_led_today``. Costs nothing where nobody orders by it."""
        positions = self.model.positions.rel.related_model
        places = [When(post=post, then=Value(place)) for place, post in enumerate(positions.Post.values)]
        held = (
            positions.objects.on(day)
            .filter(member=OuterRef("pk"))
            .annotate(place=Case(*places, output_field=IntegerField()))
            .order_by("place", "party_group__order", "party_group")
        )
        return self.alias(
            post_today=Subquery(held.values("place")[:1]),
            group_led_today=Subquery(held.values("party_group__order")[:1]),
        )

    def with_order_of_admission(self) -> MemberQuerySet:
        """To be ordered by ``applied_last``, ``activist_last`` and ``target_last``, the last days of these events, and by
        ``probation_until``, which whoever is on probation has. Costs nothing where nobody orders by it."""
        entries = self.model.timeline.rel.related_model.objects.filter(member=OuterRef("pk"))
        extended = entries.filter(kind="extended", on__gte=OuterRef("admitted_on")).order_by("-until")
        a_year = Func(
            F("admitted_on"),
            template="(%(expressions)s + interval '1 year')::date",
            output_field=DateField(),
        )
        until = Coalesce(Subquery(extended.values("until")[:1]), a_year)
        return self.alias(
            **{
                f"{kind}_last": Subquery(entries.filter(kind=kind).order_by("-on").values("on")[:1])
                for kind in ("applied", "activist", "target")
            },
            probation_until=Case(When(stage=self.model.Stage.PROBATIONARY, then=until)),
        )

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

    def without_voting_rights(self, day: datetime.date) -> MemberQuerySet:
        """Everybody else of these."""
        return self.exclude(pk__in=self.model.objects.with_voting_rights(day).values("pk"))

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

    def search(
        self, words: str, *, by_phone: bool = False, by_phone_in: Collection[int] = ()
    ) -> MemberQuerySet:
        """Every word is in the name, in its reading (with or without spaces: li si, lisi), begins its initials (ls), or is
        the beginning or the end of a telephone number, at least four digits of it: of everybody, or of the people of
        some Party groups (by id), since whoever searches must not learn whose number it is without seeing numbers."""
        found = self
        phones = Q() if by_phone else Q(party_group__in=by_phone_in)
        for word in words.split():
            run_together = Replace(F("sort_key"), Value(" "), Value(""))
            matches = (
                Q(name__icontains=word)
                | Q(sort_key__icontains=word)
                | Q(reading_together__icontains=word)
                | Q(initials__istartswith=word)
            )
            if word.isdigit() and len(word) >= _SHORTEST_NUMBER and (by_phone or by_phone_in):
                matches |= phones & (Q(phone__endswith=word) | Q(phone__startswith=word))
            found = found.alias(reading_together=run_together).filter(matches)
        return found


class PositionQuerySet(models.QuerySet):
    def on(self, day: datetime.date) -> PositionQuerySet:
        """Posts held on that day, its first and last day included."""
        return self.filter(Q(started_on__lte=day), Q(ended_on=None) | Q(ended_on__gte=day))

    def leading_on(self, day: datetime.date) -> PositionQuerySet:
        """Secretary and deputy, who acts for the secretary."""
        return self.on(day).filter(post__in=[self.model.Post.SECRETARY, self.model.Post.DEPUTY])

    def ending_between(self, first: datetime.date, last: datetime.date) -> PositionQuerySet:
        """Posts held now whose last day lies between these days, both included."""
        return self.filter(started_on__lte=first, ended_on__gte=first, ended_on__lte=last)

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

    def used_unseen_by(self, user) -> ActivationSlipQuerySet:
        """Other people's slips used since ``user``, who keeps accounts, looked at them last; the latest first."""
        used = self.filter(used_at__gt=user.slips_seen_until or user.date_joined).exclude(user=user)
        return used.select_related("user__member", "given__by__member").order_by("-used_at", "-pk")


class KnownDeviceQuerySet(models.QuerySet):
    def of_login(self, login: str) -> KnownDeviceQuerySet:
        """Of the account that signs in by this login name or mobile number."""
        return self.filter(Q(user__username__iexact=login) | Q(user__mobile=tidy(login)))


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

    def in_use(self) -> UserQuerySet:
        """Open accounts that wait for nobody's first visit."""
        return self.filter(is_active=True).exclude(pk__in=self.model.objects.awaited().values("pk"))

    def closed(self) -> UserQuerySet:
        return self.filter(is_active=False)

    def of_role(self, role: Role, day: datetime.date) -> UserQuerySet:
        """Accounts that have the role on that day, as ``User.roles`` has it: a closed one has none."""
        if role == Role.ADMINISTRATOR:
            return self.filter(is_active=True, is_administrator=True)
        of_branch = self.filter(is_active=True, member__isnull=False, member__left_on=None)
        if role == Role.MEMBER:
            return of_branch
        positions = self.model.member.field.related_model.positions.rel.related_model
        posts = [post for post in positions.Post if role in post.roles]
        return of_branch.filter(member__in=positions.objects.on(day).filter(post__in=posts).values("member"))

    def with_second_factor(self) -> UserQuerySet:
        """Each with ``has_second_factor``: a passkey or one-time codes; recovery codes alone are none."""
        factors = self.model.authenticator_set.rel.related_model.objects
        own = factors.filter(user=OuterRef("pk"), type__in=self.model.SECOND_FACTORS)
        return self.annotate(has_second_factor=Exists(own))

    def with_posts_on(self, day: datetime.date) -> UserQuerySet:
        """Each person with ``posts_today``, as in a list of people. One query more, however many accounts."""
        positions = self.model.member.field.related_model.positions.rel.related_model.objects.on(day)
        held = Prefetch(
            "member__positions", queryset=positions.select_related("party_group"), to_attr="posts_today"
        )
        return self.prefetch_related(held)

    def search(self, words: str) -> UserQuerySet:
        """Every word is in the login name, or in the person's name or its reading."""
        found = self
        for word in words.split():
            person = Q(member__name__icontains=word) | Q(member__sort_key__icontains=word)
            found = found.filter(Q(username__icontains=word) | person)
        return found


class ExportQuerySet(models.QuerySet):
    def listed(self) -> ExportQuerySet:
        """The newest first, each with who made it."""
        return self.select_related("by__member").order_by("-at", "-pk")


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

    def of_state(self, state: str) -> TransferQuerySet:
        return self.filter(state=state)

    def of_direction(self, direction: str) -> TransferQuerySet:
        return self.filter(direction=direction)

    def search(self, words: str) -> TransferQuerySet:
        """Every word finds the person (``MemberQuerySet.search``), or is in the letter's number or the other branch's name."""
        found, people = self, self.model.member.field.related_model.objects
        for word in words.split():
            person = Q(member__in=people.search(word))
            letter = Q(letter_number__icontains=word) | Q(other_branch__icontains=word)
            found = found.filter(person | letter)
        return found

    def listed(self) -> TransferQuerySet:
        """Those under way first, the longest due at the head; then the others, the newest first."""
        is_open = Q(state__in=self.model.OPEN_STATES)
        place = Case(When(is_open, then=Value(0)), default=Value(1))
        due = Case(When(is_open, then=F("good_until")))
        return self.select_related("member").order_by(place, due.asc(nulls_last=True), "-made_at", "-pk")


class MobilePeriodQuerySet(models.QuerySet):
    def running_on(self, day: datetime.date) -> MobilePeriodQuerySet:
        """Whoever is away on that day, first and last day included."""
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)

    def over_on(self, day: datetime.date, people: MemberQuerySet | None = None) -> MobilePeriodQuerySet:
        """Times of people of the branch that had ended before that day, the latest end first; of everybody, or of these."""
        found = self.filter(until__lt=day, member__left_on=None)
        found = found if people is None else found.filter(member__in=people)
        return found.select_related("member", "contact_person").order_by("-until", "-pk")

    def with_last_contact(self, day: datetime.date) -> MobilePeriodQuerySet:
        """Each with ``last_contact_on``: the last day up to that one on which the person was reached; None if never."""
        reached = Q(contacts__was_reached=True, contacts__on__lte=day)
        return self.annotate(last_contact_on=models.Max("contacts__on", filter=reached))


class MemberFileQuerySet(models.QuerySet):
    def visible_to(self, user) -> MemberFileQuerySet:
        return self.filter(self.open_to(user))

    def open_to(self, user) -> Q:
        """The secretary's: all. The committee's: what is for it. Everybody's: the own, but for what is the secretary's.
        Holds for the history's rows as well."""
        if user.may(Capability.READ_PERSONAL_DATA):
            return Q()
        access = self.model.Access
        own = Q(member=user.member_id) & ~Q(access=access.SECRETARY) if user.member_id else Q(pk__in=[])
        if user.may(Capability.READ_COMMITTEE_FILES):
            own |= Q(access=access.COMMITTEE, member__left_on=None)
        return own


class ChangeRequestQuerySet(models.QuerySet):
    def open(self) -> ChangeRequestQuerySet:
        """Not decided yet; who has waited longest comes first."""
        return self.filter(state=self.model.State.OPEN).order_by("asked_at", "pk")

    def decided(self) -> ChangeRequestQuerySet:
        """Approved, refused or taken back; the latest first."""
        return self.exclude(state=self.model.State.OPEN).order_by("-decided_at", "-pk")

    def to_be_told(self, now: datetime.datetime) -> ChangeRequestQuerySet:
        """By which, within 30 days, the number for signing in was changed too."""
        since = now - datetime.timedelta(days=30)
        return self.filter(sign_in_too=True, decided_at__gte=since).select_related("decided_by__member")


class ImportDraftQuerySet(models.QuerySet):
    def alive_at(self, moment: datetime.datetime) -> ImportDraftQuerySet:
        """Uploaded less than a day before."""
        return self.filter(made_at__gt=moment - self.model.LIFETIME)

    def expired_at(self, moment: datetime.datetime) -> ImportDraftQuerySet:
        """Older than a day: to be removed."""
        return self.filter(made_at__lte=moment - self.model.LIFETIME)
