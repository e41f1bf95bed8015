"""The scrutineer's desk: the key before opening, the share of the count after closing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from members.permissions import Capability, requires


@requires(Capability.USE_DESK)
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def states(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def hand_in_key(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def sealed(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def hand_in_share(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404
