"""Changes of the own contact data that a member asks for; the secretary decides."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members import constraints as named
from members import locks
from members.models.changed import Changed, tracked
from members.models.people import Member
from members.privacy import personal
from members.querysets import ChangeRequestQuerySet


@tracked()
class ChangeRequest(Changed):
    """One field of one's own record, as it was and as it is asked for. Once decided, it stays as it is."""

    class Field(models.TextChoices):
        """The contact data of a record; each is a field of ``Member``."""

        PHONE = "phone", _("telephone")
        ADDRESS = "address", _("address")
        EMPLOYER = "employer", _("employer")
        DEPARTMENT = "department", _("department")
        DUTY = "duty", _("post at work")
        PHOTOGRAPH = "photograph", _("photograph")  # before and after: the keys of stored pictures

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("request", "waiting for the secretary")
        APPROVED = "approved", pgettext_lazy("request", "approved")
        REFUSED = "refused", pgettext_lazy("request", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("request", "taken back")

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="change_requests", verbose_name=_("member")
    )
    field = models.CharField(_("what"), max_length=10, choices=Field)
    before = personal(models.CharField(_("before"), max_length=200, blank=True))
    after = personal(models.CharField(_("asked for"), max_length=200, blank=True))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN, editable=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    # The account signed in by the number that the record had, and signs in by the new one since the same step.
    sign_in_too = models.BooleanField(_("number for signing in changed too"), default=False, editable=False)
    asked_at = models.DateTimeField(_("asked on"), auto_now_add=True)
    decided_at = models.DateTimeField(_("decided on"), null=True, editable=False)
    decided_by = models.ForeignKey(
        "members.User",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("decided by"),
    )

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name = _("change request")
        verbose_name_plural = _("change requests")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "field"],
                condition=Q(state="open"),
                name="one_request_for_a_field_is_open",
                violation_error_message=_("You have asked for a change of this already."),
            ),
            models.CheckConstraint(
                name="refusal_has_a_reason",
                condition=~Q(state="refused") | ~Q(reason=""),
                violation_error_message=_("Give the reason."),
            ),
            models.CheckConstraint(
                name="number_for_signing_in_follows_an_approved_one",
                condition=Q(sign_in_too=False) | Q(field="phone", state="approved"),
            ),
            models.CheckConstraint(
                name="request_is_decided_exactly_when_it_is_over",
                condition=Q(state="open", decided_at=None, decided_by=None)
                | ~Q(state="open") & Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
        ]
        triggers = [
            locks.belongs_to_one_person(),
            pgtrigger.Protect(
                name="request_is_decided_once",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="open"),
            ),
            pgtrigger.Protect(name="request_is_never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.get_field_display()

    def validate_constraints(self, exclude=None) -> None:
        fields = {"one_request_for_a_field_is_open": "after", "refusal_has_a_reason": "reason"}
        named.validate(self, exclude, fields)

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    @property
    def is_picture(self) -> bool:
        return self.field == self.Field.PHOTOGRAPH

    @property
    def standing(self) -> str:
        """What the record says now; the member must be loaded with the request."""
        return getattr(self.member, self.field)

    @property
    def follows_at_sign_in(self) -> bool:
        """The person signs in by the number that the record has now, which would be changed."""
        if not (self.is_open and self.field == self.Field.PHONE and self.standing):
            return False
        account = getattr(self.member, "user", None)
        return bool(account and account.is_active and account.mobile == self.standing)

    @property
    def is_outdated(self) -> bool:
        """The record was changed after the member had asked."""
        return self.is_open and self.standing != self.before
