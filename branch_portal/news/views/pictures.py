"""The files of reports' pictures."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from branch_portal.media.pictures import RENDITIONS
from branch_portal.media.responses import picture_response
from branch_portal.news.models import ReportPicture
from members.permissions import Capability, public

_RENDITION_OF = {rendition.file_name: name for name, rendition in RENDITIONS.items()}


@public
@require_safe
def file(request: HttpRequest, key: str, file_name: str) -> HttpResponse:
    """For everybody if its report is published; else for those who write news, and 404 for the others.

    A public picture is answered without a look at the user, so that caches may keep it.
    """
    pictures = ReportPicture.objects.filter(key=key)
    is_public = pictures.of_published_reports().exists()
    if not is_public and not (_writes_news(request) and pictures.exists()):
        raise Http404
    return picture_response(request, key, _RENDITION_OF[file_name], public=is_public)


def _writes_news(request: HttpRequest) -> bool:
    return request.user.is_authenticated and request.user.may(Capability.WRITE_NEWS)
