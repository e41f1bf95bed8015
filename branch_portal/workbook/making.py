"""The workbook of a year, put together chapter by chapter."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Callable

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from branch_portal.documents.book import Book
from branch_portal.documents.paper import Paper
from branch_portal.workbook.chapters import (
    appraisal,
    branch,
    closing,
    important,
    ledger,
    meetings,
    merits,
    mobile,
    opening,
    organization,
    plan,
    roster,
    study,
    unkept,
)
from branch_portal.workbook.occasion import Occasion

CHAPTERS: tuple[Callable[[Occasion], Paper], ...] = (
    opening.how_to_use,
    branch.facts,
    organization.committee,
    organization.groups,
    roster.members,
    roster.candidates,
    plan.year_plan,
    meetings.members_meetings,
    meetings.committee_meetings,
    meetings.group_meetings,
    meetings.lessons,
    meetings.theme_days,
    meetings.life_meeting,
    appraisal.appraisal,
    unkept.talks,
    mobile.mobile_members,
    unkept.dues,
    merits.awards_and_discipline,
    meetings.volunteer_work,
    important.important_matters,
    ledger.rectification,
    study.study,
    closing.summary,
    closing.handover,
)


def title_of(year: int) -> str:
    """Also the name of the file."""
    return _("Branch workbook %(year)d") % {"year": year}


def workbook(year: int, today: datetime.date, told: Callable[[int, int], None] | None = None) -> Book:
    """The book; ``told`` hears after each chapter how many of how many are done. The number of queries does not depend on how
    much happened in the year."""
    occasion = Occasion(year, today)
    chapters = []
    for number, write in enumerate(CHAPTERS, start=1):
        paper = write(occasion)
        chapters.append(dataclasses.replace(paper, title=f"{number}. {paper.title}"))
        if told:
            told(number, len(CHAPTERS))
    branch = occasion.branch
    return Book(
        title=_("Party branch workbook"),
        subtitle=_("The year %(year)d") % {"year": year},
        cover=[
            str(branch),
            branch.local("higher_committee"),
            _("Printed on %(day)s") % {"day": date_format(today, "DATE_FORMAT")},
        ],
        contents=_("Contents"),
        chapters=chapters,
    )
