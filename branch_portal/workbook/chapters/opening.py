"""How the workbook is used."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branch_portal.documents.paper import Paper, Text
from branch_portal.workbook.occasion import Occasion


def how_to_use(occasion: Occasion) -> Paper:
    return Paper(
        _("How to use this workbook"),
        [
            Text(
                _("What it is"),
                [
                    _(
                        "The workbook shows what the branch did for the year %(year)d. It was put together "
                        "from the branch's records on %(day)s."
                    )
                    % {
                        "year": occasion.year,
                        "day": date_format(occasion.today, "DATE_FORMAT"),
                    },
                    _(
                        "People and posts are told as of %(day)s. A meeting stands under the year it was held "
                        "for, whatever its date; one that counts for several kinds is quoted in one chapter "
                        "and named in the others."
                    )
                    % {"day": date_format(occasion.as_of, "DATE_FORMAT")},
                    _(
                        "It is the branch's working record and does not replace the national membership system."
                    ),
                ],
            ),
            Text(
                _("What is quoted"),
                [
                    _(
                        "Only signed minutes are quoted. Meetings whose minutes are still drafts are named as not signed."
                    ),
                    _(
                        "Left out are telephone numbers, ID numbers and other personal data, reasons of "
                        "leave, what was said about single members, the content of talks, disciplinary "
                        "matters, and how anybody voted. These are kept apart."
                    ),
                ],
            ),
            Text(
                _("What is filled in by hand"),
                [
                    _(
                        "What the portal does not keep is left blank; each such part says what belongs there "
                        "and who writes it. Write legibly in ink; where there is nothing to enter, write "
                        "“none”."
                    ),
                    _(
                        "The secretary sees to it that the workbook is complete, signs it, and hands it over with the office."
                    ),
                ],
            ),
        ],
    )
