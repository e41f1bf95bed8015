"""What stands to a person's credit: awards, and courses attended outside the branch's own meetings."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members import constraints as named
from members.models.changed import Changed, tracked
from members.models.people import Member


@tracked()
class Award(Changed):
    class Level(models.TextChoices):
        BRANCH = "branch", _("of the branch")
        ASSOCIATION = "association", _("of the association or unit")
        CITY = "city", _("of a city")
        PROVINCE = "province", _("of a province")
        NATION = "nation", _("national")

    member = models.ForeignKey(Member, models.PROTECT, related_name="awards", verbose_name=_("member"))
    title = models.CharField(_("award"), max_length=120)
    on = models.DateField(_("day"))
    level = models.CharField(_("level"), max_length=11, choices=Level)
    given_by = models.CharField(_("given by"), max_length=120, blank=True)

    class Meta:
        ordering = ("-on", "-pk")
        verbose_name = _("award")

    def __str__(self) -> str:
        return self.title


@tracked()
class Training(Changed):
    """A course elsewhere; the hours of the branch's own meetings are reckoned from their attendance."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="trainings", verbose_name=_("member"))
    title = models.CharField(_("course"), max_length=120)
    organizer = models.CharField(_("organizer"), max_length=120, blank=True)
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"))
    hours = models.DecimalField(
        _("study hours"),
        max_digits=5,
        decimal_places=1,
        validators=[MinValueValidator(0), MaxValueValidator(500)],
    )

    class Meta:
        ordering = ("-started_on", "-pk")
        verbose_name = _("course")
        constraints = [
            models.CheckConstraint(
                name="course_ends_after_it_starts",
                condition=Q(ended_on__gte=F("started_on")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def validate_constraints(self, exclude=None) -> None:
        named.validate(self, exclude, {"course_ends_after_it_starts": "ended_on"})
