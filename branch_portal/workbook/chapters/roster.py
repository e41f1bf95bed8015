"""The members, who of them came and went, and those on the way into the Party."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from branch_portal.documents.paper import Paper, Table
from branch_portal.workbook.occasion import Occasion
from members.models import TimelineEntry

_Kind = TimelineEntry.Kind
# The others are disposal, or nobody's business in a book that goes from hand to hand.
_TOLD = (_Kind.ADMITTED, _Kind.CONFIRMED, _Kind.MOVED_IN, _Kind.MOVED_OUT)


def members(occasion: Occasion) -> Paper:
    """Without any personal data, whoever prints it."""
    rows = [
        (
            number,
            person.member,
            person.member.get_gender_display(),
            person.member.ethnic_group,
            person.stage_label,
            person.dates.get(_Kind.ADMITTED),
            person.dates.get(_Kind.CONFIRMED),
            person.group,
            capfirst(", ".join(map(str, person.posts))),
        )
        for number, person in enumerate(occasion.members, start=1)
    ]
    header = (
        _("No."),
        _("name"),
        _("gender"),
        _("ethnic group"),
        _("category"),
        _("admitted on"),
        _("confirmed on"),
        _("Party group"),
        _("post"),
    )
    return Paper(
        _("Roster"),
        [Table(header, rows, widths=(12, 24, 16, 22, 31, 28, 28, 32, 32)), _changes(occasion)],
        note=_("As of %(day)s, %(count)d people.")
        % {"day": date_format(occasion.as_of, "DATE_FORMAT"), "count": len(rows)},
        is_landscape=True,
    )


def _changes(occasion: Occasion) -> Table:
    entries = TimelineEntry.objects.filter(
        kind__in=_TOLD, on__range=(occasion.first_day, occasion.as_of)
    ).select_related("member")
    rows = [
        (each.on, each.member, capfirst(str(each)), each.organization)
        for each in entries.order_by("on", "member__sort_key", "pk")
    ]
    return Table(
        (_("day"), _("name"), _("what happened"), _("other organization")),
        rows,
        heading=_("Admitted, confirmed and moved in the year"),
        widths=(32, 40, 73, 80),
    )


def candidates(occasion: Occasion) -> Paper:
    """Applicants, activists and development targets as of the day."""
    rows = [
        (
            person.member,
            person.member.get_gender_display(),
            person.stage_label,
            person.dates.get(_Kind.APPLIED),
            person.dates.get(_Kind.ACTIVIST),
            person.dates.get(_Kind.TARGET),
        )
        for person in occasion.people
        if not person.is_party_member
    ]
    header = (_("name"), _("gender"), _("stage"), _("applied"), _("activist"), _("development target"))
    return Paper(
        _("Applicants and activists"),
        [Table(header, rows, widths=(28, 18, 32, 26, 26, 26))],
        note=_("Mentors and the half-yearly reviews stand in each person's file."),
    )
