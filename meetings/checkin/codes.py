"""The code on the screen: six digits that change every minute, from a secret of the meeting. Pure functions.

A code is good in its own minute and in the next one, for whoever is still typing. It proves nothing by itself: only
somebody signed in and invited can use it, and wrong ones are counted (``views.here``).
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import secrets
import unicodedata

SECONDS = 60
DIGITS = 6


def new_secret() -> str:
    return secrets.token_hex(32)


def minute_of(moment: datetime.datetime) -> int:
    return int(moment.timestamp()) // SECONDS


def code_at(secret: str, meeting: int, moment: datetime.datetime) -> str:
    """What the screen shows at the moment."""
    return _code(secret, meeting, minute_of(moment))


def is_good(typed: str, secret: str, meeting: int, moment: datetime.datetime) -> bool:
    """Whether it is the code of this minute or of the one before."""
    digits = tidy(typed)
    minute = minute_of(moment)
    # Both are compared whatever the first says, each in constant time.
    matches = [hmac.compare_digest(digits, _code(secret, meeting, one)) for one in (minute, minute - 1)]
    return any(matches)


def tidy(typed: str) -> str:
    """The digits of what was typed: spaces are left out, full-width digits of a Chinese keyboard are digits too."""
    plain = unicodedata.normalize("NFKC", typed)
    return "".join(one for one in plain if one.isascii() and one.isdigit())


def _code(secret: str, meeting: int, minute: int) -> str:
    digest = hmac.digest(bytes.fromhex(secret), f"check-in:{meeting}:{minute}".encode(), hashlib.sha256)
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}d}"
