"""Letters of introduction: a person's affiliation on its way from branch to branch (R-5.6)."""

from __future__ import annotations

import datetime

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members import constraints as named
from members.models.changed import Changed, tracked
from members.models.people import Member
from members.querysets import TransferQuerySet


@tracked()
class Transfer(Changed):
    """One letter. The affiliation changes when it is accepted, and not before."""

    class Direction(models.TextChoices):
        OUT = "out", _("to another branch")
        IN = "in", _("into this branch")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("drafted")
        ISSUED = "issued", _("issued")
        ACCEPTED = "accepted", _("accepted")
        REJECTED = "rejected", _("rejected")
        EXPIRED = "expired", _("expired")
        WITHDRAWN = "withdrawn", pgettext_lazy("letter", "withdrawn")

    OPEN_STATES = (State.DRAFTED, State.ISSUED)

    member = models.ForeignKey(Member, models.PROTECT, related_name="transfers", verbose_name=_("member"))
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    other_branch = models.CharField(_("other branch"), max_length=120)
    letter_number = models.CharField(_("number of the letter"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFTED, editable=False)
    issued_on = models.DateField(_("issued on"), null=True, editable=False)
    good_until = models.DateField(_("good until"), null=True, editable=False)
    decided_on = models.DateField(_("decided on"), null=True, editable=False)
    outcome_note = models.CharField(_("note on the outcome"), max_length=200, blank=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = _("letter of introduction")
        verbose_name_plural = _("letters of introduction")
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(state__in=["drafted", "issued"]),
                name="one_transfer_of_a_person_is_under_way",
                violation_error_message=_("Another letter of this person is under way."),
            ),
            models.CheckConstraint(
                name="letter_is_dated_exactly_once_issued",
                condition=Q(state="drafted", issued_on=None, good_until=None)
                | Q(state="withdrawn")
                | Q(
                    state__in=["issued", "accepted", "rejected", "expired"],
                    issued_on__isnull=False,
                    good_until__gte=F("issued_on"),
                ),
            ),
            models.CheckConstraint(
                name="letter_is_decided_exactly_when_it_is_over",
                condition=Q(state__in=["drafted", "issued"], decided_on=None)
                | Q(state__in=["accepted", "rejected", "expired", "withdrawn"], decided_on__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="letter_follows_its_states",
                field="state",
                transitions=[
                    ("drafted", "issued"),
                    ("drafted", "withdrawn"),
                    ("issued", "accepted"),
                    ("issued", "rejected"),
                    ("issued", "expired"),
                    ("issued", "withdrawn"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.other_branch

    def validate_constraints(self, exclude=None) -> None:
        named.validate(self, exclude, {"one_transfer_of_a_person_is_under_way": "other_branch"})

    @property
    def is_under_way(self) -> bool:
        return self.state in self.OPEN_STATES

    def is_overdue_on(self, day: datetime.date) -> bool:
        """Issued, and its time has run out unanswered."""
        return self.state == self.State.ISSUED and day > self.good_until
