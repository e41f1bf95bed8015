"""The archive, and verifying it once more."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from members.permissions import Capability, requires


@requires(Capability.USE_DESK)
def verification(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404
