"""A secret ballot, who may vote in it, who watches it, and what was cast.

Two things are kept apart so that no column can pair them: the roll (``Voter``: people) and the seats (``Seat``: sealed
ballots while voting is open). What leads from one to the other is a secret that is no row of any table and is
destroyed at closing: see ``link_keys``.
"""

from __future__ import annotations

from uuid import uuid4

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from appraisals.ballots import locks
from appraisals.ballots.querysets import SeatQuerySet, SecretBallotQuerySet, VoterQuerySet
from appraisals.ballots.turnout import Threshold
from branch_portal import append_only
from members.models import Member, User

LEAST_SCRUTINEERS = 2

# What everybody may rely on from the opening on.
FROZEN = (
    "uuid",
    "series",
    "title",
    "title_en",
    "description",
    "smallest_count",
    "turnout_needed",
    "turnout_wanted",
    "entitled",
    "hides_own_row",
    "closes_at",
    "eligible",
    "opened_at",
    "election",
    "trustees",
    "credentials",
    "receipt_key",
)
WRITTEN_ONCE = (
    "closed_at",
    "counted_at",
    "encrypted_tally",
    "tally_descriptor",
    "online_returned",
    "result",
    "announced_at",
    "relied_on_at",
)


class OwnReason(models.TextChoices):
    """Why the portal itself declares a ballot void: stored as a word, read by everybody in their own language."""

    TOO_MUCH_PAPER = "too_much_paper", _("More paper ballots were returned than issued.")


def in_words(reason: str) -> str:
    """A reason or note as it is read: the portal's own in the reader's language, a person's as it was typed."""
    return str(OwnReason(reason).label) if reason in OwnReason.values else reason


