"""Who is on the way into the Party, and what each case waits for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from members import admission
from members.candidates import candidates
from members.permissions import Capability, requires


@requires(Capability.READ_ADMISSIONS)
def admissions(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "candidates": candidates(today),
        "today": today,
        "notice_ends_on": admission.notice_ends_on(today),
        "section": "members",
    }
    return render(request, "members/admissions.html", context)
