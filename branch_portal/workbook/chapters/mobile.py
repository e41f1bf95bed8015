"""Mobile members: who was away, in whose touch, and how often there was contact; not where, not what was said."""

from __future__ import annotations

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from branch_portal.documents.paper import Paper, Table
from branch_portal.workbook.occasion import Occasion
from members.models import MobilePeriod


def mobile_members(occasion: Occasion) -> Paper:
    reached = Q(contacts__was_reached=True, contacts__on__range=(occasion.first_day, occasion.as_of))
    periods = (
        MobilePeriod.objects.filter(
            Q(until=None) | Q(until__gte=occasion.first_day), since__lte=occasion.as_of
        )
        .select_related("member", "contact_person")
        .annotate(number=Count("contacts", filter=reached), last=Max("contacts__on", filter=reached))
        .order_by("member__sort_key", "since", "pk")
    )
    rows = [
        (
            each.member,
            each.since,
            each.until or _("still away"),
            each.host_branch,
            each.contact_person,
            each.number,
            each.last,
        )
        for each in periods
    ]
    header = (
        _("name"),
        _("away since"),
        _("back on"),
        _("host branch"),
        _("contact person"),
        _("contacts in the year"),
        _("last contact"),
    )
    return Paper(
        _("Mobile members"),
        [Table(header, rows, widths=(20, 27, 27, 25, 20, 15, 22))],
        note=_("Where somebody is, and what was said, stands in the register of mobile members."),
    )
