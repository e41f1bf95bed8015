"""A ballot, its board and its history."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from members.permissions import Capability, requires


@requires(Capability.USE_DESK)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def board(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def history(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def ballot_list(request: HttpRequest) -> HttpResponse:
    raise Http404
