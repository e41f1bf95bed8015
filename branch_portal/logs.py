"""What a log line may say: the database's errors without the row they are about, addresses without their secrets."""

from __future__ import annotations

import logging
import re

# PostgreSQL's DETAIL quotes keys and whole rows: names, telephone numbers, texts.
_DETAIL = re.compile(
    r"^(DETAIL|CONTEXT):.*(?:\n(?!\s*File |Traceback|[\w.]+(?:Error|Exception)\b).*)*", re.MULTILINE
)
# A calendar's address is all that its reader needs.
_SECRET_ADDRESS = re.compile(r"(/calendar/)[^\s\"'?]+")


class DiscreetFormatter(logging.Formatter):
    """Formats as usual and leaves out what PostgreSQL tells about rows, and the secret part of an address."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # what another formatter wrote into the record is not ours to repeat
        return _SECRET_ADDRESS.sub(r"\1(left out)", super().format(record))

    def formatException(self, info) -> str:  # noqa: N802 - the name is logging's
        return _DETAIL.sub(r"\1: (left out)", super().formatException(info))
