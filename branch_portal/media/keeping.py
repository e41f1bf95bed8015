"""Files on their way into a row and out of it: stored before the transaction, taken away again if it fails."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from django.db import transaction

from .documents import Document, delete_document, store_document
from .pictures import Picture, delete_picture, store_picture


@contextlib.contextmanager
def stored(document: Document | None) -> Iterator[str]:
    """The key of the stored document, "" for none; whatever is raised within leaves no file behind."""
    key = store_document(document) if document else ""
    with _taken_away_on_failure(key, delete_document):
        yield key


@contextlib.contextmanager
def stored_picture(picture: Picture | None) -> Iterator[str]:
    """The same for a picture in its sizes."""
    key = store_picture(picture).key if picture else ""
    with _taken_away_on_failure(key, delete_picture):
        yield key


def forget(key: str) -> None:
    """The document goes once it is certain that no row names it any more."""
    if key:
        transaction.on_commit(lambda: delete_document(key))


def forget_picture(key: str) -> None:
    """The same for a picture."""
    if key:
        transaction.on_commit(lambda: delete_picture(key))


@contextlib.contextmanager
def _taken_away_on_failure(key: str, delete) -> Iterator[None]:
    try:
        yield
    except BaseException:
        if key:
            delete(key)
        raise