class SecretBallot(models.Model):
    """One vote by secret ballot: its questions, its rules, its state and, in the end, its sums."""

    class State(models.TextChoices):
        SETUP = "setup", _("being set up")
        OPEN = "open", _("voting open")
        CLOSED = "closed", _("closed, to be counted")
        COUNTED = "counted", _("counted")
        VOID = "void", _("void")

    uuid = models.CharField(max_length=64, unique=True, editable=False)
    # Ballots about the same matter: a void one and the one that repeats it. One of them lives at a time.
    series = models.UUIDField(default=uuid4, editable=False)
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=300, blank=True)
    description = models.CharField(_("explanation"), max_length=500, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.SETUP, editable=False)

    smallest_count = models.PositiveSmallIntegerField(
        _("fewest ballots counted"),
        default=5,
        validators=[MinValueValidator(2), MaxValueValidator(1000)],
        help_text=_(
            "With fewer valid ballots than this no figures are worked out, for they would betray votes."
        ),
    )
    turnout_needed = models.CharField(
        _("turnout needed"), max_length=20, choices=Threshold, default=Threshold.MORE_THAN_HALF
    )
    turnout_wanted = models.CharField(
        _("warning below"), max_length=20, choices=Threshold, default=Threshold.TWO_THIRDS
    )
    entitled = models.PositiveSmallIntegerField(
        _("people entitled"),
        null=True,
        blank=True,
        help_text=_("What the turnout is measured by; empty: everybody on the roll."),
    )
    hides_own_row = models.BooleanField(
        _("leave out one's own row"),
        default=True,
        help_text=_("Nobody rates themselves; the own row does not stand on one's ballot."),
    )
    closes_at = models.DateTimeField(
        _("closes at"), null=True, blank=True, help_text=_("Empty: the ballot is closed by hand.")
    )

    # The texts whose fingerprints are announced: exactly as the protocol hashes them.
    election = models.TextField(null=True, editable=False)
    trustees = models.TextField(null=True, editable=False)
    credentials = models.TextField(null=True, editable=False)
    receipt_key = models.CharField(max_length=44, null=True, editable=False)
    encrypted_tally = models.TextField(null=True, editable=False)
    tally_descriptor = models.TextField(null=True, editable=False)
    online_returned = models.PositiveSmallIntegerField(null=True, editable=False)
    result = models.TextField(null=True, editable=False)
    # Counted, but too few ballots: nothing was decrypted, or nothing that may be shown.
    is_withheld = models.BooleanField(default=False, editable=False)

    created_at = models.DateTimeField(auto_now_add=True)
    opened_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    counted_at = models.DateTimeField(null=True, editable=False)
    announced_at = models.DateTimeField(null=True, editable=False)
    # Something was decided on the result (``actions.rely_on``).
    relied_on_at = models.DateTimeField(null=True, editable=False)
    # Whom the roll may name, by id, where a plan has decided that; None: every Party member. The plan's rules stand too.
    eligible = ArrayField(models.BigIntegerField(), null=True, blank=True, editable=False)
    void_reason = models.CharField(_("reason"), max_length=300, blank=True, editable=False)

    objects = SecretBallotQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "-pk")
        verbose_name = _("secret ballot")
        verbose_name_plural = _("secret ballots")
        constraints = [
            models.UniqueConstraint(
                fields=["series"],
                condition=~Q(state="void"),
                name="one_ballot_of_a_series_lives_at_a_time",
            ),
            models.CheckConstraint(
                name="ballot_is_fixed_exactly_when_it_was_opened",
                condition=Q(opened_at=None, election=None, trustees=None, credentials=None, receipt_key=None)
                & Q(state__in=["setup", "void"])
                | Q(
                    opened_at__isnull=False,
                    election__isnull=False,
                    trustees__isnull=False,
                    credentials__isnull=False,
                    receipt_key__isnull=False,
                )
                & ~Q(state="setup"),
            ),
            models.CheckConstraint(
                name="ballot_has_an_encrypted_tally_exactly_when_closed",
                condition=Q(state__in=["setup", "open"], closed_at=None, encrypted_tally=None)
                & Q(tally_descriptor=None, online_returned=None)
                | Q(state__in=["closed", "counted"], closed_at__isnull=False, encrypted_tally__isnull=False)
                & Q(tally_descriptor__isnull=False, online_returned__isnull=False)
                | Q(state="void"),
            ),
            models.CheckConstraint(
                name="ballot_has_tally_exactly_when_counted",
                condition=Q(
                    state__in=["setup", "open", "closed"], result=None, counted_at=None, is_withheld=False
                )
                | Q(state="counted", counted_at__isnull=False)
                & (Q(result__isnull=False) | Q(is_withheld=True))
                | Q(state="void"),
            ),
            # And what was announced, or what something rests on, is not declared void any more.
            models.CheckConstraint(
                name="only_a_counted_ballot_is_announced",
                condition=Q(announced_at=None) | Q(state="counted"),
            ),
            models.CheckConstraint(
                name="only_a_counted_ballot_is_relied_on",
                condition=Q(relied_on_at=None) | Q(state="counted"),
            ),
            models.CheckConstraint(
                name="ballot_has_a_reason_exactly_when_void",
                condition=Q(state="void") & ~Q(void_reason="") | ~Q(state="void") & Q(void_reason=""),
            ),
        ]
        triggers = [
            locks.is_frozen_once_opened(FROZEN),
            locks.is_written_once(WRITTEN_ONCE),
            locks.is_never_deleted_once_opened(),
            pgtrigger.FSM(
                name="ballot_state_follows_the_workflow",
                field="state",
                transitions=[
                    ("setup", "open"),
                    ("setup", "void"),
                    ("open", "closed"),
                    ("open", "void"),
                    ("closed", "counted"),
                    ("closed", "void"),
                    ("counted", "void"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" and self.title_en else self.title

    @property
    def void_reason_in_words(self) -> str:
        return in_words(self.void_reason)


class Question(models.Model):
    """One row of the ballot: mark one of the answers, or none."""

    ballot = models.ForeignKey(SecretBallot, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField(_("order"))
    text = models.CharField(_("question"), max_length=200)
    text_en = models.CharField(_("question in English"), max_length=300, blank=True)
    answers = ArrayField(models.CharField(max_length=40), verbose_name=_("answers"))
    answers_en = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    # Whom the row is about: that person's ballot may leave it out.
    subject = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("about")
    )

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["ballot", "position"], name="question_has_its_own_place"),
            models.UniqueConstraint(fields=["ballot", "subject"], name="nobody_is_rated_twice"),
            models.CheckConstraint(
                name="question_has_answers_to_choose_from",
                condition=Q(answers__len__gte=2, answers__len__lte=12),
            ),
            models.CheckConstraint(
                name="answers_are_translated_all_or_none",
                condition=Q(answers_en__len=0) | Q(answers_en__len=models.F("answers__len")),
            ),
        ]
        triggers = [locks.changes_only_in_setup()]

    def __str__(self) -> str:
        return self.text_en if get_language() == "en" and self.text_en else self.text

    @property
    def labels(self) -> list[str]:
        """The answers in the reader's language."""
        return self.answers_en if get_language() == "en" and self.answers_en else self.answers


class Scrutineer(models.Model):
    """Somebody who watches the ballot and holds one of the keys, all of which are needed to count."""

    ballot = models.ForeignKey(SecretBallot, models.CASCADE, related_name="scrutineers")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("scrutineer"))
    position = models.PositiveSmallIntegerField()
    # The public half with its proof, as the protocol writes a trustee; None until it is handed in.
    public_key = models.TextField(null=True, editable=False)
    partial_decryption = models.TextField(null=True, editable=False)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=["ballot", "member"], name="nobody_is_scrutineer_twice"),
            models.UniqueConstraint(fields=["ballot", "position"], name="scrutineer_has_its_own_place"),
            # The key alone: with another proof, or another name beside it, the text differs and the key does not.
            models.UniqueConstraint(
                models.F("ballot"),
                KeyTextTransform("public_key", Cast("public_key", models.JSONField())),
                name="no_two_scrutineers_share_a_key",
            ),
        ]
        triggers = [locks.key_is_fixed_at_opening()]

    def __str__(self) -> str:
        return str(self.member)

    @property
    def is_ready(self) -> bool:
        return self.public_key is not None

    @property
    def has_decrypted(self) -> bool:
        return self.partial_decryption is not None


