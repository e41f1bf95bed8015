"""A talk between two people. What was said is sensitive by its nature, and sealed."""

from __future__ import annotations

import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from branch_portal.encryption.fields import EncryptedTextField
from meetings.talks.querysets import TalkQuerySet
from members import constraints
from members.models import Member, User
from members.models.changed import Changed, tracked


@tracked()
class Talk(Changed):
    """Private to both and the secretary (handbook, 10)."""

    class Kind(models.TextChoices):
        EXCHANGE = "exchange", _("exchange of thoughts")
        CARE = "care", _("care and help")
        REMINDER = "reminder", _("reminder")
        ENCOURAGEMENT = "encouragement", _("encouragement")
        FEEDBACK = "feedback", _("feedback on the appraisal")

    # Made by the page: the same form sent twice is one talk.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    on = models.DateField(_("day of the talk"))
    place = models.CharField(_("place"), max_length=120, blank=True)
    kind = models.CharField(_("kind of talk"), max_length=13, choices=Kind, default=Kind.EXCHANGE)
    talker = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("talker"))
    partner = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("talked with"))
    points = EncryptedTextField(_("main points"), blank=False)
    problems = EncryptedTextField(_("problems raised"))
    wishes = EncryptedTextField(_("wishes and suggestions"))
    follow_up = EncryptedTextField(_("what follows"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    objects = TalkQuerySet.as_manager()

    class Meta:
        ordering = ("-on", "-pk")
        verbose_name = _("heart-to-heart talk")
        constraints = [
            models.CheckConstraint(
                name="nobody_talks_with_oneself",
                condition=~Q(talker=F("partner")),
                violation_error_message=_("A talk takes two."),
            )
        ]
        triggers = [pgtrigger.Protect(name="is_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.talker} – {self.partner}"

    def validate_constraints(self, exclude=None) -> None:
        constraints.validate(self, exclude, {"nobody_talks_with_oneself": "partner"})

    def is_of(self, user: User) -> bool:
        """Whether the user is one of the two."""
        return user.member_id in {self.talker_id, self.partner_id}
