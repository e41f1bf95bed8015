"""What the record page's script is told, as plain data: what was saved, what was refused, what others did.

``{"revision", "saved_at", "figures", "rows": [...], "photos"/"papers": html, "refused_files": [...]}``; a row is
``{"row": name, "saved", "removed", "errors", "fields": {field: {"value", "errors", "conflict"}}}``. A row of the attendance
also says whether the person was ``late``, and as ``follows`` what its other fields hold by now: a tap that takes a mark
away takes its reason or its times away too.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from meetings.attendance import figures
from meetings.forms.rows import RowForm
from meetings.models import Attendance, Meeting, Photo
from meetings.record_page import RecordPage, standing_rows
from meetings.recording import Outcome, Row


def refused(refusal: ValidationError) -> dict:
    return {"errors": [str(message) for message in refusal.messages]}


def submission(outcome: Outcome, request: HttpRequest) -> dict:
    """The answer to a submission."""
    answer = _state(outcome.meeting)
    answer["rows"] = [_submitted(row) for row in outcome.rows]
    answer["refused_files"] = [{"name": name, "error": error} for name, error in outcome.refused_files]
    if outcome.files:
        page = RecordPage(outcome.meeting)
        for row in outcome.files:
            kind = "photo" if isinstance(row, Photo) else "attachment"
            answer["rows"].append(
                {"row": f"{kind}-{row.pk}", "saved": True, "html": _html(page, kind, row, request)}
            )
    return answer


def newer_than(meeting: Meeting, revision: int, request: HttpRequest) -> dict:
    """Rows changed after the revision, all names that still stand, and the figures."""
    answer = _state(meeting)
    if meeting.revision == revision:
        return answer | {"rows": []}
    page = RecordPage(meeting)
    changed, standing = [], []
    for kind, forms in page.rows.items():
        for form in forms:
            standing.append(form.prefix)
            if form.instance.revision > revision:
                changed.append(_by_others(form) | {"html": _html(page, kind, form.instance, request)})
    return answer | {"rows": changed, "standing": standing}


def _state(meeting: Meeting) -> dict:
    now = timezone.localtime()
    rows = standing_rows(meeting, "attendance")
    return {
        "revision": meeting.revision,
        "state": meeting.state,
        "saved_at": date_format(now, "H:i:s"),
        "figures": figures(rows).as_dict(),
    }


def _submitted(row: Row) -> dict:
    answer = {"row": row.name, "saved": row.saved, "removed": row.removed, "errors": [], "fields": {}}
    if row.form is None:
        return answer
    answer["errors"] = row.form.general_errors
    for name in row.form.fields:
        answer["fields"][name] = {
            "value": row.form.value_of(name, saved=row.saved),
            "errors": row.form.errors_of(name),
        }
        if conflict := row.form.conflicts.get(name):
            answer["fields"][name]["conflict"] = {
                "by": conflict.by,
                "at": date_format(timezone.localtime(conflict.at), "H:i") if conflict.at else "",
                "theirs": conflict.value,
            }
    return answer | _of_attendance(row.form, saved=row.saved)


def _of_attendance(form: RowForm, *, saved: bool = False) -> dict:
    if not isinstance(form.instance, Attendance):
        return {}
    answer: dict = {"late": form.instance.is_late}
    if saved:
        whole = type(form)(prefix=form.prefix, instance=form.instance)
        answer["follows"] = {name: whole.value_of(name) for name in whole.fields if name not in form.fields}
    return answer


def _by_others(form: RowForm) -> dict:
    row = form.instance
    return {
        "row": form.prefix,
        "by": str(row.changed_by or ""),
        "at": date_format(timezone.localtime(row.changed_at), "H:i"),
        "fields": {name: {"value": form.value_of(name)} for name in form.fields},
        **_of_attendance(form),
    }


def _html(page: RecordPage, kind: str, row, request: HttpRequest) -> str:
    context = {"form": page.form_of(kind, row), "meeting": page.meeting, "page": page}
    return render_to_string(f"meetings/_{kind}_row.html", context, request=request)
