"""Papers on their way into a row: stored before the transaction, taken away again if it fails."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from django.db import transaction

from branch_portal.media.documents import Document, delete_document, store_document


@contextlib.contextmanager
def stored(document: Document | None) -> Iterator[str]:
    """The key of the stored file, "" for none; whatever is raised within leaves no file behind."""
    key = store_document(document) if document else ""
    try:
        yield key
    except BaseException:
        if key:
            delete_document(key)
        raise


def forget(key: str) -> None:
    """The file goes once it is certain that no row names it any more."""
    if key:
        transaction.on_commit(lambda: delete_document(key))
