"""One person's page, adding and changing their record."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from branch_portal.forms.drafts import saved
from members import actions
from members.candidates import Candidate, candidate, is_on_the_way
from members.columns import COLUMNS, Cell, cells
from members.forms.people import MemberForm
from members.models import Member, TimelineEntry, User
from members.permissions import Capability, requires
from members.views.answers import accepted
from members.views.fetching import sees_personal_data, sees_sensitive_data

_PERSON = ("gender", "ethnic_group", "birth_date", "native_place", "work_started_on", "phone", "address")


@requires(Capability.READ_MEMBERS)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    members = Member.objects.visible_to(request.user).select_related("party_group", "user")
    member = get_object_or_404(members, pk=pk)
    context = {
        "member": member,
        "positions": member.positions.select_related("party_group"),
        "letters": member.transfers.all(),
        "periods": member.mobile_periods.select_related("contact_person"),
        "awards": member.awards.all(),
        "courses": member.trainings.all(),
        "files": member.files.visible_to(request.user),
        "timeline": _timeline(request, member),
        "today": timezone.localdate(),
        "candidate": _candidate(request, member),
        "person": _person(request, member),
        "shows_personal_data": sees_personal_data(request, member),
        "shows_sensitive_data": sees_sensitive_data(request, member),
        "section": "members",
    }
    return render(request, "members/detail.html", context)


def _person(request: HttpRequest, member: Member) -> list[Cell]:
    """What the reader sees of the person, as in the list: columns know from the model which of it is personal."""
    columns = [COLUMNS[name] for name in _PERSON]
    found = cells(member, columns, shows_personal_data=sees_personal_data(request, member))
    return [cell for cell in found if not cell.is_masked]


def _timeline(request: HttpRequest, member: Member) -> QuerySet[TimelineEntry]:
    """All of it for whoever sees personal data or the candidates' dates; for others what a list tells anyway."""
    entries = member.timeline.select_related("party_group")
    if sees_personal_data(request, member) or request.user.may(Capability.READ_ADMISSIONS):
        return entries
    return entries.filter(kind__in=TimelineEntry.KNOWN_TO_ALL)


def _candidate(request: HttpRequest, member: Member) -> Candidate | None:
    """How far the person has come on the way into the Party, for the committee, the group's leader and the person."""
    reads = request.user.may(Capability.READ_ADMISSIONS) or sees_personal_data(request, member)
    return candidate(member, timezone.localdate()) if reads and is_on_the_way(member) else None


@requires(Capability.MANAGE_MEMBERS)
def new(request: HttpRequest) -> HttpResponse:
    form = MemberForm(request.POST or None)
    if accepted(form, lambda: _add(form, request.user)):
        said = (
            _("%(name)s is expected: of the branch when the letter of introduction is accepted.")
            if form.instance.is_expected
            else _("%(name)s is added.")
        )
        messages.success(request, said % {"name": form.instance.name})
        return saved(request, reverse("members:detail", args=[form.instance.pk]))
    return render(request, "members/edit.html", {"form": form, "section": "members"})


def _add(form: MemberForm, by: User) -> None:
    if letter := form.letter:
        actions.expect_member(form.instance, letter, by=by)
    else:
        actions.add_member(form.instance, by=by)


@requires(Capability.MANAGE_MEMBERS)
@transaction.atomic
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    member = get_object_or_404(Member.objects.visible_to(request.user), pk=pk)
    form = MemberForm(request.POST or None, instance=actions.locked(member))
    if accepted(form, lambda: actions.change_member(form.instance, by=request.user)):
        messages.success(request, _("The record is saved."))
        return saved(request, reverse("members:detail", args=[pk]))
    return render(request, "members/edit.html", {"form": form, "member": member, "section": "members"})
