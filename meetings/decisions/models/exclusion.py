"""Who is left out of those due at one meeting (R-3.8)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from meetings.decisions import locks
from meetings.models import Attendance
from members import constraints as named
from members.models.changed import Changed, tracked


@tracked()
class Exclusion(Changed):
    """One of the five groups, and both approvals: the higher committee's and the meeting's own. Only with both is the
    person not due. Being left out takes no right away: whoever comes all the same is due and votes."""

    class Reason(models.TextChoices):
        UNABLE = "unable", _("unable to express a will through illness")
        ABROAD = "abroad", _("abroad at own cost for over half a year")
        DETAINED = "detained", _("detained or serving a sentence")
        BEDRIDDEN = "bedridden", _("bedridden, or long unable to look after themselves")
        MOVED = "moved", _("away for over half a year, affiliation should have moved")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    attendance = models.OneToOneField(
        Attendance, models.CASCADE, related_name="exclusion", verbose_name=_("member")
    )
    reason = models.CharField(_("reason"), max_length=9, choices=Reason)
    note = models.CharField(_("note"), max_length=200, blank=True)
    agreed_by = models.CharField(_("higher committee that agrees"), max_length=120, blank=True)
    agreed_on = models.DateField(_("agreed on"), null=True, blank=True)
    agreed_reference = models.CharField(_("number or title of its paper"), max_length=120, blank=True)
    is_voted = models.BooleanField(_("the meeting voted for it"), default=False)
    vote_note = models.CharField(
        _("how the meeting voted"),
        max_length=200,
        blank=True,
        help_text=_("For example: by show of hands, all in favour."),
    )

    class Meta:
        ordering = ("attendance__member__sort_key", "pk")
        verbose_name = _("person left out of those due")
        constraints = [
            models.CheckConstraint(
                name="agreement_to_an_exclusion_is_whole_or_missing",
                condition=Q(agreed_by="", agreed_on=None, agreed_reference="")
                | ~Q(agreed_by="") & ~Q(agreed_reference="") & Q(agreed_on__isnull=False),
                violation_error_message=_("Give who agreed, when, and in which paper; or none of them yet."),
            ),
            models.CheckConstraint(
                name="vote_on_an_exclusion_says_how",
                condition=Q(is_voted=True) & ~Q(vote_note="") | Q(is_voted=False, vote_note=""),
                violation_error_message=_("Say how the meeting voted, if it voted for it, and only then."),
            ),
        ]
        triggers = [locks.exclusion_is_locked_with_its_meeting(), locks.only_a_voter_is_left_out()]

    def __str__(self) -> str:
        return str(self.attendance.member)

    def validate_constraints(self, exclude=None) -> None:
        named.validate(
            self,
            exclude,
            {
                "agreement_to_an_exclusion_is_whole_or_missing": "agreed_by",
                "vote_on_an_exclusion_says_how": "vote_note",
            },
        )

    @property
    def holds(self) -> bool:
        """Both approvals are recorded."""
        return self.agreed_on is not None and self.is_voted
