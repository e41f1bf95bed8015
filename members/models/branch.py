"""The branch itself, its Party groups, and the values that the sources leave to each branch (handbook, 13)."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from members import constraints as named
from members.models.changed import Changed, tracked
from members.querysets import PartyGroupQuerySet


@tracked()
class PartyGroup(Changed):
    """A Party group (党小组), the branch's sub-unit; a small branch may have none."""

    name = models.CharField(pgettext_lazy("of a body", "name"), max_length=60, unique=True)
    name_en = models.CharField(_("name in English"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = PartyGroupQuerySet.as_manager()

    class Meta:
        ordering = ("order", "pk")
        verbose_name = _("Party group")
        verbose_name_plural = _("Party groups")

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name


@tracked()
class BranchProfile(Changed):
    """The branch itself: exactly one row."""

    name = models.CharField(pgettext_lazy("of a body", "name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    association = models.CharField(_("association"), max_length=120, blank=True)
    association_en = models.CharField(_("association in English"), max_length=200, blank=True)
    higher_committee = models.CharField(_("higher Party committee"), max_length=120, blank=True)
    higher_committee_en = models.CharField(_("higher Party committee in English"), max_length=200, blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    introduction_en = models.TextField(_("introduction in English"), blank=True)
    term_starts_on = models.DateField(_("committee's term from"), null=True, blank=True)
    term_ends_on = models.DateField(_("committee's term until"), null=True, blank=True)
    icp_number = models.CharField(_("ICP filing number"), max_length=60, blank=True)
    police_number = models.CharField(_("public security filing number"), max_length=60, blank=True)
    is_sample = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("branch")
        constraints = [
            models.CheckConstraint(name="branch_profile_is_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="branch_term_ends_after_it_starts",
                condition=Q(term_starts_on=None)
                | Q(term_ends_on=None)
                | Q(term_ends_on__gt=F("term_starts_on")),
                violation_error_message=_("The term cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.local("name")

    @classmethod
    def load(cls) -> BranchProfile:
        """The stored branch, or an unsaved one to be filled in."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    def validate_constraints(self, exclude=None) -> None:
        named.validate(self, exclude, {"branch_term_ends_after_it_starts": "term_ends_on"})

    def local(self, field: str) -> str:
        """The field in the reader's language, in Chinese where the English is missing."""
        english = getattr(self, f"{field}_en") if get_language() == "en" else ""
        return english or getattr(self, field)


@tracked()
class BranchRules(Changed):
    """What the sources leave to each branch (handbook, 13); exactly one row, made with the defaults at the first need."""

    letter_days = models.PositiveSmallIntegerField(
        _("letters of introduction are good for (days)"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
    )
    contact_days = models.PositiveSmallIntegerField(
        _("days between contacts with a mobile member"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
    )
    slip_days = models.PositiveSmallIntegerField(
        _("activation slips are good for (days)"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
    )
    second_factor_grace_days = models.PositiveSmallIntegerField(
        _("days to set up a second factor"),
        default=14,
        validators=[MaxValueValidator(90)],
        help_text=_(
            "For administrators, secretaries and the committee, from the first day their account is used with such a role."
        ),
    )

    # normally so many hours of collective study and training a calendar year.
    study_hours_member = models.PositiveSmallIntegerField(
        _("study hours a year for every member"),
        default=32,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )
    study_hours_committee = models.PositiveSmallIntegerField(
        _("study hours a year for secretary and commissioners"),
        default=56,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )

    class Meta:
        verbose_name = _("rules of the branch")
        constraints = [models.CheckConstraint(name="branch_rules_are_one_row", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(_("rules of the branch"))

    @classmethod
    def load(cls) -> BranchRules:
        """The stored values, or the defaults."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)