class Voter(models.Model):
    """Somebody on the roll. Nothing in this row ever changes because of a vote cast online, until all rows are
    rewritten at closing: whoever reads the database learns neither who voted when nor with which ballot."""

    class Way(models.TextChoices):
        ONLINE = "online", pgettext_lazy("ballot", "online")
        PAPER = "paper", _("on paper")

    id = models.UUIDField(primary_key=True, default=uuid4)
    ballot = models.ForeignKey(SecretBallot, models.CASCADE, related_name="voters")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("member"))
    way = models.CharField(_("ballot issued"), max_length=6, choices=Way, default=Way.ONLINE)
    # Whether a ballot came back online; None until closing, and for paper, which carries no name.
    returned = models.BooleanField(null=True, editable=False)

    objects = VoterQuerySet.as_manager()

    class Meta:
        ordering = ("member__sort_key", "member_id")
        constraints = [
            models.UniqueConstraint(fields=["ballot", "member"], name="voter_is_on_the_roll_once"),
            models.CheckConstraint(
                name="paper_does_not_come_back_online", condition=Q(way="online") | Q(returned=None)
            ),
        ]
        triggers = [locks.roll_is_fixed_at_opening(), locks.way_changes_only_while_open()]

    def __str__(self) -> str:
        return str(self.member)


