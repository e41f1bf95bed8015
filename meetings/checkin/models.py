"""What is kept of a meeting's day beside its record."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branch_portal.encryption.fields import EncryptedTextField
from meetings import locks
from meetings.checkin.querysets import LeaveRequestQuerySet
from meetings.models import Attendance, Meeting
from members import constraints
from members.models import Member, User
from members.models.changed import Changed, tracked


@tracked()
class LeaveRequest(Changed):
    """A member asks to be excused from a meeting. What was asked stays as it was; an accepted leave is a mark in the
    attendance list, and ends there: whoever comes all the same is here, and the request says nothing any more."""

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("leave request", "waiting for an answer")
        ACCEPTED = "accepted", pgettext_lazy("leave request", "accepted")
        REFUSED = "refused", pgettext_lazy("leave request", "refused")
        WITHDRAWN = "withdrawn", pgettext_lazy("leave request", "withdrawn")

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="leave_requests")
    member = models.ForeignKey(
        Member, models.PROTECT, related_name="leave_requests", verbose_name=_("member")
    )
    reason = models.CharField(_("reason"), max_length=9, choices=Attendance.LeaveReason)
    note = models.CharField(_("note"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.ASKED, editable=False)
    asked_at = models.DateTimeField(_("asked on"))
    answer = models.CharField(_("answer"), max_length=200, blank=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided on"), null=True, editable=False)
    # Made by the page: the same request sent twice is one request.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = LeaveRequestQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        verbose_name = _("leave request")
        verbose_name_plural = _("leave requests")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "member"],
                condition=Q(state__in=["asked", "accepted"]),
                name="member_has_one_standing_leave_request_for_a_meeting",
                violation_error_message=_("You have asked for leave already."),
            ),
            models.CheckConstraint(
                name="refused_leave_has_an_answer",
                condition=~Q(state="refused") | ~Q(answer=""),
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                name="other_reason_for_leave_is_told",
                condition=~Q(reason="other") | ~Q(note=""),
                violation_error_message=_("Say what the reason is."),
            ),
            models.CheckConstraint(
                name="leave_request_is_decided_by_somebody",
                condition=Q(decided_by=None, decided_at=None) & ~Q(state__in=["accepted", "refused"])
                | Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(state="asked"),
            ),
        ]
        triggers = [
            locks.record_is_locked_when_signed(),
            locks.is_never_deleted(),
            pgtrigger.ReadOnly(
                name="what_was_asked_stays",
                fields=["meeting", "member", "reason", "note", "asked_at", "key"],
            ),
            pgtrigger.FSM(
                name="leave_request_follows_the_workflow",
                field="state",
                transitions=[
                    ("asked", "accepted"),
                    ("asked", "refused"),
                    ("asked", "withdrawn"),
                    ("accepted", "withdrawn"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return str(self.member)

    def validate_constraints(self, exclude=None) -> None:
        constraints.validate(
            self, exclude, {"refused_leave_has_an_answer": "answer", "other_reason_for_leave_is_told": "note"}
        )

    @property
    def is_standing(self) -> bool:
        """Waiting or accepted: nothing else can be asked for beside it."""
        return self.state in {self.State.ASKED, self.State.ACCEPTED}


@tracked(exclude=("secret",))
class CheckIn(Changed):
    """That a meeting's people may check in by themselves, from when to when. The codes come from the secret, which is
    sealed, made anew at every opening, gone after closing, and not part of the history."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="check_in")
    secret = EncryptedTextField(editable=False)
    opened_at = models.DateTimeField(editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("check-in")
        constraints = [
            models.CheckConstraint(
                name="check_in_closes_after_it_opens",
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
            )
        ]
        triggers = [locks.record_is_locked_when_signed(), locks.is_never_deleted()]

    def __str__(self) -> str:
        return str(self.meeting)


class NoticeSeen(models.Model):
    """When somebody invited first opened the meeting's page; told to the organizer as a count and to nobody by name."""

    attendance = models.OneToOneField(
        Attendance, models.CASCADE, primary_key=True, related_name="notice_seen"
    )
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("notice seen")
