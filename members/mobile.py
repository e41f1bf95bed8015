"""Mobile numbers as people type them, brought into the one form that is stored."""

from __future__ import annotations

import re
import unicodedata


def tidy(typed: str) -> str:
    """``+86 138-0013 8000`` → ``13800138000``: no spaces or hyphens, no country code of the mainland."""
    number = re.sub(r"[\s\-‐-―]", "", unicodedata.normalize("NFKC", typed))
    return re.sub(r"^(\+|00)86(?=1\d{10}$)", "", number)


def masked(number: str | None) -> str:
    """Enough to recognise one's own number by, too little to call it."""
    if not number:
        return ""
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"
