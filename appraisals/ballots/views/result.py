"""The result and the count sheet."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from members.permissions import Capability, requires


@requires(Capability.USE_DESK)
def result(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def count_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def count_sheet_document(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404
