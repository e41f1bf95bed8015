"""Awards of the year; discipline is kept apart."""

from __future__ import annotations

from django.utils.translation import gettext as _

from branch_portal.documents.paper import Blank, Paper, Table
from branch_portal.workbook.occasion import Occasion
from members.models import Award


def awards_and_discipline(occasion: Occasion) -> Paper:
    awards = Award.objects.filter(on__range=(occasion.first_day, occasion.last_day)).select_related("member")
    rows = [
        (each.on, each.member, each.title, each.get_level_display(), each.given_by)
        for each in awards.order_by("on", "member__sort_key", "pk")
    ]
    header = (_("day"), _("name"), _("award"), _("level"), _("given by"))
    return Paper(
        _("Awards and discipline"),
        [
            Table(header, rows, heading=_("Awards"), widths=(28, 24, 46, 28, 30)),
            Blank(
                _("Discipline"),
                _(
                    "Disciplinary matters are kept apart and under seal; nothing of them is printed here. "
                    "Where the higher Party committee asks for them in the workbook, the discipline "
                    "commissioner enters them."
                ),
            ),
        ],
    )
