"""Changes of the own contact data that a member asks for; the secretary decides."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members import constraints as named
from members.models.changed import Changed, tracked
from members.models.people import Member
from members.privacy import personal
from members.querysets import ChangeRequestQuerySet


@tracked()
class ChangeRequest(Changed):
    class Field(models.TextChoices):
        """The contact data of a record; each is a field of ``Member``."""

        PHONE = "phone", _("telephone")
        ADDRESS = "address", _("address")
        EMPLOYER = "employer", _("employer")
        DEPARTMENT = "department", _("department")
        DUTY = "duty", _("post at work")

    class State(models.TextChoices):
        OPEN = "open", _("asked for")
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("taken back")

    member = models.ForeignKey(Member, models.PROTECT, related_name="change_requests")
    field = models.CharField(_("what"), max_length=10, choices=Field)
    before = personal(models.CharField(_("before"), max_length=200, blank=True))
    after = personal(models.CharField(_("after"), max_length=200, blank=True))
    state = models.CharField(max_length=9, choices=State, default=State.OPEN, editable=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_at = models.DateTimeField(null=True, editable=False)
    decided_by = models.ForeignKey(
        "members.User", models.PROTECT, null=True, editable=False, related_name="+"
    )

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name = _("change request")
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
                name="request_is_decided_exactly_when_it_is_over",
                condition=Q(state="open", decided_at=None) | ~Q(state="open") & Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.get_field_display()

    def validate_constraints(self, exclude=None) -> None:
        fields = {"one_request_for_a_field_is_open": "field", "refusal_has_a_reason": "reason"}
        named.validate(self, exclude, fields)
