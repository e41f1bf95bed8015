"""Whether the ledger's history holds: the chain reckoned again, the ledger compared with the last event of each row, and
the papers with the hashes that the history knows.

Nothing here says what an entry says: its reports may be read by anybody.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection, models, transaction

from branch_portal.media.documents import open_document
from meetings.rectification.chain import Link, canonical, first_break
from meetings.rectification.locks import CHAIN_LOCK
from meetings.rectification.models import Evidence, LedgerEntry, LedgerEvent

SHORTEST_HEAD = 16  # so many digits of a printed head are enough
_ROWS = {LedgerEvent.Subject.ENTRY: LedgerEntry, LedgerEvent.Subject.EVIDENCE: Evidence}


@dataclass(frozen=True)
class Report:
    """What was found. ``fault``: one line on the first thing that does not hold; "" if everything does."""

    events: int
    entries: int
    head: str
    fault: str = ""
    sequence: int | None = None  # of the first event that breaks the chain
    head_found_at: int | None = None  # of the head that was asked for

    @property
    def holds(self) -> bool:
        return not self.fault


@transaction.atomic
def verify(head: str = "") -> Report:
    """Reckon everything again while nobody writes. ``head``: a hash, or its beginning, that must be in the chain."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    links = [event.link for event in LedgerEvent.objects.order_by("sequence").iterator()]
    known = {
        "events": len(links),
        "entries": LedgerEntry.objects.count(),
        "head": links[-1].hash if links else "",
    }
    if broken := first_break(links):
        return Report(**known, fault=str(broken), sequence=broken.sequence)
    if fault := _disagreement(links) or _lost_paper():
        return Report(**known, fault=fault)
    if not head:
        return Report(**known)
    place = next((link.sequence for link in links if link.hash.startswith(head)), None)
    if len(head) < SHORTEST_HEAD or place is None:
        return Report(**known, fault=f"the head {head} is not in the chain: events after it may be gone")
    return Report(**known, head_found_at=place)


def _disagreement(links: Iterable[Link]) -> str:
    """The first row that is not as its last event left it, in words; "" if all agree."""
    last: dict[tuple[str, str], Link] = {}
    for link in links:
        last[link.subject, str(json.loads(link.payload)["id"])] = link
    for subject, model in _ROWS.items():
        rows = {str(row.pk): row for row in model.objects.order_by("pk").iterator()}
        of_rows = {key: link for (kind, key), link in last.items() if kind == subject}
        for key, row in rows.items():
            if key not in of_rows:
                return f"{subject} {key}: stands in the ledger, but no event made it"
            if not _agrees(row, of_rows[key].payload):
                return f"{subject} {key}: is not as event {of_rows[key].sequence} left it"
        for key, link in of_rows.items():
            if key not in rows:
                return f"{subject} {key}: event {link.sequence} made or changed it, but it is gone"
    return ""


def _lost_paper() -> str:
    """The first paper that is not the one whose hash its row has, in words; "" if all are."""
    for evidence in Evidence.objects.exclude(file="").order_by("pk").iterator():
        try:
            with open_document(evidence.file) as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except (OSError, ValueError):
            return f"evidence {evidence.pk}: its paper is gone or cannot be read"
        if found != evidence.sha256:
            return f"evidence {evidence.pk}: its paper is not the one that was added"
    return ""


def _agrees(row: models.Model, payload: str) -> bool:
    """The columns that the event knew. A column added later is in no earlier payload, and none can be taken out of one
    without breaking the chain."""
    said = json.loads(payload)
    standing = {field.attname: _plain(getattr(row, field.attname)) for field in row._meta.concrete_fields}
    return canonical({name: standing.get(name) for name in said}) == payload


def _plain(value):
    """As the database's JSON has it."""
    if value is None or isinstance(value, (bool, int)):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def head_of_history() -> tuple[int, str]:
    """Number and hash of the latest event, to be printed: a chain that lacks it has lost its end."""
    latest = LedgerEvent.objects.order_by("-sequence").values_list("sequence", "hash").first()
    return latest or (0, "")
