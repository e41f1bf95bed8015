"""Every page asks for a sign-in unless its view is declared ``public``."""

from __future__ import annotations

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse


class ClosedByDefaultMiddleware(LoginRequiredMiddleware):
    """Django's own, but it asks the view before the user.

    Django's asks the user first, which reads the session and makes every public page vary by cookie: no cache
    between us and the readers could then share it.
    """

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        if not getattr(view, "login_required", True):
            return None
        return super().process_view(request, view, args, kwargs)
