"""Papers of a person, each with its kind and with who may open it."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.changed import Changed, tracked
from members.models.people import Member
from members.querysets import MemberFileQuerySet


@tracked()
class MemberFile(Changed):
    class Kind(models.TextChoices):
        APPLICATION = "application", _("application")
        REPORT = "report", _("report of thoughts")
        REVIEW = "review", _("political review")
        TRAINING = "training", _("certificate of training")
        ADMISSION = "admission", _("admission form")
        CONFIRMATION = "confirmation", _("application for confirmation")
        LETTER = "letter", _("letter of introduction")
        OTHER = "other", _("other paper")

    class Access(models.TextChoices):
        OWN = "own", _("the person and the secretary")
        COMMITTEE = "committee", _("the committee and the person")
        SECRETARY = "secretary", _("the secretary alone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="files", verbose_name=_("member"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    access = models.CharField(_("who may open it"), max_length=9, choices=Access, default=Access.OWN)
    title = models.CharField(_("title"), max_length=120)
    key = models.CharField(max_length=32, editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(editable=False)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = MemberFileQuerySet.as_manager()

    class Meta:
        ordering = ("-added_at", "-pk")
        verbose_name = _("paper")

    def __str__(self) -> str:
        return self.title
