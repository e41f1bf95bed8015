"""How long the body of a request says that it is, before anything of it is read."""

from __future__ import annotations

from django.http import HttpRequest

_MOST_DIGITS = 10  # Python refuses to read a number of thousands of digits


def is_at_most(request: HttpRequest, longest: int) -> bool:
    """Whether the body, as announced, is no longer than so many bytes; the server reads no more than was announced."""
    text = request.META.get("CONTENT_LENGTH") or "0"
    return len(text) <= _MOST_DIGITS and text.isascii() and text.isdigit() and int(text) <= longest
