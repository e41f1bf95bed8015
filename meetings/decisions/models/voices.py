"""What people do in one matter beside voting: hand in an opinion, withdraw, dissent; and what is noted afterwards."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branch_portal.append_only import is_append_only
from meetings.decisions import locks
from meetings.decisions.models.decision import Decision
from members.models import Member
from members.models.changed import Changed, tracked


class Voice(Changed):
    """One person in one matter. Its id is made by the page, so that a double click makes no second row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("member"))

    class Meta:
        abstract = True
        ordering = ("member__sort_key", "pk")

    def __str__(self) -> str:
        return str(self.member)


@tracked()
class WrittenOpinion(Voice):
    """Somebody absent handed in a signed opinion before the meeting (R-3.9). Its vote stands apart, in the totals of the
    decision; here stands only from whom there is one."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="written_opinions")
    handed_in_on = models.DateField(_("handed in on"))

    class Meta(Voice.Meta):
        verbose_name = _("opinion in writing")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "member"],
                name="one_written_opinion_a_person_and_matter",
                violation_error_message=_("This person is entered already."),
            )
        ]
        triggers = [locks.comes_before_the_vote()]


@tracked()
class Recusal(Voice):
    """Somebody whom the matter concerns left the room for it."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="recusals")
    reason = models.CharField(_("reason"), max_length=200)

    class Meta(Voice.Meta):
        verbose_name = _("withdrawal from the matter")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "member"],
                name="one_recusal_a_person_and_matter",
                violation_error_message=_("This person is entered already."),
            ),
            models.CheckConstraint(name="recusal_gives_a_reason", condition=~Q(reason="")),
        ]
        triggers = [locks.comes_before_the_vote()]


@tracked()
class Dissent(Voice):
    """A differing view that somebody wants kept; it may come with the vote or after it, until the minutes are signed."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="dissents")
    text = models.TextField(_("differing view"), max_length=4000)

    class Meta(Voice.Meta):
        verbose_name = _("differing view")
        constraints = [models.CheckConstraint(name="dissent_says_something", condition=~Q(text=""))]
        triggers = [locks.comes_before_the_minutes_are_signed()]


@tracked()
class FollowUp(Changed):
    """What became of a decision, noted as it goes on; nothing is taken back."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="follow_ups")
    on = models.DateField(_("day"))
    text = models.TextField(_("note"), max_length=4000)

    class Meta:
        ordering = ("on", "changed_at", "pk")
        verbose_name = _("note on the execution")
        constraints = [models.CheckConstraint(name="follow_up_says_something", condition=~Q(text=""))]
        triggers = is_append_only()

    def __str__(self) -> str:
        return self.text
