"""One person's record."""

from __future__ import annotations

import datetime

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members import constraints as named
from members import locks
from members.chinese_order import initials, sort_key
from members.models.branch import PartyGroup
from members.models.changed import Changed, tracked
from members.privacy import personal
from members.querysets import MemberQuerySet

mobile_number = RegexValidator(
    r"^(1\d{10}|\+\d{6,15})$",
    _("Enter 11 digits beginning with 1, or + and the country code for a number abroad."),
)

# What follows from the timeline: only the database writes it, whenever an entry comes, changes or goes (``locks``).
DERIVED = ("stage", "standing", "admitted_on", "confirmed_on", "party_group_id", "left_on")


@tracked(exclude=("sort_key",))
class Member(Changed):
    """One person's record, from application to full membership and beyond leaving.

    Stage, standing, group and dates follow from the timeline. A record that is put in with dates gets a timeline that
    says the same.
    """

    class Gender(models.TextChoices):
        MALE = "male", _("male")
        FEMALE = "female", _("female")

    class Stage(models.TextChoices):
        APPLICANT = "applicant", _("applicant")
        ACTIVIST = "activist", _("activist")
        TARGET = "target", _("development target")
        PROBATIONARY = "probationary", _("probationary member")
        FULL = "full", _("full member")

        @classmethod
        def party_members(cls) -> list[str]:
            return [cls.PROBATIONARY, cls.FULL]

    class Standing(models.TextChoices):
        """What becomes of a membership (handbook 11). Everything from EXPECTED on means: not of this branch."""

        NORMAL = "normal", pgettext_lazy("standing", "normal")
        LOST_CONTACT = "lost_contact", _("lost contact")
        SUSPENDED = "suspended", _("membership suspended")
        EXPECTED = "expected", _("expected by letter of introduction")
        MOVED_OUT = "moved_out", _("moved to another branch")
        WITHDRAWN = "withdrawn", _("withdrawn")
        CANCELLED = "cancelled", _("probation cancelled")
        REMOVED = "removed", _("removed")
        DIED = "died", _("died")

    class Education(models.TextChoices):
        POSTGRADUATE = "postgraduate", _("postgraduate")
        UNDERGRADUATE = "undergraduate", _("undergraduate")
        COLLEGE = "college", _("junior college")
        SECONDARY = "secondary", _("secondary vocational school")
        HIGH_SCHOOL = "high_school", _("senior middle school")
        LOWER = "lower", _("junior middle school or less")

    class Degree(models.TextChoices):
        DOCTOR = "doctor", _("doctor")
        MASTER = "master", _("master")
        BACHELOR = "bachelor", _("bachelor")

    # --- person
    name = models.CharField(_("name"), max_length=60)
    reading = models.CharField(
        _("reading"),
        max_length=120,
        blank=True,
        help_text=_(
            "Pinyin with spaces, only where the usual reading would be wrong, "
            "e.g. “shan xiongxin” for 单雄信."
        ),
    )
    sort_key = models.CharField(max_length=200, editable=False)
    initials = models.CharField(max_length=60, editable=False, default="")
    gender = models.CharField(_("gender"), max_length=6, choices=Gender)
    ethnic_group = models.CharField(_("ethnic group"), max_length=30, blank=True)
    birth_date = personal(models.DateField(_("date of birth"), null=True, blank=True))
    native_place = personal(models.CharField(_("native place"), max_length=80, blank=True))
    photograph = models.CharField(max_length=32, blank=True, editable=False)

    # --- membership
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)
    standing = models.CharField(
        _("standing"), max_length=12, choices=Standing, default=Standing.NORMAL, editable=False
    )
    admitted_on = models.DateField(
        _("admitted on"),
        null=True,
        blank=True,
        help_text=_("The day of the members' meeting that voted the admission."),
    )
    confirmed_on = models.DateField(
        _("confirmed on"), null=True, blank=True, help_text=_("The day of becoming a full member.")
    )
    introducers = models.CharField(_("introducers"), max_length=120, blank=True)
    party_group = models.ForeignKey(
        PartyGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="members",
        verbose_name=_("Party group"),
    )
    left_on = models.DateField(
        _("left on"),
        null=True,
        blank=True,
        help_text=_("The day the person left the branch; the record stays."),
    )
    voteless_until = personal(
        models.DateField(
            _("without a vote until"),
            null=True,
            blank=True,
            help_text=_("The last day of a probation within the Party: until then no vote."),
        )
    )

    # --- work and education
    education = models.CharField(_("education"), max_length=13, choices=Education, blank=True)
    degree = models.CharField(_("degree"), max_length=8, choices=Degree, blank=True)
    school = models.CharField(_("school and subject"), max_length=120, blank=True)
    work_started_on = personal(models.DateField(_("began to work on"), null=True, blank=True))
    employer = models.CharField(_("employer"), max_length=120, blank=True)
    department = models.CharField(_("department"), max_length=80, blank=True)
    duty = models.CharField(_("post at work"), max_length=80, blank=True)
    title = models.CharField(_("professional title"), max_length=80, blank=True)

    # --- contact
    phone = personal(models.CharField(_("telephone"), max_length=20, blank=True, validators=[mobile_number]))
    address = personal(models.CharField(_("address"), max_length=200, blank=True))

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key", "pk")
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.CheckConstraint(
                name="member_is_admitted_exactly_from_probation_on",
                condition=Q(stage__in=["probationary", "full"], admitted_on__isnull=False)
                | (~Q(stage__in=["probationary", "full"]) & Q(admitted_on=None)),
                violation_error_message=_(
                    "Full and probationary members have a date of admission, and nobody else has one."
                ),
            ),
            models.CheckConstraint(
                name="member_is_confirmed_exactly_when_full",
                condition=Q(stage="full", confirmed_on__isnull=False)
                | (~Q(stage="full") & Q(confirmed_on=None)),
                violation_error_message=_(
                    "A full member has a date of confirmation, and nobody else has one."
                ),
            ),
            models.CheckConstraint(
                name="member_is_confirmed_after_admission",
                condition=Q(confirmed_on__gte=F("admitted_on")) | Q(confirmed_on=None),
                violation_error_message=_("The confirmation cannot be before the admission."),
            ),
            models.CheckConstraint(
                name="member_is_born_before_admission",
                condition=Q(birth_date__lt=F("admitted_on")) | Q(birth_date=None) | Q(admitted_on=None),
                violation_error_message=_("The admission cannot be before the birth."),
            ),
        ]
        indexes = [
            models.Index(fields=["left_on", "sort_key"], name="people_in_order"),
            models.Index(fields=["phone"], name="people_by_telephone"),
        ]
        triggers = [locks.derived_by_the_timeline_alone(DERIVED), locks.begins_with_a_timeline()]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs) -> None:
        self.find_place_in_order()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "sort_key", "initials"}
        super().save(**kwargs)

    def find_place_in_order(self) -> None:
        """Order and initials follow from name and reading; whoever writes many rows at once calls it for each."""
        self.sort_key = sort_key(self.name, self.reading)
        self.initials = initials(self.sort_key)

    @property
    def is_party_member(self) -> bool:
        """A full or probationary member of this branch now."""
        return self.stage in self.Stage.party_members() and self.left_on is None

    @property
    def is_expected(self) -> bool:
        """Entered because a letter of introduction brings the person, and not of this branch before it is accepted."""
        return self.standing == self.Standing.EXPECTED

    @property
    def departed_on(self) -> datetime.date | None:
        """The day of leaving; None for whoever is here, or has not come yet."""
        return None if self.is_expected else self.left_on

    @property
    def why_not_here(self) -> str:
        """A sentence for whoever has a ``left_on``."""
        if self.is_expected:
            return str(_("This person is expected by a letter of introduction and not of the branch yet."))
        return str(_("This person has left the branch."))

    def votes_on(self, day: datetime.date) -> bool:
        """R-3.7: resolutions and elections are for full members, but for a probation within the Party."""
        return (
            self.stage == self.Stage.FULL
            and self.standing == self.Standing.NORMAL
            and (self.voteless_until is None or self.voteless_until < day)
        )

    def validate_constraints(self, exclude=None) -> None:
        fields = {
            "member_is_admitted_exactly_from_probation_on": "admitted_on",
            "member_is_confirmed_exactly_when_full": "confirmed_on",
            "member_is_confirmed_after_admission": "confirmed_on",
            "member_is_born_before_admission": "birth_date",
        }
        named.validate(self, exclude, fields)
