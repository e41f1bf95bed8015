"""An entry of the rectification ledger, and the evidence on which it is closed."""

from __future__ import annotations

import datetime
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branch_portal.append_only import is_append_only
from meetings.models import Meeting
from meetings.rectification import deadlines, locks
from meetings.rectification.querysets import EntryQuerySet
from meetings.rectification.states import Act, Level, Source, State
from members import constraints as named
from members.models import Member, User

_TEXT = 2000


class LedgerEntry(models.Model):
    """One problem and what is done about it, as the last step left it; the steps before are in the history.

    ``act`` and ``note`` are the last step and its words: progress, the reason of a return or an extension. The database
    writes the whole row into the history at every step (``locks.becomes_an_event``).
    """

    year = models.PositiveSmallIntegerField(_("for the year"))
    number = models.PositiveSmallIntegerField(_("number"), editable=False)
    source = models.CharField(_("source"), max_length=14, choices=Source, default=Source.LIFE_MEETING)
    level = models.CharField(_("level"), max_length=9, choices=Level, default=Level.COMMITTEE)
    meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="ledger_entries",
        verbose_name=_("meeting"),
    )
    # The id of the meeting's Problem row. No foreign key: a correction of the minutes may take the row away,
    # and the entry stands all the same.
    problem_row = models.UUIDField(null=True, unique=True, editable=False)
    problem = models.TextField(_("problem"), max_length=_TEXT)
    cause = models.TextField(_("root cause"), max_length=_TEXT, blank=True)
    measure = models.TextField(_("rectification measure"), max_length=_TEXT)
    leader = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("leader in charge"),
    )
    in_charge = models.ForeignKey(
        Member, models.PROTECT, related_name="ledger_entries", verbose_name=_("person in charge")
    )
    started_on = models.DateField(_("begun on"))
    due_on = models.DateField(_("to be done by"), null=True, blank=True)
    claimed_on = models.DateField(_("reported as done on"), null=True, editable=False)
    checker = models.ForeignKey(
        Member, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("checker")
    )
    check_opinion = models.TextField(
        _("opinion of the checker"), max_length=_TEXT, blank=True, editable=False
    )
    closed_on = models.DateField(_("closed on"), null=True, editable=False)
    recurs_from = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="recurrences"
    )
    state = models.CharField(_("state"), max_length=11, choices=State, default=State.OPEN, editable=False)
    # Made by the page: the same entry sent twice is one.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    revision = models.PositiveIntegerField(default=1, editable=False)
    act = models.CharField(max_length=9, choices=Act, default=Act.ENTER, editable=False)
    note = models.TextField(max_length=_TEXT, blank=True, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, editable=False, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ("-year", "level", "number", "pk")
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger entries")
        indexes = [models.Index(fields=["state", "due_on"], name="entry_by_state_and_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["year", "number"],
                condition=Q(level="committee"),
                name="number_is_given_once_a_year",
            ),
            # Numbers of their own for each person: a gap in a list would tell of entries one does not see.
            models.UniqueConstraint(
                fields=["year", "in_charge", "number"],
                condition=Q(level="member"),
                name="personal_number_is_given_once_a_year",
            ),
            models.CheckConstraint(
                name="entry_has_a_day_unless_it_is_kept_up_for_long",
                condition=Q(due_on__isnull=False) | Q(state="long_term"),
                violation_error_message=_("Say by when it is to be done."),
            ),
            models.CheckConstraint(
                name="entry_is_due_after_it_begins",
                condition=Q(due_on=None) | Q(due_on__gte=F("started_on")),
                violation_error_message=_("It cannot be due before it begins."),
            ),
            models.CheckConstraint(
                name="entry_says_what_and_how",
                condition=~Q(problem="") & ~Q(measure=""),
            ),
            # nobody else sees a personal entry, so nobody else leads it.
            models.CheckConstraint(
                name="personal_entry_names_no_leader",
                condition=Q(level="committee") | Q(leader=None),
                violation_error_message=_("A personal entry is that person's: it has no other leader."),
            ),
            models.CheckConstraint(
                name="person_in_charge_does_not_close_the_own_entry",
                condition=Q(checker=None) | ~Q(checker=F("in_charge")),
            ),
            models.CheckConstraint(
                name="entry_is_reported_exactly_when_waiting_or_closed",
                condition=Q(state__in=["claimed", "closed"], claimed_on__isnull=False)
                | (~Q(state__in=["claimed", "closed"]) & Q(claimed_on=None)),
            ),
            models.CheckConstraint(
                name="entry_is_closed_with_checker_opinion_and_day",
                condition=(
                    Q(state="closed", closed_on__isnull=False, checker__isnull=False) & ~Q(check_opinion="")
                )
                | (~Q(state="closed") & Q(closed_on=None, checker=None, check_opinion="")),
            ),
            models.CheckConstraint(
                name="step_that_needs_words_has_them",
                condition=~Q(act__in=["note", "claim", "return", "extend", "long_term"]) | ~Q(note=""),
                violation_error_message=_("Say it in a few words."),
            ),
        ]
        triggers = [
            locks.is_never_deleted(),
            locks.entry_follows_the_workflow(),
            locks.becomes_an_event("entry"),
        ]

    def __str__(self) -> str:
        return self.label

    def validate_constraints(self, exclude=None) -> None:
        fields = {
            "entry_has_a_day_unless_it_is_kept_up_for_long": "due_on",
            "entry_is_due_after_it_begins": "due_on",
            "personal_entry_names_no_leader": "leader",
        }
        named.validate(self, exclude, fields)

    @property
    def label(self) -> str:
        """How people call it: 2024-03, and 2024-P1 for the first of one person's own."""
        if self.level == Level.MEMBER:
            return pgettext_lazy("number of a personal entry", "%(year)d-P%(number)d") % {
                "year": self.year,
                "number": self.number,
            }
        return f"{self.year}-{self.number:02}"

    @property
    def is_personal(self) -> bool:
        return self.level == Level.MEMBER

    @property
    def is_active(self) -> bool:
        return self.state != State.CLOSED

    @property
    def is_long_term(self) -> bool:
        return self.state == State.LONG_TERM

    @property
    def is_overdue(self) -> bool:
        """Today, for pages; tests ask ``is_overdue_on``."""
        return self.is_overdue_on(timezone.localdate())

    def is_overdue_on(self, day: datetime.date) -> bool:
        return deadlines.is_overdue(self.state, self.due_on, self.claimed_on, day)


class Evidence(models.Model):
    """Why an entry may be closed: words, a paper, or both. Never changed and never taken away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(LedgerEntry, models.PROTECT, related_name="evidence")
    text = models.TextField(pgettext_lazy("evidence", "what it shows"), max_length=_TEXT, blank=True)
    # The stored paper (branch_portal.media.documents) with the hash of its content; "" for none.
    file = models.CharField(max_length=32, blank=True, editable=False)
    name = models.CharField(_("file name"), max_length=150, blank=True, editable=False)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    added_by = models.ForeignKey(User, models.PROTECT, editable=False, related_name="+")
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ("added_at", "id")
        verbose_name = _("evidence")
        constraints = [
            models.CheckConstraint(name="evidence_is_words_or_a_paper", condition=~Q(text="") | ~Q(file="")),
            models.CheckConstraint(
                name="evidence_has_a_hash_exactly_with_a_paper",
                condition=Q(file="", sha256="") | (~Q(file="") & ~Q(sha256="")),
            ),
        ]
        triggers = [
            *is_append_only(),
            locks.evidence_is_for_an_active_entry(),
            locks.becomes_an_event("evidence"),
        ]

    def __str__(self) -> str:
        return self.name or self.text
