"""What happened to a membership, day by day; what a person is now follows from it (``locks.derives_the_person``)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members import constraints as named
from members import locks
from members.models.branch import PartyGroup
from members.models.changed import Changed, tracked
from members.models.people import Member
from members.privacy import personal
from members.querysets import TimelineQuerySet


@tracked()
class TimelineEntry(Changed):
    """One event of a membership. A correction keeps the earlier text, in the history, with its reason."""

    class Kind(models.TextChoices):
        APPLIED = "applied", _("applied")
        ACTIVIST = "activist", _("recognised as activist")
        TARGET = "target", _("recognised as development target")
        ADMITTED = "admitted", _("admitted as probationary member")
        EXTENDED = "extended", _("probation extended")
        CONFIRMED = "confirmed", _("confirmed as full member")
        CANCELLED = "cancelled", _("probation cancelled")
        GROUP = "group", _("Party group changed")
        EXPECTED = locks.EXPECTED, _("expected by letter of introduction")
        MOVED_IN = "moved_in", _("moved into the branch")
        MOVED_OUT = "moved_out", _("moved to another branch")
        LOST_CONTACT = "lost_contact", _("lost contact")
        SUSPENDED = "suspended", _("membership suspended")
        RESTORED = "restored", _("membership restored")
        WITHDRAWN = "withdrawn", _("withdrawn")
        REMOVED = "removed", _("removed")
        DIED = "died", _("died")

    DEPARTURES = locks.DEPARTURES
    # What every member may read of another; the rest is for the committee and those who see personal data.
    KNOWN_TO_ALL = (Kind.ADMITTED, Kind.CONFIRMED, Kind.GROUP)

    member = models.ForeignKey(Member, models.PROTECT, related_name="timeline", verbose_name=_("member"))
    kind = models.CharField(_("what happened"), max_length=12, choices=Kind)
    on = models.DateField(_("day"))
    until = models.DateField(
        _("until"), null=True, blank=True, help_text=_("Only for an extension: the new end of the probation.")
    )
    party_group = models.ForeignKey(
        PartyGroup,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Party group"),
        help_text=_("Only for a change of group; empty: in no group any more."),
    )
    organization = models.CharField(
        _("other organization"),
        max_length=120,
        blank=True,
        help_text=_("The branch the person comes from or goes to."),
    )
    note = personal(models.CharField(_("note"), max_length=300, blank=True))

    objects = TimelineQuerySet.as_manager()

    class Meta:
        ordering = ("-on", "-pk")
        verbose_name = _("entry of the timeline")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "on"],
                name="event_stands_once_a_day",
                violation_error_message=_("This stands in the timeline already."),
            ),
            models.CheckConstraint(
                name="extension_alone_has_an_end",
                condition=Q(kind="extended", until__gt=F("on")) | (~Q(kind="extended") & Q(until=None)),
                violation_error_message=_(
                    "An extension needs the new end of the probation, after its own day; nothing else has one."
                ),
            ),
            models.CheckConstraint(
                name="change_of_group_alone_names_a_group",
                condition=Q(kind="group") | Q(party_group=None),
                violation_error_message=_("Only a change of group names a Party group."),
            ),
        ]
        triggers = [locks.derives_the_person(), locks.belongs_to_one_person()]

    def __str__(self) -> str:
        return self.get_kind_display()

    def validate_constraints(self, exclude=None) -> None:
        fields = {
            "event_stands_once_a_day": "on",
            "extension_alone_has_an_end": "until",
            "change_of_group_alone_names_a_group": "party_group",
        }
        named.validate(self, exclude, fields)

    @property
    def is_departure(self) -> bool:
        """After it the person is no longer of this branch."""
        return self.kind in self.DEPARTURES
