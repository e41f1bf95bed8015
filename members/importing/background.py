"""A confirmation goes on in a thread of its own, so that a page can be answered meanwhile. It stays one transaction: a server
that is stopped in the middle has written nothing, and the page says so."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Thread

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import get_language, override

from members.importing import drafts
from members.models import ImportDraft, User

logger = logging.getLogger(__name__)


def begin(draft: ImportDraft, *, by: User) -> None:
    """Write the draft, unless that is being done: a second click, or a reload, joins the first."""
    if not drafts.claim(draft):
        return
    language = get_language()

    def work() -> None:
        with override(language):
            _write(draft, by)

    start(work)


def start(work: Callable[[], None]) -> None:
    """Do the work in a thread with a connection of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    Thread(target=run, name="import").start()


def _write(draft: ImportDraft, by: User) -> None:
    try:
        drafts.confirm(draft, by=by)
    except ImportDraft.DoesNotExist:
        return  # another table has taken its place
    except ValidationError:  # a row has an error: the preview shows it
        drafts.release(draft, ImportDraft.State.OPEN)
    except Exception:
        logger.exception("An import failed and wrote nothing.")
        drafts.release(draft, ImportDraft.State.FAILED)
