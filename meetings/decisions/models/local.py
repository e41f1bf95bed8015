"""What each branch settles for itself: its own rules of quorum and majority, its list of Three Importants and One Large."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from meetings.decisions.rules import DUE, PRESENT, Rule, Share
from meetings.decisions.standard_rules import Matter
from members import constraints as named
from members.models.changed import Changed, tracked


def _number(label) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(label, validators=[MinValueValidator(1), MaxValueValidator(100)])


@tracked()
class LocalRule(Changed):
    """The branch's own rule on one kind of matter from a day on; decisions keep a copy of the rule they were taken by."""

    class Base(models.TextChoices):
        DUE = DUE, _("of those due")
        PRESENT = PRESENT, _("of those present")

    matter = models.CharField(_("kind of matter"), max_length=12, choices=Matter)
    valid_from = models.DateField(_("valid from"))
    source = models.CharField(
        _("basis"), max_length=200, help_text=_("Which paper says so, and who decided on it.")
    )
    quorum_numerator = _number(_("quorum: this many"))
    quorum_denominator = _number(_("quorum: of so many parts of those due"))
    quorum_inclusive = models.BooleanField(_("quorum: exactly this share is enough"), default=True)
    majority_numerator = _number(_("majority: this many"))
    majority_denominator = _number(_("majority: of so many parts"))
    majority_inclusive = models.BooleanField(_("majority: exactly this share is enough"), default=False)
    majority_of = models.CharField(_("majority of whom"), max_length=7, choices=Base, default=Base.DUE)
    counts_written = models.BooleanField(_("opinions in writing count"), default=False)
    recused_stay_due = models.BooleanField(_("whoever withdraws stays among those due"), default=True)

    class Meta:
        ordering = ("matter", "-valid_from")
        verbose_name = _("rule of the branch")
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "valid_from"],
                name="one_local_rule_a_matter_and_day",
                violation_error_message=_("There is already a rule from this day on."),
            ),
            models.CheckConstraint(
                name="quorum_is_a_share",
                condition=Q(quorum_numerator__gt=0, quorum_numerator__lte=F("quorum_denominator")),
                violation_error_message=_("A share is not more than the whole."),
            ),
            models.CheckConstraint(
                name="majority_is_a_share",
                condition=Q(majority_numerator__gt=0, majority_numerator__lte=F("majority_denominator")),
                violation_error_message=_("A share is not more than the whole."),
            ),
            # "More than all" can never be reached.
            models.CheckConstraint(
                name="share_of_a_local_rule_can_be_reached",
                condition=(Q(quorum_inclusive=True) | Q(quorum_numerator__lt=F("quorum_denominator")))
                & (Q(majority_inclusive=True) | Q(majority_numerator__lt=F("majority_denominator"))),
                violation_error_message=_("More than the whole is never reached."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_matter_display())

    def validate_constraints(self, exclude=None) -> None:
        named.validate(
            self,
            exclude,
            {
                "one_local_rule_a_matter_and_day": "valid_from",
                "quorum_is_a_share": "quorum_numerator",
                "majority_is_a_share": "majority_numerator",
            },
        )

    @property
    def rule(self) -> Rule:
        return Rule(
            matter=self.matter,
            valid_from=self.valid_from,
            source=self.source,
            quorum=Share(self.quorum_numerator, self.quorum_denominator, self.quorum_inclusive),
            majority=Share(self.majority_numerator, self.majority_denominator, self.majority_inclusive),
            majority_of=self.majority_of,
            counts_written=self.counts_written,
            recused_stay_due=self.recused_stay_due,
            is_local=True,
        )


class CategoryQuerySet(models.QuerySet):
    def of_amount(self, amount) -> CategoryQuerySet:
        """Large sums whose amount begins at this one or below, the largest first."""
        found = self.filter(is_used=True, kind=Category.Kind.LARGE_SUM, threshold__lte=amount)
        return found.order_by("-threshold")


@tracked()
class Category(Changed):
    """One line of the branch's list under Three Importants and One Large (三重一大); no central text makes it (handbook, 9)."""

    class Kind(models.TextChoices):
        DECISION = "decision", _("important decision")
        APPOINTMENT = "appointment", _("important appointment")
        PROJECT = "project", _("important project")
        LARGE_SUM = "large_sum", _("large sum")

    kind = models.CharField(_("which of the four"), max_length=11, choices=Kind)
    name = models.CharField(_("category"), max_length=100, unique=True)
    name_en = models.CharField(_("category in English"), max_length=150, blank=True)
    threshold = models.DecimalField(
        _("from this amount (yuan)"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    is_used = models.BooleanField(
        _("in use"), default=True, help_text=_("Older decisions keep a category that is not.")
    )

    objects = CategoryQuerySet.as_manager()

    class Meta:
        ordering = ("order", "pk")
        verbose_name = _("category")
        constraints = [
            models.CheckConstraint(
                name="threshold_of_a_category_is_not_negative",
                condition=Q(threshold=None) | Q(threshold__gte=0),
            )
        ]

    def __str__(self) -> str:
        return self.name_en if get_language() == "en" and self.name_en else self.name
