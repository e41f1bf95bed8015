"""Mobile members (R-5.7): away six months or more without moving the affiliation, and the contacts kept with them."""

from __future__ import annotations

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members import constraints as named
from members.date_ranges import DateRange
from members.models.changed import Changed, tracked
from members.models.people import Member, mobile_number
from members.privacy import personal
from members.querysets import MobilePeriodQuerySet


@tracked()
class MobilePeriod(Changed):
    """From one day to another, both included; open-ended while the person is away."""

    class Reason(models.TextChoices):
        """The codes of the national collection (handbook 10)."""

        WORK = "work", _("work or trade elsewhere")
        UNIT = "unit", _("unit restructured or bankrupt")
        GRADUATION = "graduation", _("unknown after graduation")
        JOB = "job", _("changed job")
        ABROAD = "abroad", _("abroad")
        HOME = "home", _("moved home")
        OTHER = "other", _("other reason")

    member = models.ForeignKey(
        Member, models.PROTECT, related_name="mobile_periods", verbose_name=_("member")
    )
    since = models.DateField(_("away since"))
    until = models.DateField(_("back on"), null=True, blank=True)
    place = personal(models.CharField(_("place"), max_length=120))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason)
    host_branch = models.CharField(_("host branch"), max_length=120, blank=True)
    contact_person = models.ForeignKey(
        Member,
        models.PROTECT,
        related_name="+",
        verbose_name=_("contact person"),
        help_text=_("Who of the branch keeps in touch."),
    )
    contact_phone = personal(
        models.CharField(_("telephone there"), max_length=20, blank=True, validators=[mobile_number])
    )
    note = personal(models.CharField(_("note"), max_length=300, blank=True))

    objects = MobilePeriodQuerySet.as_manager()

    class Meta:
        ordering = ("-since", "-pk")
        verbose_name = _("time away")
        constraints = [
            models.CheckConstraint(
                name="time_away_ends_after_it_starts",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                name="nobody_is_the_own_contact_person",
                condition=~Q(member=F("contact_person")),
                violation_error_message=_("Somebody else keeps in touch with the person."),
            ),
            ExclusionConstraint(
                name="person_is_away_once_at_a_time",
                expressions=[
                    ("member", RangeOperators.EQUAL),
                    (
                        DateRange("since", "until", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("The person is entered as away in that time already."),
            ),
        ]

    def __str__(self) -> str:
        return self.place

    def validate_constraints(self, exclude=None) -> None:
        fields = {
            "time_away_ends_after_it_starts": "until",
            "nobody_is_the_own_contact_person": "contact_person",
            "person_is_away_once_at_a_time": "since",
        }
        named.validate(self, exclude, fields)

    @property
    def reason_code(self) -> int:
        """The number of the reason in the national collection (handbook 10)."""
        return list(self.Reason).index(self.Reason(self.reason)) + 1

    def is_running_on(self, day: datetime.date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@tracked()
class MobileContact(Changed):
    """A contact with somebody who is away, or an attempt that found nobody."""

    class Way(models.TextChoices):
        TELEPHONE = "telephone", _("telephone")
        MESSAGE = "message", _("message")
        VISIT = "visit", _("visit")
        MEETING = "meeting", _("online meeting")

    period = models.ForeignKey(MobilePeriod, models.CASCADE, related_name="contacts")
    on = models.DateField(_("day"))
    way = models.CharField(_("by"), max_length=9, choices=Way)
    was_reached = models.BooleanField(_("the person was reached"), default=True)
    note = personal(models.CharField(_("what was said"), max_length=500, blank=True))

    class Meta:
        ordering = ("-on", "-pk")
        verbose_name = _("contact")

    def __str__(self) -> str:
        return self.get_way_display()
