"""What was told to whom, and by which ways somebody wants to be told."""

from __future__ import annotations

import uuid

import pgtrigger
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branch_portal.reminders.querysets import ChannelsQuerySet, GroupPostQuerySet, NoticeQuerySet
from members.models import Member


class Delivery(models.TextChoices):
    """How far something is on its way out of the portal."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")


_WAYS = [("waiting", "sending"), ("sending", "sent"), ("sending", "waiting")]


class Told(models.Model):
    """What was told of a subject on an occasion, with the facts as they were then."""

    kind = models.CharField(max_length=12, editable=False)
    subject = models.CharField(max_length=36, editable=False)
    occasion = models.CharField(max_length=60, editable=False)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder, editable=False)
    made_at = models.DateTimeField(_("told on"), editable=False)
    until = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def step(self) -> str:
        """The occasion without the day or number that makes it another one."""
        return self.occasion.partition(":")[0]


class Notice(Told):
    """One person is told one thing once, however many runs meet.

    That it was read is kept without a time: when somebody looked is nobody's business, least of all while a vote is open.
    ``mail``: sent at most once. A run marks it as being sent before it hands it over; whatever is not known to have been
    refused is not sent again.
    """

    class Kind(models.TextChoices):
        MEETING = "meeting", _("meeting")
        TASK = "task", _("task")
        ENTRY = "entry", _("ledger entry")
        DECISION = "decision", _("decision")
        DUTY = "duty", _("integrity duty")
        RISK = "risk", _("risk point")
        MINUTES = "minutes", _("minutes")
        BALLOT = "ballot", _("ballot")
        LEAVE = "leave", _("leave request")
        CHANGE = "change", _("change request")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="notices", editable=False)
    kind = models.CharField(_("about"), max_length=12, choices=Kind, editable=False)
    is_read = models.BooleanField(_("read"), default=False, editable=False)
    mail = models.CharField(max_length=7, choices=Delivery, default=Delivery.WAITING, editable=False)
    mail_begun_at = models.DateTimeField(null=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "kind", "subject", "pk")
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["member", "-made_at"], name="notices_of_a_person"),
            models.Index(fields=["member"], condition=Q(is_read=False), name="notices_unread"),
            models.Index(fields=["kind", "subject"], name="notices_of_a_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "subject", "occasion"], name="person_is_told_of_an_occasion_once"
            ),
            models.CheckConstraint(
                name="notice_is_sent_after_it_was_begun",
                condition=Q(mail="waiting") | Q(mail_begun_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="what_was_told_stays",
                fields=["member", "kind", "subject", "occasion", "facts", "made_at", "until"],
            ),
            pgtrigger.FSM(name="notice_is_mailed_once", field="mail", transitions=_WAYS),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}: {self.occasion}"


class GroupPost(Told):
    """What the branch's group is told; nothing of single people."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("meeting")
        REPORT = "report", _("report")

    kind = models.CharField(_("about"), max_length=12, choices=Kind, editable=False)
    state = models.CharField(max_length=7, choices=Delivery, default=Delivery.WAITING, editable=False)
    begun_at = models.DateTimeField(null=True, editable=False)  # the last time it was tried

    objects = GroupPostQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        verbose_name = _("post to the group")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject", "occasion"], name="group_is_told_of_an_occasion_once"
            ),
            models.CheckConstraint(
                name="post_is_sent_after_it_was_begun",
                condition=Q(state="waiting") | Q(begun_at__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="what_was_posted_stays",
                fields=["kind", "subject", "occasion", "facts", "made_at", "until"],
            ),
            pgtrigger.FSM(name="post_is_sent_once", field="state", transitions=_WAYS),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}: {self.occasion}"


class Channels(models.Model):
    """By which ways a person is told, beside the portal itself. No row: mail, and no calendar.

    Of the calendar's address only a digest is kept: the address has 256 random bits, so there is nothing to guess from it.
    """

    member = models.OneToOneField(
        Member, models.PROTECT, primary_key=True, related_name="channels", editable=False
    )
    by_mail = models.BooleanField(_("by e-mail"), default=True)
    calendar_digest = models.CharField(max_length=64, null=True, unique=True, editable=False)
    calendar_made_at = models.DateTimeField(_("calendar address made on"), null=True, editable=False)

    objects = ChannelsQuerySet.as_manager()

    class Meta:
        verbose_name = _("ways to be told")
        constraints = [
            models.CheckConstraint(
                name="calendar_address_was_made_some_time",
                condition=Q(calendar_digest=None, calendar_made_at=None)
                | Q(calendar_digest__isnull=False, calendar_made_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.member)

    @property
    def has_calendar(self) -> bool:
        return self.calendar_digest is not None
