"""How stored files leave the portal. Whether somebody may have them, the view has asked before."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from .documents import CONTENT_TYPES, open_document
from .pictures import RENDITIONS, open_rendition
from .uploads import display_name

_PUBLIC = "public, max-age=3600"
_PRIVATE = "private, max-age=300"


def document_response(key: str, name: str, content_type: str) -> FileResponse:
    """The document to be saved under ``name``, never to be shown in a page of ours. Http404 if it is gone."""
    try:
        document = open_document(key)
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error
    if content_type not in CONTENT_TYPES.values():
        content_type = "application/octet-stream"
    response = FileResponse(
        document, as_attachment=True, filename=display_name(name) or "document", content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


def picture_response(request: HttpRequest, key: str, rendition: str, *, public: bool) -> HttpResponse:
    """A rendition of the picture, or 304 if the browser has it already. Http404 if there is none.

    ``public`` says whether caches between us and the reader may keep it.
    """
    try:
        picture = open_rendition(key, rendition)
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error
    etag = f'"{key}-{rendition}"'  # a stored picture never changes
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = FileResponse(picture, content_type=RENDITIONS[rendition].content_type)
    else:
        picture.close()
    response["ETag"] = etag
    response["Cache-Control"] = _PUBLIC if public else _PRIVATE
    response["X-Content-Type-Options"] = "nosniff"
    return response
