"""The files of the sample on their way to the disk: each drawing encoded once, all gone if loading fails."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from branch_portal.media.documents import Document, delete_document, store_document
from branch_portal.media.pictures import Picture, StoredPicture, copy_picture, delete_picture, store_picture
from branch_portal.sample.drawings import scene
from branch_portal.sample.drawings.portraits import portrait

Drawing = tuple[str, int]  # scene and variant


class StoredFiles:
    """Used as a context: leaving it with an exception removes what was stored."""

    def __init__(self) -> None:
        self._first: dict[Drawing, StoredPicture] = {}
        self._pictures: list[str] = []
        self._documents: list[str] = []
        self._given: set[Drawing] = set()

    def __enter__(self) -> StoredFiles:
        return self

    def __exit__(self, failure, *_rest) -> None:
        if failure is None:
            return
        for key in self._pictures:
            delete_picture(key)
        for key in self._documents:
            delete_document(key)

    def draw(self, drawings: Iterable[Drawing]) -> None:
        """Draw and encode ahead, side by side: the encoders leave Python's lock alone."""
        wanted = sorted(set(drawings) - self._first.keys())
        with ThreadPoolExecutor() as pool:
            list(pool.map(self._drawn, wanted))  # the list asks each for its result, and so for its failure

    def picture(self, drawing: Drawing) -> StoredPicture:
        """A stored picture of its own for one row: a row may be deleted with its file."""
        first = self._first.get(drawing) or self._drawn(drawing)
        if drawing not in self._given:
            self._given.add(drawing)
            return first
        copied = StoredPicture(copy_picture(first.key), first.width, first.height)
        self._pictures.append(copied.key)
        return copied

    def portrait(self) -> str:
        """The key of a stored portrait of nobody."""
        image = portrait()
        stored = store_picture(Picture(*image.size, image))
        self._pictures.append(stored.key)
        return stored.key

    def document(self, document: Document) -> str:
        """The key of the stored document."""
        key = store_document(document)
        self._documents.append(key)
        return key

    def also(self, key: str) -> None:
        """A document that an action stored by itself goes with the others if loading fails."""
        if key:
            self._documents.append(key)

    def _drawn(self, drawing: Drawing) -> StoredPicture:
        image = scene(*drawing)
        stored = store_picture(Picture(*image.size, image))
        # Noted by its key at once, so that a failure of another thread does not lose it.
        self._pictures.append(stored.key)
        self._first[drawing] = stored
        return stored
