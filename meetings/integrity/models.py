"""The two lists: where integrity is at risk, and what each post answers for beside its work."""

from __future__ import annotations

import datetime
import uuid

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branch_portal.append_only import is_append_only
from meetings.integrity import due
from meetings.integrity.querysets import ResponsibilityQuerySet, RiskPointQuerySet
from members import constraints
from members.models import Member, User
from members.models.changed import Changed, tracked


class Level(models.TextChoices):
    """Handbook, 9: power over money, purchasing, projects → high; general management → medium; little power → low."""

    HIGH = "high", pgettext_lazy("of a risk", "high")
    MEDIUM = "medium", pgettext_lazy("of a risk", "medium")
    LOW = "low", pgettext_lazy("of a risk", "low")


@tracked()
class RiskPoint(Changed):
    """A place in a post or a process where integrity is at risk, and what is done about it."""

    class Kind(models.TextChoices):
        POST = "post", _("duties of a post")
        PROCESS = "process", _("business process")
        RULES = "rules", _("rules and mechanisms")
        CONDUCT = "conduct", _("thinking and conduct")
        SURROUNDINGS = "surroundings", _("outside surroundings")

    class State(models.TextChoices):
        IDENTIFIED = "identified", _("identified")
        RATED = "rated", _("rated")
        IN_FORCE = "in_force", _("measures in force")
        REMOVED = "removed", _("removed from the catalogue")

    # Made by the page: the same form sent twice is one risk point.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    unit = models.CharField(_("department"), max_length=80)
    kind = models.CharField(_("kind of risk"), max_length=12, choices=Kind)
    point = models.CharField(_("risk point"), max_length=200)
    signs = models.TextField(_("how it shows"), blank=True)
    level = models.CharField(_("risk level"), max_length=6, choices=Level, blank=True, editable=False)
    measures = models.TextField(_("prevention measures"), blank=True)
    head = models.CharField(_("head of the department"), max_length=60, blank=True)
    leader = models.ForeignKey(
        Member,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_risk_points",
        verbose_name=_("leader in charge"),
    )
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.IDENTIFIED, editable=False
    )
    last_reviewed_on = models.DateField(_("last reviewed on"), null=True, editable=False)
    removal_reason = models.CharField(_("why it was removed"), max_length=300, blank=True, editable=False)

    objects = RiskPointQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        verbose_name = _("risk point")
        constraints = [
            models.CheckConstraint(
                name="risk_point_has_a_level_once_rated",
                condition=Q(state="identified", level="") | Q(state="removed") | ~Q(level=""),
            ),
            models.CheckConstraint(
                name="risk_point_in_force_has_measures_a_leader_and_a_day",
                condition=~Q(state="in_force")
                | ~Q(measures="") & Q(leader__isnull=False, last_reviewed_on__isnull=False),
                violation_error_message=_(
                    "While measures are in force they, and the leader, cannot be left out."
                ),
            ),
            models.CheckConstraint(
                name="risk_point_has_a_removal_reason_exactly_when_removed",
                condition=Q(state="removed") & ~Q(removal_reason="")
                | ~Q(state="removed") & Q(removal_reason=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="removed_risk_point_stands_still",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="removed"),
            ),
            pgtrigger.FSM(
                name="risk_point_state_follows_the_workflow",
                field="state",
                transitions=[
                    ("identified", "rated"),
                    ("rated", "in_force"),
                    ("identified", "removed"),
                    ("rated", "removed"),
                    ("in_force", "removed"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return self.point

    def validate_constraints(self, exclude=None) -> None:
        constraints.validate(
            self, exclude, {"risk_point_in_force_has_measures_a_leader_and_a_day": "measures"}
        )

    @property
    def review_due_on(self) -> datetime.date | None:
        """The day by which it is reviewed again; None while no measures are in force."""
        if self.state != self.State.IN_FORCE:
            return None
        return due.next_review_on(self.last_reviewed_on)


class RiskReview(models.Model):
    """A risk point looked at again: who, when, whether anything changed and why. Never altered."""

    class Occasion(models.TextChoices):
        YEARLY = "yearly", _("yearly review")
        DUTIES = "duties", _("duties changed")
        UNITS = "units", _("departments changed")
        PROCESS = "process", _("a process changed")
        POSTS = "posts", _("posts changed")
        OTHER = "other", _("other occasion")

    class Outcome(models.TextChoices):
        UNCHANGED = "unchanged", _("unchanged")
        CHANGED = "changed", _("changed")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    risk_point = models.ForeignKey(RiskPoint, models.PROTECT, related_name="reviews")
    on = models.DateField(_("reviewed on"))
    occasion = models.CharField(_("occasion"), max_length=8, choices=Occasion, default=Occasion.YEARLY)
    outcome = models.CharField(
        _("risk and measures"), max_length=9, choices=Outcome, default=Outcome.UNCHANGED
    )
    level_before = models.CharField(_("level before"), max_length=6, choices=Level, editable=False)
    level = models.CharField(_("risk level"), max_length=6, choices=Level)
    reason = models.CharField(
        _("what changed, and why"), max_length=300, blank=True, help_text=_("Needed where something changed.")
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("-on", "-pk")
        verbose_name = _("review")
        constraints = [
            models.CheckConstraint(
                name="change_found_by_a_review_has_a_reason",
                condition=Q(outcome="unchanged") | ~Q(reason=""),
                violation_error_message=_("What changed needs its reason."),
            ),
            models.CheckConstraint(
                name="review_that_changes_the_level_says_changed",
                condition=Q(level=F("level_before")) | Q(outcome="changed"),
                violation_error_message=_("Another level is a change: choose “changed” and give the reason."),
            ),
        ]
        triggers = is_append_only()

    def __str__(self) -> str:
        return f"{self.on}"

    def validate_constraints(self, exclude=None) -> None:
        fields = {
            "change_found_by_a_review_has_a_reason": "reason",
            "review_that_changes_the_level_says_changed": "outcome",
        }
        constraints.validate(self, exclude, fields)


@tracked()
class Responsibility(Changed):
    """What the holder of a post answers for: the work, and integrity in it (一岗双责)."""

    class Frequency(models.IntegerChoices):
        """In months."""

        MONTHLY = 1, _("monthly")
        QUARTERLY = 3, _("quarterly")
        HALF_YEARLY = 6, _("twice a year")
        YEARLY = 12, _("yearly")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    holder = models.ForeignKey(
        Member, models.PROTECT, related_name="responsibilities", verbose_name=_("post holder")
    )
    post = models.CharField(_("post"), max_length=80)
    work_duty = models.TextField(_("work duty"))
    integrity_duty = models.TextField(_("integrity duty"))
    measure = models.TextField(_("measure"))
    frequency = models.PositiveSmallIntegerField(
        _("frequency"), choices=Frequency, default=Frequency.HALF_YEARLY
    )
    started_on = models.DateField(_("holds from"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True, editable=False)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        ordering = ("holder__sort_key", "pk")
        verbose_name = _("responsibility")
        constraints = [
            models.CheckConstraint(
                name="responsibility_ends_after_it_starts",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("The last day cannot be before the first."),
            )
        ]
        triggers = [pgtrigger.Protect(name="is_never_deleted", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.post

    def validate_constraints(self, exclude=None) -> None:
        constraints.validate(self, exclude, {"responsibility_ends_after_it_starts": "ended_on"})

    @property
    def due_on(self) -> datetime.date | None:
        """By when the measure is to be taken again; of a row of ``with_last_fulfilment()``. None once ended."""
        if self.ended_on:
            return None
        return due.next_fulfilment_on(self.started_on, self.last_done_on, self.frequency)


@tracked()
class Fulfilment(Changed):
    """What was done for a responsibility; somebody else than its holder checks it."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    responsibility = models.ForeignKey(Responsibility, models.PROTECT, related_name="fulfilments")
    done_on = models.DateField(_("done on"))
    text = models.TextField(_("what was done"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    opinion = models.CharField(_("opinion of the check"), max_length=300, blank=True, editable=False)
    checked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", editable=False)
    checked_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("-done_on", "-pk")
        verbose_name = _("fulfilment")
        constraints = [
            models.CheckConstraint(
                name="check_has_somebody_a_moment_and_an_opinion",
                condition=Q(checked_by=None, checked_at=None, opinion="")
                | Q(checked_by__isnull=False, checked_at__isnull=False) & ~Q(opinion=""),
            )
        ]
        triggers = [
            pgtrigger.Protect(name="is_never_deleted", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="checked_fulfilment_stands_still",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__checked_by__isnull=False),
            ),
            pgtrigger.Trigger(
                name="nobody_checks_the_own_fulfilment",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__checked_by__isnull=False),
                func="""
                    IF EXISTS (
                        SELECT 1 FROM integrity_responsibility r JOIN members_user u ON u.member_id = r.holder_id
                         WHERE r.id = NEW.responsibility_id AND u.id = NEW.checked_by_id
                    ) THEN
                        RAISE EXCEPTION 'the holder of a post does not check what the holder did';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self) -> str:
        return self.text
