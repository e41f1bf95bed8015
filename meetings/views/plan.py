"""Planning a meeting and changing the plan."""

from __future__ import annotations

import datetime
import re
import uuid

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from meetings import actions
from meetings.forms.plan import FIRST_YEAR, LAST_YEAR, NewPlanForm, PlanForm
from meetings.kinds import MeetingKind
from meetings.models import Meeting
from meetings.views.fetching import meeting_for, refuse
from meetings.workflow import Act, may_name_the_chair
from members.permissions import Capability, requires

USUAL_HOUR = datetime.time(14, 0)


@requires(Capability.PLAN_MEETINGS)
def new(request: HttpRequest) -> HttpResponse:
    key = _plan_key(request)
    form = NewPlanForm(request.POST or None, instance=Meeting(plan_key=key), initial=_proposal(request))
    if request.method == "POST" and form.is_valid():
        meeting = actions.plan_meeting(
            form.save(commit=False),
            by=request.user,
            invited=form.cleaned_data["invited"],
            guests=form.cleaned_data["guests"],
        )
        messages.success(request, _("The meeting is planned."))
        return saved(request, reverse("meetings:detail", args=[meeting.pk]))
    return render(request, "meetings/plan.html", {"form": form, "plan_key": key, "section": "meetings"})


def _plan_key(request: HttpRequest) -> uuid.UUID:
    """The name that the page gave to this plan: a double click or a retry plans one meeting."""
    try:
        return uuid.UUID(request.POST.get("plan_key", ""))
    except ValueError:
        return uuid.uuid4()


def _proposal(request: HttpRequest) -> dict:
    """What the form starts with: what the address asks for, and whoever plans as chair. What makes no sense is left out.

    ``kind``; ``for_year``; ``starts``: a day, or a day and a time; ``group``: the key of a Party group.
    """
    asked, member = request.GET, request.user.member_id
    kind, for_year, group = (asked.get(name, "") for name in ("kind", "for_year", "group"))
    return {
        "kinds": [kind] if kind in MeetingKind.values else [],
        "for_year": int(for_year) if re.fullmatch("[0-9]{4}", for_year) else None,
        "starts_at": _moment(asked.get("starts", "")),
        "party_group": int(group) if re.fullmatch("[0-9]{1,9}", group) else None,
        "chair": member,
        "recorder": member,
    }


def _moment(text: str) -> datetime.datetime | None:
    """Local time; a day alone begins at the usual hour."""
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) == len("2026-01-31"):
        moment = datetime.datetime.combine(moment, USUAL_HOUR)
    if moment.tzinfo is not None or not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None
    return timezone.make_aware(moment)


@requires(Capability.PLAN_MEETINGS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request, pk, Act.CHANGE_PLAN)
    try:
        with actions.locked(meeting, by=request.user, act=Act.CHANGE_PLAN) as row:
            form = PlanForm(request.POST or None, instance=row)
            form.fields["chair"].disabled = not may_name_the_chair(request.user, row)
            if request.method == "POST" and form.is_valid():
                actions.change_plan(form, by=request.user)
                messages.success(request, _("The plan is saved."))
                return saved(request, reverse("meetings:detail", args=[pk]))
            page = render(
                request, "meetings/plan.html", {"form": form, "meeting": meeting, "section": "meetings"}
            )
    except ValidationError as refusal:
        return refuse(request, meeting, refusal)
    return page
