"""The topics of a meeting: entered, changed, taken out, by whoever records, or as a correction of signed minutes."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from meetings.models import Meeting
from meetings.study import actions
from meetings.study.credit import proposed_hours
from meetings.study.forms import CorrectionForm, RemovalForm, StudyPartForm
from meetings.study.models import StudyPart
from meetings.study.of_meeting import topic_of
from meetings.study.views.fetching import (
    address_of,
    form_page,
    is_correction,
    meeting_to_write,
    part_to_write,
    refusal_now,
    refuse,
)
from members.permissions import Capability, requires
from members.views.answers import accepted


@requires(Capability.USE_DESK)
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """``?topic=``: the id of a topic of the record, which the form starts with."""
    meeting = meeting_to_write(request, pk)
    if refused := refusal_now(request, meeting):
        return refused
    part = StudyPart(pk=_uuid(request.POST.get("key")) or uuid.uuid4(), meeting=meeting)
    form = StudyPartForm(
        request.POST or None,
        instance=part,
        initial=_proposal(request, meeting),
        is_correction=is_correction(request, meeting),
    )
    if accepted(form, lambda: actions.add(form.instance, by=request.user, reason=form.reason)):
        messages.success(request, _("The topic is entered; its hours go to everybody who attends."))
        return saved(request, address_of(meeting))
    return form_page(
        request,
        form,
        _("Study at the meeting"),
        _("Enter the topic"),
        address_of(meeting),
        intro=meeting.title,
        key=part.pk,
        draft=f"new-study-{pk}",
    )


def _proposal(request: HttpRequest, meeting: Meeting) -> dict:
    """The hours of a meeting of study, and a topic that its record names already."""
    recorded = StudyPart.objects.of_meeting(meeting).hours_in_all()
    proposal: dict = {"hours": proposed_hours(meeting.kinds, meeting.starts_at, meeting.ends_at, recorded)}
    key = _uuid(request.GET.get("topic"))
    if key and (topic := meeting.study_topics.filter(pk=key).first()):
        item = meeting.agenda_items.filter(kind="study").first()
        proposal |= {"topic": topic_of(topic), "form": StudyPart.Form.READING, "agenda_item": item}
    return proposal


@requires(Capability.USE_DESK)
def change(request: HttpRequest, row: uuid.UUID) -> HttpResponse:
    part = part_to_write(request, row)
    meeting = part.meeting
    if refused := refusal_now(request, meeting):
        return refused
    correction = is_correction(request, meeting)
    if request.method != "POST":
        return _change_page(request, StudyPartForm(instance=part, is_correction=correction), meeting)
    reason = request.POST.get("reason", "") if correction else None
    try:
        # Without a reason there is no correction yet, and nothing that could be saved: only what the form says of it.
        if correction and not reason.strip():
            form = StudyPartForm(request.POST, instance=part, is_correction=True)
            form.is_valid()
            return _change_page(request, form, meeting)
        with actions.changing(part, by=request.user, reason=reason) as standing:
            form = StudyPartForm(request.POST, instance=standing, is_correction=correction)
            if not accepted(form, lambda: actions.change(form.instance, by=request.user)):
                page = _change_page(request, form, meeting)
                raise _NothingSaved
    except _NothingSaved:
        return page
    except ValidationError as refused:
        return refuse(request, meeting, refused)
    messages.success(request, _("The topic is saved."))
    return saved(request, address_of(meeting))


class _NothingSaved(Exception):
    """Rolls back the revision, or the correction, that an unsaved form would leave behind."""


def _change_page(request: HttpRequest, form: StudyPartForm, meeting: Meeting) -> HttpResponse:
    return form_page(
        request,
        form,
        _("Change the topic"),
        _("Save"),
        address_of(meeting),
        intro=meeting.title,
        draft=f"study-{form.instance.pk}",
    )


@requires(Capability.USE_DESK)
def remove(request: HttpRequest, row: uuid.UUID) -> HttpResponse:
    """What will happen, then one button; of signed minutes with a reason."""
    part = part_to_write(request, row)
    meeting = part.meeting
    if refused := refusal_now(request, meeting):
        return refused
    form_class = CorrectionForm if is_correction(request, meeting) else RemovalForm
    form = form_class(request.POST if request.method == "POST" else None)
    if accepted(form, lambda: actions.remove(part, by=request.user, reason=form.cleaned_data.get("reason"))):
        messages.success(request, _("The topic is taken out."))
        return saved(request, address_of(meeting))
    intro = _("“%(topic)s” is taken out, and its hours count for nobody any more; the history keeps it.") % {
        "topic": part.topic
    }
    return form_page(
        request,
        form,
        _("Take the topic out"),
        _("Take it out"),
        address_of(meeting),
        intro=intro,
        is_removal=True,
    )


def _uuid(text: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None
