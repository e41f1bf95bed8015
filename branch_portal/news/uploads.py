"""Pictures on their way into a report: files are stored before the transaction and cleaned up if it fails."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Max

from branch_portal.media.pictures import (
    StoredPicture,
    copy_picture,
    delete_picture,
    read_picture,
    store_picture,
)
from branch_portal.news.models import Report, ReportPicture
from meetings.models import Photo
from members.models import User


class NewPictures:
    """Stored files that no row names yet; what is not attached when the block ends is deleted."""

    def __init__(self) -> None:
        self.refused: list[tuple[str, str]] = []
        self._waiting: list[tuple[uuid.UUID, StoredPicture, dict[str, str]]] = []

    def __enter__(self) -> NewPictures:
        return self

    def __exit__(self, failure, *_rest) -> None:
        kept = set()
        if failure is None:
            keys = [stored.key for _pk, stored, _words in self._waiting]
            kept = set(ReportPicture.objects.filter(key__in=keys).values_list("key", flat=True))
        for _pk, stored, _words in self._waiting:
            if stored.key not in kept:
                delete_picture(stored.key)

    def upload(self, files: Iterable[UploadedFile], *, token: str) -> None:
        """Read and store; a bad file is noted in ``refused`` with the reason.

        ``token`` is the page's: the same files sent twice become one row each.
        """
        for position, file in enumerate(files):
            try:
                stored = store_picture(read_picture(file))
            except ValidationError as error:
                self.refused.append((file.name, " ".join(error.messages)))
            else:
                self._waiting.append(
                    (uuid.uuid5(uuid.NAMESPACE_OID, f"{token}/{position}/{file.name}"), stored, {})
                )

    def copy(self, photo: Photo, **words: str) -> str:
        """A copy of a meeting's photograph, with its captions and alternatives; returns its key."""
        stored = StoredPicture(copy_picture(photo.key), photo.width, photo.height)
        self._waiting.append((uuid.uuid4(), stored, words))
        return stored.key

    def attach(self, report: Report, *, by: User) -> list[ReportPicture]:
        """Rows at the end of the report's pictures, within the transaction that locks the report."""
        known = set(
            ReportPicture.objects.filter(pk__in=[pk for pk, _s, _w in self._waiting]).values_list(
                "pk", flat=True
            )
        )
        last = report.pictures.aggregate(last=Max("position"))["last"] or 0
        fresh = [one for one in self._waiting if one[0] not in known]
        return [
            ReportPicture.objects.create(
                pk=pk,
                report=report,
                key=stored.key,
                width=stored.width,
                height=stored.height,
                position=position,
                revision=report.revision,
                changed_by=by,
                **words,
            )
            for position, (pk, stored, words) in enumerate(fresh, start=last + 1)
        ]
