"""What others give to an account's holder: activation slips, and the trace of every way in that was given."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from branch_portal import append_only
from members import locks
from members.models.accounts import User
from members.querysets import AccessGivenQuerySet, ActivationSlipQuerySet


class AccessGiven(models.Model):
    """That somebody changed another person's way to sign in, and could sign in as that person: kept for ever, without
    any secret. What one does to the own account is not here."""

    class Kind(models.TextChoices):
        PASSWORD = "password", _("a new password was given")  # before there were slips
        SLIP = "slip", _("an activation slip was issued")
        FACTORS = "factors", _("the second factors were taken away")

    user = models.ForeignKey(User, models.PROTECT, related_name="access_given")
    # Nobody: from the server's command line.
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PASSWORD)
    reason = models.CharField(max_length=200, blank=True)

    objects = AccessGivenQuerySet.as_manager()

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                name="factors_are_taken_away_for_a_reason", condition=~Q(kind="factors", reason="")
            )
        ]
        triggers = append_only.is_append_only()

    def __str__(self) -> str:
        return str(self.user)

    @property
    def effective_at(self) -> datetime.datetime:
        """From when somebody else could be signed in by it: for a used slip, its use."""
        slip = getattr(self, "slip", None)
        return (slip and slip.used_at) or self.at


class ActivationSlip(models.Model):
    """A paper with a code by which its holder sets an own password, once. Of the code there is only a digest.

    States are worked out, not stored: valid, then used, expired or revoked.
    """

    class State(models.TextChoices):
        VALID = "valid", _("valid")
        USED = "used", _("used")
        EXPIRED = "expired", _("expired")
        REVOKED = "revoked", _("revoked")

    user = models.ForeignKey(User, models.PROTECT, related_name="slips")
    given = models.OneToOneField(AccessGiven, models.PROTECT, related_name="slip")
    digest = models.CharField(max_length=64, unique=True)
    good_until = models.DateTimeField()
    # The device is lost: passkeys and codes end by its use. Why, stands with what was given.
    ends_factors = models.BooleanField(default=False)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ActivationSlipQuerySet.as_manager()

    class Meta:
        ordering = ("-pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(used_at=None, revoked_at=None),
                name="account_has_one_open_slip",
            ),
            models.CheckConstraint(
                name="slip_is_used_or_revoked_not_both", condition=Q(used_at=None) | Q(revoked_at=None)
            ),
            models.CheckConstraint(
                name="slip_keeps_a_digest_and_no_code", condition=Q(digest__regex=r"^[0-9a-f]{64}$")
            ),
        ]
        triggers = [locks.slip_ends_once(), locks.slip_is_never_deleted()]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_state_display()}"

    @property
    def state(self) -> str:
        """One of ``State`` now. A slip that was revoked after its time is expired all the same."""
        if self.used_at:
            return self.State.USED
        if self.good_until <= (self.revoked_at or timezone.now()):
            return self.State.EXPIRED
        return self.State.REVOKED if self.revoked_at else self.State.VALID

    def get_state_display(self) -> str:
        return str(self.State(self.state).label)
