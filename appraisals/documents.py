"""The appraisal form of a member and the summary of a round, as Word files (handbook 10, R-12.7)."""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from appraisals.figures import Line, lines_of
from appraisals.models import Participant, Round
from branch_portal.documents import official
from branch_portal.richtext.sanitise import plain_text
from members.models import BranchProfile


def form_title(participant: Participant) -> str:
    return _("Appraisal form of %(name)s for %(year)d") % {
        "name": participant.member,
        "year": participant.round.year,
    }


def summary_title(round: Round) -> str:
    return _("Summary of the democratic appraisal for %(year)d") % {"year": round.year}


def write_form(line: Line) -> bytes:
    """What the member and the secretary sign; no field stays blank. Without a grade for a probationary member."""
    participant, member, none = line.participant, line.participant.member, _("none")
    assessment = line.assessment
    document = official.new_document(form_title(participant))
    review = getattr(participant, "self_review", None)
    statement = getattr(participant, "statement", None)
    facts = [
        (_("Party branch"), str(BranchProfile.load())),
        (_("Name"), str(member)),
        (_("Category"), member.get_stage_display()),
        (_("Admitted on"), date_format(member.admitted_on) if member.admitted_on else none),
        (_("Meetings attended"), _("%(came)d of %(invited)d") % {"came": line.came, "invited": line.invited}),
        (_("Grade"), assessment.get_grade_display() if assessment and assessment.grade else none),
    ]
    official.table(document, facts, widths=(45, 110))
    official.heading(document, _("Self-review"))
    official.paragraph(
        document, plain_text(review.text) if review and review.text else _file_or(review, none)
    )
    official.heading(document, _("Opinion of the branch"))
    official.paragraph(document, assessment.opinion if assessment and assessment.opinion else none)
    official.heading(document, _("Statement of the member"))
    official.paragraph(document, statement.text if statement else none)
    official.signature_lines(document, [_("Member"), _("Secretary"), _("Date")])
    return official.to_bytes(document)


def write_summary(round: Round) -> bytes:
    document = official.new_document(summary_title(round))
    none = _("none")
    rows = [
        [
            str(number),
            str(line.participant),
            line.assessment.get_grade_display() if line.assessment and line.assessment.grade else none,
            line.assessment.opinion if line.assessment and line.assessment.opinion else none,
        ]
        for number, line in enumerate(lines_of(round), start=1)
    ]
    official.table(
        document, rows, header=(_("No."), _("Name"), _("Grade"), _("Opinion")), widths=(12, 28, 28, 88)
    )
    meeting = round.assessment_meeting
    approved = (
        f"{date_format(timezone.localtime(meeting.starts_at), 'DATE_FORMAT')} {meeting}" if meeting else none
    )
    official.paragraph(document, _("Approved at: %(meeting)s") % {"meeting": approved})
    official.signature_lines(document, [_("Secretary"), _("Date")])
    return official.to_bytes(document)


def _file_or(review, otherwise: str) -> str:
    return (
        _("see the file “%(name)s”") % {"name": review.file_name} if review and review.file_key else otherwise
    )
