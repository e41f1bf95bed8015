"""What the official form of the minutes says of the study of a meeting."""

from __future__ import annotations

from django.template.defaultfilters import floatformat
from django.utils.translation import gettext as _

from branch_portal.documents.paper import Table
from meetings.models import Meeting
from meetings.study.models import StudyPart


def study_of(meeting: Meeting) -> Table | None:
    """Every topic with its form, teacher and hours; None if none is recorded. One query."""
    parts = StudyPart.objects.of_meeting(meeting).with_names()
    rows = [
        [number, part.topic, part.get_form_display(), part.taught_by, floatformat(part.hours), _remark(part)]
        for number, part in enumerate(parts, start=1)
    ]
    if not rows:
        return None
    header = [_("No."), _("topic"), _("form of study"), _("teacher"), _("study hours"), _("remark")]
    return Table(header, rows, heading=_("Study"), widths=[12, 56, 20, 26, 18, 24])


def _remark(part: StudyPart) -> str:
    return "\n".join(text for text in (part.note, part.link) if text)
