"""The topics of a meeting with their hours; how they count; what they come to for each attender."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from branch_portal import append_only
from meetings.locks import minutes_are_signed_as_they_stand
from meetings.models import AgendaItem, Attendance, Meeting, RecordRow
from meetings.study import credit
from meetings.study.locks import study_keeps_to_eight_hours_a_day
from meetings.study.querysets import StudyPartQuerySet, StudyRulesQuerySet
from members import constraints
from members.models import Member
from members.models.changed import Changed, tracked

MOST_HOURS = 80  # of one part: ten full days


@append_only.tracked(exclude=["revision", "changed_at"])
class StudyPart(RecordRow):
    """One topic that a meeting studies. Any meeting may have several; what they have together goes to the attenders."""

    class Form(models.TextChoices):
        LESSON = "lesson", pgettext_lazy("form of study", "lesson")
        READING = "reading", pgettext_lazy("form of study", "reading")
        VIDEO = "video", pgettext_lazy("form of study", "video")
        VISIT = "visit", pgettext_lazy("form of study", "visit")
        DISCUSSION = "discussion", pgettext_lazy("form of study", "discussion")
        OTHER = "other", pgettext_lazy("form of study", "other form")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="study_parts")
    topic = models.CharField(_("topic"), max_length=300)
    form = models.CharField(_("form of study"), max_length=10, choices=Form, default=Form.LESSON)
    teacher = models.ForeignKey(
        Member, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("teacher")
    )
    guest_teacher = models.CharField(
        _("teacher from outside"), max_length=120, blank=True, help_text=_("Name, unit and post.")
    )
    hours = models.DecimalField(
        _("study hours"),
        max_digits=3,
        decimal_places=1,
        validators=[MinValueValidator(Decimal("0.1")), MaxValueValidator(MOST_HOURS)],
        help_text=_("An hour is 1, half a day 4, a full day 8."),
    )
    agenda_item = models.ForeignKey(
        AgendaItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="study_parts",
        verbose_name=_("agenda item"),
        help_text=_("The papers of this item are the materials."),
    )
    link = models.URLField(_("link to the material"), max_length=500, blank=True)
    note = models.TextField(_("note"), max_length=1000, blank=True)

    objects = StudyPartQuerySet.as_manager()

    class Meta(RecordRow.Meta):
        verbose_name = _("study part")
        constraints = [
            models.CheckConstraint(
                name="study_part_has_hours_within_reason",
                condition=Q(hours__gt=0, hours__lte=MOST_HOURS),
                violation_error_message=_("Give the hours."),
            ),
            models.CheckConstraint(
                name="study_part_has_one_teacher_at_most",
                condition=Q(teacher=None) | Q(guest_teacher=""),
                violation_error_message=_("Name a member or somebody from outside, not both."),
            ),
        ]
        triggers = [minutes_are_signed_as_they_stand(), study_keeps_to_eight_hours_a_day()]

    def __str__(self) -> str:
        return self.topic

    def validate_constraints(self, exclude=None) -> None:
        constraints.validate(
            self,
            exclude,
            {
                "study_part_has_hours_within_reason": "hours",
                "study_part_has_one_teacher_at_most": "guest_teacher",
            },
        )

    @property
    def taught_by(self) -> str:
        return str(self.teacher) if self.teacher else self.guest_teacher

    @property
    def plain(self) -> credit.Part:
        return credit.Part(self.hours, self.teacher_id)


@tracked()
class StudyRules(Changed):
    """From a moment on, how much of a part's hours somebody online gets, and its teacher. Before the first: all of it."""

    begins_at = models.DateTimeField(_("valid from"), unique=True)
    online_percent = models.PositiveSmallIntegerField(
        _("online counts (percent)"), default=100, validators=[MaxValueValidator(100)]
    )
    teacher_percent = models.PositiveSmallIntegerField(
        _("counts for the teacher (percent)"),
        default=100,
        validators=[MaxValueValidator(300)],
        help_text=_("100: the teacher gets what an attender gets."),
    )
    source = models.CharField(
        _("basis"), max_length=200, help_text=_("Which paper says so, and who decided on it.")
    )

    objects = StudyRulesQuerySet.as_manager()

    class Meta:
        ordering = ("-begins_at",)
        verbose_name = _("rules on study hours")
        verbose_name_plural = _("rules on study hours")
        constraints = [
            models.CheckConstraint(
                name="online_study_counts_the_whole_at_most", condition=Q(online_percent__lte=100)
            ),
            models.CheckConstraint(
                name="teaching_counts_three_times_at_most", condition=Q(teacher_percent__lte=300)
            ),
        ]

    def __str__(self) -> str:
        return date_format(self.valid_from, "DATE_FORMAT")

    @property
    def valid_from(self) -> datetime.date:
        return timezone.localdate(self.begins_at)

    @property
    def plain(self) -> credit.Factors:
        return credit.Factors(self.online_percent, self.teacher_percent)


class StudyCredit(models.Model):
    """One attender's hours of a meeting with study parts, as ``credit.credit`` has them. Not a table: the function
    ``study_credits`` of the database reckons it when it is asked for."""

    attendance = models.OneToOneField(
        Attendance, models.DO_NOTHING, primary_key=True, related_name="study_credit", db_constraint=False
    )
    meeting = models.ForeignKey(Meeting, models.DO_NOTHING, related_name="+", db_constraint=False)
    member = models.ForeignKey(Member, models.DO_NOTHING, related_name="+", db_constraint=False)
    hours = models.DecimalField(max_digits=8, decimal_places=1)

    class Meta:
        managed = False
        db_table = "study_credit"