class Seat(models.Model):
    """A credential of the roll and the sealed ballot that lies under it now. All seats are gone after closing.

    ``handle`` is a keyed hash of the voter's id (``link_keys``); without the key it leads to nobody.
    """

    handle = models.CharField(max_length=64, primary_key=True)
    ballot = models.ForeignKey(SecretBallot, models.CASCADE, related_name="seats")
    credential = models.CharField(max_length=64)
    data = models.TextField(null=True)
    tracker = models.CharField(max_length=43, null=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ballot", "credential"], name="credential_has_one_seat"),
            models.UniqueConstraint(fields=["ballot", "tracker"], name="tracker_is_cast_once"),
            models.CheckConstraint(
                name="seat_has_a_tracker_exactly_with_a_ballot",
                condition=Q(data=None, tracker=None) | Q(data__isnull=False, tracker__isnull=False),
            ),
        ]
        triggers = [
            locks.seat_is_filled_only_while_open(),
            locks.seat_keeps_its_credential(),
            locks.seat_is_never_deleted(),
        ]


class SealedBallot(models.Model):
    """A ballot as it is counted: taken over at closing, in the order of hashes, and fixed for ever."""

    hash = models.CharField(max_length=64, primary_key=True)  # SHA-256 of the text, hexadecimal
    ballot = models.ForeignKey(SecretBallot, models.PROTECT, related_name="sealed_ballots")
    tracker = models.CharField(max_length=43)
    data = models.TextField()

    class Meta:
        ordering = ("hash",)
        triggers = [
            locks.sealed_ballot_comes_only_at_closing(),
            *append_only.is_append_only("is_never_changed_or_deleted"),
        ]

    def __str__(self) -> str:
        return self.tracker


class PaperCount(models.Model):
    """The totals of the paper ballots as one person read them; two people's must agree.

    ``marks`` holds a list a question: how often each answer was marked. A row with two marks counts among
    ``invalid_rows`` of its question; a row without a mark is worked out, never typed.
    """

    ballot = models.ForeignKey(SecretBallot, models.CASCADE, related_name="paper_counts")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    returned = models.PositiveSmallIntegerField(_("ballots returned"))
    invalid = models.PositiveSmallIntegerField(_("of these invalid"))
    blank = models.PositiveSmallIntegerField(_("of these blank"))
    marks = models.JSONField()
    invalid_rows = models.JSONField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(fields=["ballot", "entered_by"], name="one_person_counts_the_paper_once"),
            models.CheckConstraint(
                name="paper_returned_covers_invalid_and_blank",
                condition=Q(returned__gte=models.F("invalid") + models.F("blank")),
                violation_error_message=_("Invalid and blank ballots are part of those returned."),
            ),
        ]
        triggers = [
            locks.only_while(
                "paper_is_counted_after_closing",
                ["closed"],
                "paper is counted after closing and before the count is finished",
                pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    @property
    def figures(self) -> tuple:
        """What two counts are compared by."""
        return (self.returned, self.invalid, self.blank, self.marks, self.invalid_rows)


class Step(models.Model):
    """What was done with the ballot, by whom and when. Casting leaves no step, not even that somebody voted."""

    class Kind(models.TextChoices):
        SET_UP = "set_up", _("set up")
        CHANGED = "changed", _("set-up changed")
        KEY_HANDED_IN = "key_handed_in", _("scrutineer's key handed in")
        OPENED = "opened", _("voting opened")
        PAPER_ISSUED = "paper_issued", _("paper ballot issued")
        PAPER_REFUSED = "paper_refused", _("paper ballot asked for and not issued")
        CLOSED = "closed", _("voting closed")
        PAPER_COUNTED = "paper_counted", _("paper totals entered")
        DECRYPTED = "decrypted", _("scrutineer's share of the count handed in")
        COUNTED = "counted", _("count finished")
        ANNOUNCED = "announced", _("result announced")
        VOIDED = "voided", _("declared void")

    ballot = models.ForeignKey(SecretBallot, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=13, choices=Kind)
    # None: done by the clock.
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    about = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("pk",)
        triggers = append_only.is_append_only()

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def note_in_words(self) -> str:
        return in_words(self.note)
