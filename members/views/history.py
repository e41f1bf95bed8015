"""What was changed in a person's record, by whom and why."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from branch_portal.paging import page_context
from members import history as kept
from members.permissions import Capability, requires
from members.views.fetching import member_or_404, sees_personal_data, sees_sensitive_data


@requires(Capability.USE_DESK)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """For whoever sees the person's personal data; that sensitive data changed, for whoever may see those."""
    member = member_or_404(request, pk)
    if not sees_personal_data(request, member):
        raise Http404
    found = kept.references(member, reader=request.user, with_sensitive=sees_sensitive_data(request, member))
    pages = page_context(found, request.GET.get("page"))
    context = {"member": member, "lines": kept.lines(pages["page"]), "section": "members", **pages}
    return render(request, "members/history.html", context)
