"""Word files as answers to a request."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_response(content: bytes, title: str) -> HttpResponse:
    """A download under the paper's title."""
    answer = HttpResponse(content, content_type=_DOCX)
    answer["Content-Disposition"] = content_disposition_header(True, f"{title}.docx")
    return answer
