"""Request in, response out. Everything here is about the person who asks, and about nobody else."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from branch_portal.forms.drafts import saved
from branch_portal.own_record import archive
from branch_portal.own_record.tasks import ledger_entries_of, meeting_tasks_of, tasks_of
from branch_portal.statistics.account import account
from branch_portal.statistics.invitations import years_of
from branch_portal.statistics.study import study_years
from meetings.models import Meeting
from members import actions
from members.forms.files import AskForm
from members.models import ChangeRequest, Member
from members.permissions import Capability, requires
from members.views.answers import accepted

_SECTION = {"section": "me"}
_LOOKS_SHOWN = 5
_DECIDED_SHOWN = 10


@requires(Capability.USE_DESK)
def home(request: HttpRequest) -> HttpResponse:
    """The own record as the branch keeps it, to be read. As many queries for much as for little."""
    member = _own(request)
    asked = list(member.change_requests.select_related("decided_by__member"))
    is_open = {each.field: each for each in asked if each.is_open}
    this_year = timezone.localdate().year
    context = {
        "member": member,
        "contact": [
            (field, getattr(member, field.value), is_open.get(field.value)) for field in ChangeRequest.Field
        ],
        "decided": [each for each in asked if not each.is_open][:_DECIDED_SHOWN],
        "timeline": member.timeline.select_related("party_group"),
        "positions": member.positions.select_related("party_group"),
        "letters": member.transfers.all(),
        "periods": member.mobile_periods.select_related("contact_person"),
        "awards": member.awards.all(),
        "courses": member.trainings.all(),
        "study": study_years(member, (this_year, this_year - 1)),
        "account": account(member, (this_year, this_year - 1)),
        "tasks": tasks_of(member),
        "own_entries": ledger_entries_of(request.user),
        "meeting_tasks": meeting_tasks_of(request.user).unfinished(),
        "today": timezone.localdate(),
        "opens": set(Meeting.objects.visible_to(request.user).values_list("pk", flat=True)),
        "years": years_of(member),
        "files": member.files.visible_to(request.user),
        "looks": member.sensitive_looks.select_related("user__member")[:_LOOKS_SHOWN],
        **_SECTION,
    }
    return render(request, "own_record/home.html", context)


@requires(Capability.USE_DESK)
def ask(request: HttpRequest, field: str) -> HttpResponse:
    """Ask for another value of one field."""
    member = _own(request)
    if field not in ChangeRequest.Field.values:
        raise Http404
    form = AskForm(request.POST or None, request.FILES or None, field=field, member=member)
    is_picture = field == ChangeRequest.Field.PHOTOGRAPH
    act = actions.ask_for_photograph if is_picture else _ask_for(field)
    if accepted(form, lambda: act(member, form.cleaned_data["after"], by=request.user)):
        messages.success(request, _("The secretary is asked. You see here what becomes of it."))
        return saved(request, reverse("own_record:home"))
    context = {
        "form": form,
        "title": _("Ask for a change: %(what)s") % {"what": ChangeRequest.Field(field).label},
        "intro": _("The secretary approves or refuses it. Until then the record stays as it is."),
        "button": _("Ask the secretary"),
        "back": reverse("own_record:home"),
        "takes_files": is_picture,
        "draft": "" if is_picture else f"ask-{field}",
        **_SECTION,
    }
    return render(request, "members/form.html", context)


def _ask_for(field: str):
    return lambda member, value, *, by: actions.ask_for_change(member, field, value, by=by)


@requires(Capability.USE_DESK)
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(_own(request).change_requests, pk=pk)
    try:
        actions.take_back_request(asked, by=request.user)
        messages.success(request, _("The request is taken back."))
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return redirect("own_record:home")


@requires(Capability.USE_DESK)
def export(request: HttpRequest) -> HttpResponse:
    """What there is to take away, and with the button all of it. Only asked for by a form, so that no link fetches it."""
    _own(request)
    if request.method != "POST":
        return render(request, "own_record/export_page.html", _SECTION)
    name = f"own-record-{timezone.localdate():%Y-%m-%d}.zip"
    return FileResponse(archive.write(request.user), as_attachment=True, filename=name)


def _own(request: HttpRequest) -> Member:
    """The person of the account; an administrator may be none of the branch."""
    return get_object_or_404(Member.objects.select_related("party_group"), pk=request.user.member_id)
