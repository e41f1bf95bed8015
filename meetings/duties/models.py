"""What the branch asks of itself: one row for each version of a rule."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from meetings.duties import calendar
from meetings.duties.vocabulary import DUTY_KINDS, TALKS, Frequency
from members import constraints
from members.models.changed import Changed, tracked

_MONTH = [MinValueValidator(1), MaxValueValidator(12)]
_DAY = [MinValueValidator(1), MaxValueValidator(31)]
WINDOW = ("from_month", "from_day", "to_month", "to_day")


@tracked()
class DutyRule(Changed):
    """From a day on, a kind is asked for so often, until the next version begins. It warns and never blocks (R-3.1)."""

    kind = models.CharField(_("kind"), max_length=20, choices=DUTY_KINDS, editable=False)
    valid_from = models.DateField(_("valid from"))
    is_active = models.BooleanField(
        _("asked for"),
        default=True,
        help_text=_("Without it nothing is asked for from this day on; earlier years stay as they are."),
    )
    frequency = models.CharField(_("how often"), max_length=7, choices=Frequency)
    times = models.PositiveSmallIntegerField(
        _("times a year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
        help_text=_("Only for “several times a year”."),
    )
    from_month = models.PositiveSmallIntegerField(
        _("window from: month"), null=True, blank=True, validators=_MONTH
    )
    from_day = models.PositiveSmallIntegerField(_("window from: day"), null=True, blank=True, validators=_DAY)
    to_month = models.PositiveSmallIntegerField(
        _("window until: month"), null=True, blank=True, validators=_MONTH
    )
    to_day = models.PositiveSmallIntegerField(_("window until: day"), null=True, blank=True, validators=_DAY)
    ends_next_year = models.BooleanField(_("the window ends in the next year"), default=False)
    per_group = models.BooleanField(
        _("for each Party group by itself"),
        default=False,
        help_text=_("A branch without groups is then asked for nothing."),
    )
    warns = models.BooleanField(
        _("warn at the desk"),
        default=True,
        help_text=_("Without it the calendar alone shows what is missing. Nothing is ever blocked."),
    )

    class Meta:
        ordering = ("kind", "valid_from")
        verbose_name = _("rule of a duty")
        verbose_name_plural = _("rules of duties")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "valid_from"],
                name="duty_has_one_rule_from_a_day_on",
                violation_error_message=_("Another version of this rule begins on that day."),
            ),
            models.CheckConstraint(
                name="duty_is_of_a_known_kind", condition=Q(kind__in=[kind for kind, _label in DUTY_KINDS])
            ),
            models.CheckConstraint(
                name="duty_is_asked_for_in_a_known_way", condition=Q(frequency__in=Frequency.values)
            ),
            models.CheckConstraint(
                name="duty_has_times_exactly_when_several_times_a_year",
                condition=Q(frequency=Frequency.TIMES, times__isnull=False, times__gte=1, times__lte=60)
                | ~Q(frequency=Frequency.TIMES) & Q(times=None),
                violation_error_message=_("Say how many times a year."),
            ),
            models.CheckConstraint(
                name="duty_has_a_window_exactly_when_once_for_the_year",
                # A comparison with nothing would be neither true nor false, and a check lets that pass.
                condition=Q(
                    frequency=Frequency.ONCE,
                    from_month__isnull=False,
                    from_day__isnull=False,
                    to_month__isnull=False,
                    to_day__isnull=False,
                    from_month__range=(1, 12),
                    from_day__range=(1, 31),
                    to_month__range=(1, 12),
                    to_day__range=(1, 31),
                )
                | ~Q(frequency=Frequency.ONCE)
                & Q(from_month=None, from_day=None, to_month=None, to_day=None, ends_next_year=False),
                violation_error_message=_("Say from which day until which day of the window."),
            ),
            models.CheckConstraint(
                name="duty_window_ends_after_it_begins",
                condition=Q(ends_next_year=True)
                | Q(from_month=None)
                | Q(to_month__gt=F("from_month"))
                | Q(to_month=F("from_month"), to_day__gte=F("from_day")),
                violation_error_message=_("The window cannot end before it begins."),
            ),
            models.CheckConstraint(
                name="talks_alone_are_asked_for_by_pairs",
                condition=Q(kind=TALKS, frequency=Frequency.PAIRS)
                | ~Q(kind=TALKS) & ~Q(frequency=Frequency.PAIRS),
                violation_error_message=_("Talks are asked for by pairs, and nothing else is."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_frequency_display()}"

    @classmethod
    def of(cls, rule: calendar.Rule) -> DutyRule:
        """An unsaved row that says what the plain rule says."""
        window = rule.window
        return cls(
            kind=rule.kind,
            valid_from=rule.valid_from,
            is_active=rule.is_active,
            frequency=rule.frequency,
            times=rule.times if rule.frequency == Frequency.TIMES else None,
            per_group=rule.per_group,
            warns=rule.warns,
            ends_next_year=bool(window and window.ends_next_year),
            **({name: getattr(window, name) for name in WINDOW} if window else {}),
        )

    def clean(self) -> None:
        """What is meant for another way of asking is left out; a window has to have all of its ends."""
        if self.frequency != Frequency.TIMES:
            self.times = None
        if self.frequency != Frequency.ONCE:
            self.from_month = self.from_day = self.to_month = self.to_day = None
            self.ends_next_year = False
        elif None in (missing := {name: getattr(self, name) for name in WINDOW}).values():
            raise ValidationError(
                {name: _("This field is required.") for name, value in missing.items() if value is None}
            )

    def validate_constraints(self, exclude=None) -> None:
        constraints.validate(
            self,
            exclude,
            {
                "duty_has_one_rule_from_a_day_on": "valid_from",
                "duty_has_times_exactly_when_several_times_a_year": "times",
                "duty_has_a_window_exactly_when_once_for_the_year": "from_month",
                "duty_window_ends_after_it_begins": "to_month",
                "talks_alone_are_asked_for_by_pairs": "frequency",
            },
        )

    @property
    def plain(self) -> calendar.Rule:
        """For the calendar, which knows no database."""
        window = None
        if self.frequency == Frequency.ONCE:
            window = calendar.Window(*(getattr(self, name) for name in WINDOW), self.ends_next_year)
        return calendar.Rule(
            kind=self.kind,
            frequency=self.frequency,
            valid_from=self.valid_from,
            times=self.times or 1,
            window=window,
            per_group=self.per_group,
            is_active=self.is_active,
            warns=self.warns,
        )
