"""The booth: where a member votes, and what its script asks the server."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from members.permissions import Capability, requires


@requires(Capability.USE_DESK)
def booth(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def setup(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def place(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def cast(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404
