"""Before and while people vote: what the committee does."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse

from members.permissions import Capability, requires


@requires(Capability.USE_DESK)
def rules(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def roll(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def scrutineers(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def open_voting(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404


@requires(Capability.USE_DESK)
def screen_figures(request: HttpRequest, pk: int) -> HttpResponse:
    raise Http404
