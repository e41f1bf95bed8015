"""Papers of a person, each with its kind and with who may open it."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branch_portal.media.documents import CONTENT_TYPES
from members import locks
from members.models.changed import Changed, tracked
from members.models.people import Member
from members.querysets import MemberFileQuerySet

_ENDINGS = {content_type: kind for kind, content_type in CONTENT_TYPES.items()} | {"image/jpeg": "jpg"}


@tracked()
class MemberFile(Changed):
    """One stored paper. What it is called and who may open it is changed; the file itself never is."""

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
        COMMITTEE = "committee", _("the person and the committee")
        SECRETARY = "secretary", _("the secretary alone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    member = models.ForeignKey(Member, models.PROTECT, related_name="files", verbose_name=_("member"))
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    access = models.CharField(_("who may open it"), max_length=9, choices=Access, default=Access.OWN)
    title = models.CharField(pgettext_lazy("of a paper", "title"), max_length=120)
    key = models.CharField(max_length=32, editable=False)
    content_type = models.CharField(max_length=100, editable=False)
    size = models.PositiveIntegerField(_("size"), editable=False)
    added_at = models.DateTimeField(_("added on"), auto_now_add=True)

    objects = MemberFileQuerySet.as_manager()

    class Meta:
        ordering = ("-added_at", "-pk")
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        triggers = [
            locks.belongs_to_one_person(),
            pgtrigger.Protect(
                name="file_stays_the_same",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("key", "content_type", "size"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def file_name(self) -> str:
        """Under which it is saved: its title with the ending of what it is."""
        return f"{self.title}.{_ENDINGS.get(self.content_type, 'bin')}"
