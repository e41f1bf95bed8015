"""Posts with their terms; rights follow from them while they run."""

from __future__ import annotations

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from members import constraints as named
from members.date_ranges import DateRange
from members.models.branch import PartyGroup
from members.models.changed import Changed, tracked
from members.models.people import Member
from members.permissions import Role
from members.querysets import PositionQuerySet


@tracked()
class Position(Changed):
    """A post held from one day to another, both included; open-ended while held."""

    class Post(models.TextChoices):
        SECRETARY = "secretary", _("secretary")
        DEPUTY = "deputy", _("deputy secretary")
        ORGANIZATION = "organization", _("organization commissioner")
        PUBLICITY = "publicity", _("publicity commissioner")
        DISCIPLINE = "discipline", _("discipline commissioner")
        COMMITTEE = "committee", pgettext_lazy("post", "committee member")
        GROUP_LEADER = "group_leader", _("group leader")

        @classmethod
        def committee(cls) -> list[str]:
            return [post for post in cls if post != cls.GROUP_LEADER]

        @property
        def roles(self) -> frozenset[Role]:
            """What the post makes of its holder while it runs; the deputy acts for the secretary."""
            if self == self.GROUP_LEADER:
                return frozenset({Role.GROUP_LEADER})
            if self in {self.SECRETARY, self.DEPUTY}:
                return frozenset({Role.SECRETARY, Role.COMMITTEE})
            if self == self.DISCIPLINE:
                return frozenset({Role.DISCIPLINE, Role.COMMITTEE})
            return frozenset({Role.COMMITTEE})

        @classmethod
        def single(cls) -> list[str]:
            """Posts that one person at a time holds."""
            return [cls.SECRETARY, cls.DEPUTY, cls.ORGANIZATION, cls.PUBLICITY, cls.DISCIPLINE]

    member = models.ForeignKey(Member, models.CASCADE, related_name="positions", verbose_name=_("member"))
    post = models.CharField(_("post"), max_length=12, choices=Post)
    party_group = models.ForeignKey(
        PartyGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name=_("Party group"),
    )
    started_on = models.DateField(_("from"))
    ended_on = models.DateField(_("until"), null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        ordering = ("-started_on", "pk")
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        constraints = [
            models.CheckConstraint(
                name="position_ends_after_it_starts",
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")),
                violation_error_message=_("The last day cannot be before the first."),
            ),
            models.CheckConstraint(
                name="position_names_a_group_exactly_for_a_group_leader",
                condition=Q(post="group_leader", party_group__isnull=False)
                | (~Q(post="group_leader") & Q(party_group=None)),
                violation_error_message=_("A group leader leads a Party group, and no other post names one."),
            ),
            ExclusionConstraint(
                name="position_is_held_by_one_person_at_a_time",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    (
                        DateRange("started_on", "ended_on", RangeBoundary(inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(post__in=["secretary", "deputy", "organization", "publicity", "discipline"]),
                violation_error_message=_("Somebody else holds this post in that time."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_post_display()

    def validate_constraints(self, exclude=None) -> None:
        fields = {
            "position_ends_after_it_starts": "ended_on",
            "position_names_a_group_exactly_for_a_group_leader": "party_group",
            "position_is_held_by_one_person_at_a_time": "post",
        }
        named.validate(self, exclude, fields)

    def is_held_on(self, day: datetime.date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)
