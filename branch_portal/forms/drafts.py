"""Drafts in the browser: a form marked ``data-draft="key"`` is kept there until the server has saved it.

The page after a successful submission carries a short-lived cookie with the key: only then does the script
(static/js/site.js) forget the draft. A submission that got lost leaves it in place, to be offered again.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

SAVED_COOKIE = "saved_draft"


def saved(request: HttpRequest, url: str) -> HttpResponse:
    """Redirect after a form was saved, telling the browser which draft it may forget."""
    return forget_draft(HttpResponseRedirect(url), request.POST.get("draft_key", ""))


def forget_draft(response: HttpResponse, key: str) -> HttpResponse:
    if key and key.isascii():  # more does not go into a header, nor do our own pages send it
        response.set_cookie(SAVED_COOKIE, key[:200], max_age=300, samesite="Strict")
    return response
