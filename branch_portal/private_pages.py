"""Pages behind sign-in stay in no cache, neither a proxy's nor the browser's.

After signing out on a shared computer the back button finds nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from members.permissions import Role


def private_pages(get_response: Callable[[HttpRequest], HttpResponse]):
    """Middleware: every view that is not declared ``public`` answers ``private, no-store``."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if is_private(request):
            response["Cache-Control"] = "private, no-store"
        return response

    return middleware


def is_private(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and getattr(match.func, "access", None) != Role.PUBLIC
