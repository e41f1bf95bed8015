"""The signatures of recorder and chair."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from meetings import signing
from meetings.attendance import figures
from meetings.forms.signing import SigningForm
from meetings.minutes import Minutes
from meetings.models import Meeting, Stage
from meetings.signing import Asked
from meetings.views.fetching import meeting_for, refusal_now
from meetings.workflow import Act
from members.permissions import Capability, requires

_VERBS = {Act.SIGN_AS_RECORDER: signing.sign_as_recorder, Act.SIGN_OFF: signing.sign_off}


@requires(Capability.USE_DESK)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """What signing means, what is still missing, then one button: for whoever's signature is asked for now."""
    meeting = meeting_for(request, pk, *_VERBS)
    asked = signing.asked(request.user, meeting)
    if asked is None:
        return _refuse(request, meeting)
    form = SigningForm(request.POST or None, asked=asked)
    problems = signing.missing_for_sign_off(meeting)
    if request.method == "POST" and form.is_valid():
        problems = _attempt(request, meeting, form, asked)
        if problems is None:
            return saved(request, reverse("meetings:detail", args=[pk]))
        meeting = meeting_for(request, pk, *_VERBS)
    context = {
        "meeting": meeting,
        "asked": asked,
        "form": form,
        "problems": problems,
        "minutes": Minutes(meeting),
        "figures": figures(meeting.attendance_list),
        "section": "meetings",
    }
    return render(request, "meetings/sign_off.html", context)


def _attempt(request: HttpRequest, meeting: Meeting, form: SigningForm, asked: Asked) -> list[str] | None:
    """None if it is signed; otherwise what hinders it, unless that stands beside a field of the form."""
    chosen = form.cleaned_data
    try:
        signed = _VERBS[Act(chosen["act"])](
            meeting, by=request.user, revision=chosen["revision"], reason=chosen["reason"]
        )
    except ValidationError as refusal:
        if not hasattr(refusal, "error_dict"):
            return refusal.messages
        form.add_error(None, refusal)
        return []
    if signed.state == Meeting.State.SIGNED_OFF:
        messages.success(request, _("The minutes are signed off."))
    else:
        told = _("The recorder's signature is given. The minutes now wait for the signature of %(name)s.")
        messages.success(request, told % {"name": signed.chair})
    return None


def _refuse(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Somebody else signs now, or the meeting is in another state."""
    told = {
        Stage.DRAFT_MINUTES: _("The recorder signs first: %(name)s.") % {"name": meeting.recorder},
        Stage.FOR_SIGNATURE: _("The recorder has signed; now the chair signs: %(name)s.")
        % {"name": meeting.chair},
    }
    if meeting.stage not in told:
        return refusal_now(request, meeting, Act.SIGN_OFF)
    messages.info(request, told[meeting.stage])
    return redirect("meetings:detail", pk=meeting.pk)
