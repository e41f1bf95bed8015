"""A year's appraisal: the round with its rules, who takes part, their papers, their grades."""

from __future__ import annotations

from fractions import Fraction

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from appraisals import locks
from appraisals.ballots.models import SecretBallot
from appraisals.ballots.turnout import Threshold
from appraisals.grades import Grade
from appraisals.querysets import MutualReviewQuerySet, ParticipantQuerySet, RoundQuerySet
from branch_portal import append_only
from branch_portal.richtext.fields import RichTextField
from meetings.models import Meeting
from members import constraints
from members.models import Member, User

RULES = (
    "year",
    "grades",
    "counts_probationary_ballots",
    "hides_own_row",
    "rates_the_committee",
    "cap_numerator",
    "cap_denominator",
    "cap_base",
    "cap_action",
    "turnout_needed",
    "turnout_wanted",
    "smallest_count",
    "announces",
)


@append_only.tracked()
class Round(models.Model):
    """The democratic appraisal for one year, from its plan to the archive."""

    class State(models.TextChoices):
        PLAN = "plan", _("plan")
        SELF_REVIEW = "self_review", _("self-review")
        MUTUAL_REVIEW = "mutual_review", _("mutual review")
        BALLOT = "ballot", _("ballot and assessment")
        ASSESSED = "assessed", _("assessed")
        FED_BACK = "fed_back", _("fed back")
        ARCHIVED = "archived", _("archived")

    class CapBase(models.TextChoices):
        GRADED = "graded", _("members being graded")
        MEMBERS = "members", _("all members taking part")
        RATERS = "raters", _("people on the roll of the ballot")

    class CapAction(models.TextChoices):
        WARN = "warn", _("warn and ask for a reason")
        BLOCK = "block", _("refuse")

    class Announcement(models.TextChoices):
        NOTHING = "nothing", _("nothing")
        COUNTS = "counts", _("how many got each grade")
        EXCELLENT = "excellent", _("the names of the excellent")
        ALL = "all", _("all grades")

    year = models.PositiveSmallIntegerField(
        _("for the year"),
        unique=True,
        validators=[MinValueValidator(1949), MaxValueValidator(2200)],
        help_text=_("The year that is appraised; the meeting may be held in the next one."),
        error_messages={"unique": _("There is a round for this year already.")},
    )
    state = models.CharField(_("state"), max_length=13, choices=State, default=State.PLAN, editable=False)
    plan = RichTextField(_("plan"), blank=True)
    self_reviews_due_on = models.DateField(_("self-reviews handed in by"), null=True, blank=True)

    grades = ArrayField(
        models.CharField(max_length=20, choices=Grade), default=list, verbose_name=_("grades")
    )
    counts_probationary_ballots = models.BooleanField(_("probationary members cast a ballot"), default=False)
    hides_own_row = models.BooleanField(_("one's own row is left out"), default=True)
    rates_the_committee = models.BooleanField(_("the branch committee is rated as well"), default=False)
    cap_numerator = models.PositiveSmallIntegerField(_("cap for “excellent”: parts"), default=1)
    cap_denominator = models.PositiveSmallIntegerField(
        _("of"), default=3, validators=[MinValueValidator(1)], help_text=_("1 of 3 is a third, rounded down.")
    )
    cap_base = models.CharField(_("a share of"), max_length=7, choices=CapBase, default=CapBase.GRADED)
    cap_action = models.CharField(_("above the cap"), max_length=5, choices=CapAction, default=CapAction.WARN)
    turnout_needed = models.CharField(
        _("turnout needed"), max_length=20, choices=Threshold, default=Threshold.MORE_THAN_HALF
    )
    turnout_wanted = models.CharField(
        _("warning below"), max_length=20, choices=Threshold, default=Threshold.TWO_THIRDS
    )
    smallest_count = models.PositiveSmallIntegerField(
        _("fewest ballots counted"), default=5, validators=[MinValueValidator(2), MaxValueValidator(1000)]
    )
    announces = models.CharField(
        _("the branch is told"), max_length=9, choices=Announcement, default=Announcement.COUNTS
    )

    plan_meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("plan approved at")
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("appraisal held at")
    )
    assessment_meeting = models.ForeignKey(
        Meeting,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("assessments approved at"),
    )
    ballot = models.OneToOneField(
        SecretBallot, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    cap_reason = models.CharField(_("why the cap is exceeded"), max_length=300, blank=True, editable=False)
    fed_back_on = models.DateField(_("everybody was told by"), null=True, editable=False)
    reported_on = models.DateField(_("reported on"), null=True, editable=False)
    reported_to = models.CharField(_("reported to"), max_length=200, blank=True, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ("-year",)
        verbose_name = _("appraisal round")
        verbose_name_plural = _("appraisal rounds")
        constraints = [
            models.CheckConstraint(
                name="round_uses_known_grades",
                condition=Q(grades__contained_by=Grade.values, grades__len__gte=2),
                violation_error_message=_("Choose at least two grades."),
            ),
            models.CheckConstraint(
                name="cap_is_a_share",
                condition=Q(cap_denominator__gte=1) & Q(cap_numerator__lte=F("cap_denominator")),
                violation_error_message=_("The cap is a share: 1 of 3, for example."),
            ),
            models.CheckConstraint(
                name="round_is_approved_at_a_meeting_exactly_after_the_plan",
                condition=Q(state="plan") | Q(plan_meeting__isnull=False),
            ),
            models.CheckConstraint(
                name="assessments_are_approved_at_a_meeting",
                condition=~Q(state__in=["assessed", "fed_back", "archived"])
                | Q(assessment_meeting__isnull=False),
            ),
            models.CheckConstraint(
                name="feedback_that_is_done_has_its_day",
                condition=~Q(state__in=["fed_back", "archived"]) | Q(fed_back_on__isnull=False),
            ),
            models.CheckConstraint(
                name="archived_round_is_reported_above",
                condition=~Q(state="archived") | Q(reported_on__isnull=False) & ~Q(reported_to=""),
            ),
        ]
        triggers = [
            locks.rules_are_frozen_once_approved(RULES),
            locks.is_never_deleted_once_approved(),
            pgtrigger.FSM(
                name="round_state_follows_the_workflow",
                field="state",
                transitions=[
                    ("plan", "self_review"),
                    ("self_review", "mutual_review"),
                    ("mutual_review", "ballot"),
                    ("ballot", "assessed"),
                    ("assessed", "fed_back"),
                    ("fed_back", "archived"),
                ],
            ),
        ]

    def __str__(self) -> str:
        return gettext("Democratic appraisal for %(year)d") % {"year": self.year}

    def validate_constraints(self, exclude=None) -> None:
        fields = {"round_uses_known_grades": "grades", "cap_is_a_share": "cap_numerator"}
        constraints.validate(self, exclude, fields)

    @property
    def cap_share(self) -> Fraction:
        return Fraction(self.cap_numerator, self.cap_denominator)

    @property
    def grade_choices(self) -> list[tuple[str, str]]:
        return [(grade, Grade(grade).label) for grade in self.grades]


@append_only.tracked()
class Participant(models.Model):
    """Somebody who takes part in a round; graded or, as a probationary member, without a grade."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="participants")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("member"))
    is_graded = models.BooleanField(_("gets a grade"), default=True)
    # R-5.7: appraised by the host or the mobile members' branch, with proof.
    is_elsewhere = models.BooleanField(_("appraised elsewhere"), default=False)
    elsewhere = models.CharField(_("by which branch"), max_length=200, blank=True)
    proof_key = models.CharField(max_length=32, blank=True, editable=False)
    proof_name = models.CharField(max_length=150, blank=True, editable=False)
    proof_type = models.CharField(max_length=100, blank=True, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ("member__sort_key", "member_id")
        constraints = [
            models.UniqueConstraint(fields=["round", "member"], name="member_takes_part_once"),
            models.CheckConstraint(
                name="appraised_elsewhere_names_the_branch",
                condition=Q(is_elsewhere=False, elsewhere="", proof_key="")
                | Q(is_elsewhere=True, is_graded=True) & ~Q(elsewhere=""),
                violation_error_message=_("Name the branch that appraised the member."),
            ),
            models.CheckConstraint(
                name="appraised_elsewhere_is_proved",
                condition=Q(is_elsewhere=False) | ~Q(proof_key=""),
                violation_error_message=_("Choose the file that proves the other branch's appraisal."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.member)

    @property
    def grade_in_words(self) -> str:
        """As papers say it; "" while there is none."""
        if not self.is_graded:
            return gettext("without a grade")
        assessment = getattr(self, "assessment", None)
        grade = str(assessment.get_grade_display()) if assessment and assessment.grade else ""
        if grade and self.is_elsewhere:
            return gettext("%(grade)s (appraised by %(branch)s)") % {"grade": grade, "branch": self.elsewhere}
        return grade


class SelfReview(models.Model):
    """A member's paper: typed or uploaded, kept as a draft until it is handed in."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="self_review")
    text = RichTextField(_("self-review"), blank=True)
    file_key = models.CharField(max_length=32, blank=True, editable=False)
    file_name = models.CharField(max_length=150, blank=True, editable=False)
    file_type = models.CharField(max_length=100, blank=True, editable=False)
    handed_in_at = models.DateTimeField(null=True, editable=False)
    # Why the committee gave it back; empty while it was not, or is handed in again.
    returned_because = models.CharField(_("given back because"), max_length=300, blank=True, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="self_review_handed_in_says_something",
                condition=Q(handed_in_at=None) | ~Q(text="") | ~Q(file_key=""),
            )
        ]

    def __str__(self) -> str:
        return str(self.participant)


class MutualReview(models.Model):
    """What one member says of another: signed, not secret (handbook 7.2, step 5)."""

    about = models.ForeignKey(Participant, models.CASCADE, related_name="reviews", verbose_name=_("about"))
    author = models.ForeignKey(Member, models.PROTECT, related_name="+", verbose_name=_("said by"))
    text = models.TextField(_("main points"), max_length=5000)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = MutualReviewQuerySet.as_manager()

    class Meta:
        ordering = ("about__member__sort_key", "pk")
        triggers = append_only.is_append_only()

    def __str__(self) -> str:
        return self.text


@append_only.tracked(exclude=["changed_at"])
class Assessment(models.Model):
    """The grade and opinion that the committee proposes and a meeting approves. The software never sets a grade."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="assessment")
    grade = models.CharField(_("grade"), max_length=20, choices=Grade, blank=True)
    opinion = models.TextField(_("opinion"), max_length=3000, blank=True)
    reason = models.CharField(_("reason for another grade than the ballot's"), max_length=500, blank=True)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    changed_at = models.DateTimeField(auto_now=True, editable=False)

    class Meta:
        ordering = ("participant__member__sort_key", "participant_id")
        triggers = [locks.grades_are_locked_once_approved()]

    def __str__(self) -> str:
        return f"{self.participant}: {self.get_grade_display()}"


class Statement(models.Model):
    """What a member answers to the own result; once, and it stays."""

    participant = models.OneToOneField(Participant, models.CASCADE, related_name="statement")
    text = models.TextField(_("your statement"), max_length=3000)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        triggers = append_only.is_append_only()

    def __str__(self) -> str:
        return self.text
