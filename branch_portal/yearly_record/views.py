"""The yearly record of one person or of several, as a page to print or a Word file."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from branch_portal.yearly_record.forms import OLDEST, SeveralForm
from branch_portal.yearly_record.reading import years_of
from branch_portal.yearly_record.writing import records, title
from members.models import Member
from members.permissions import Capability, requires
from members.views.fetching import member_or_404, sees_personal_data
from members.views.printing import answer
from members.views.printing import several as people_to_print


@requires(Capability.READ_MEMBERS)
def record(request: HttpRequest, pk: int) -> HttpResponse:
    member = member_or_404(request, pk)
    if not sees_personal_data(request, member):
        raise PermissionDenied
    year = _year(request)
    papers = records(years_of(Member.objects.filter(pk=pk), year), request.user)
    context = {"member": member, "year": year, "this_year": timezone.localdate().year, "section": "members"}
    return answer(request, papers, f"{title(year)} {member}", "yearly_record/record.html", context)


@requires(Capability.READ_MEMBERS)
def several(request: HttpRequest) -> HttpResponse:
    form = SeveralForm(request.POST or None, members=people_to_print(request))
    if form.is_bound and form.is_valid():
        year = form.cleaned_data["year"]
        papers = records(years_of(form.chosen(), year), request.user)
        context = {"section": "members"}
        return answer(request, papers, title(year), "yearly_record/several.html", context)
    context = {
        "form": form,
        "title": _("Yearly records"),
        "intro": _("Records of several people in one file, each on pages of its own."),
        "section": "members",
    }
    return render(request, "members/people_to_print.html", context)


def _year(request: HttpRequest) -> int:
    """The year of the address; this year where it names none that makes sense."""
    this_year = timezone.localdate().year
    asked = request.GET.get("year", "")
    return (
        int(asked) if asked.isascii() and asked.isdigit() and OLDEST <= int(asked) <= this_year else this_year
    )
