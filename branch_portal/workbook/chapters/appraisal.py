"""The democratic appraisal: what was held, and the grades as they were announced. Nothing of the ballot."""

from __future__ import annotations

from collections import Counter

from django.utils.translation import gettext as _

from appraisals.models import Participant, Round
from branch_portal.documents.paper import Fact, Facts, Paper, Table, Text
from branch_portal.workbook.chapters.meetings import parts_of
from branch_portal.workbook.grades import grades_announced, is_announced
from branch_portal.workbook.occasion import Occasion
from meetings.kinds import MeetingKind


def appraisal(occasion: Occasion) -> Paper:
    round = (
        Round.objects.filter(year=occasion.year)
        .select_related("plan_meeting", "meeting", "assessment_meeting")
        .first()
    )
    parts = _round(round) if round else [Text("", [_("There is no appraisal for the year in the portal.")])]
    return Paper(
        _("Democratic appraisal of members"),
        [*parts, *parts_of(occasion, MeetingKind.APPRAISAL)],
        note=_("Ballots are secret: the workbook holds nothing of them."),
    )


def _round(round: Round) -> list:
    people = Counter((each.is_graded, each.is_elsewhere) for each in Participant.objects.filter(round=round))
    facts = Facts(
        [
            Fact(_("state"), round.get_state_display()),
            Fact(_("taking part"), people.total()),
            Fact(_("graded here"), people[True, False]),
            Fact(_("appraised elsewhere"), people[True, True]),
            Fact(_("without a grade"), people[False, False]),
            Fact(_("everybody was told by"), round.fed_back_on),
            Fact(_("plan approved at"), round.plan_meeting, is_wide=True),
            Fact(_("appraisal held at"), round.meeting, is_wide=True),
            Fact(_("assessments approved at"), round.assessment_meeting, is_wide=True),
            Fact(_("reported to"), round.reported_to),
            Fact(_("reported on"), round.reported_on),
        ]
    )
    return [facts, *_grades(round)]


def _grades(round: Round) -> list:
    heading = _("Grades as announced")
    if not is_announced(round):
        return [Text(heading, [_("The grades are not announced yet.")])]
    counts, named = grades_announced(round)
    if not counts and not named:
        words = _(
            "By the rules of this round each member is told the own result, and the branch nothing more."
        )
        return [Text(heading, [words])]
    parts = []
    if counts:
        parts.append(Table((_("grade"), _("people")), counts, heading=heading, widths=(100, 56)))
    if named:
        rows = [(each.participant, each.get_grade_display()) for each in named]
        parts.append(Table((_("name"), _("grade")), rows, heading=_("Names as announced"), widths=(78, 78)))
    return parts
