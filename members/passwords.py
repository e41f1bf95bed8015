"""First passwords: made by chance, easy to read from paper and to type on a telephone."""

from __future__ import annotations

import secrets

# No letters or digits that are taken for each other; small letters only, so no shift key.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"


def first_password() -> str:
    """Three groups of four characters: 31^12, about 59 bits."""
    return "-".join("".join(secrets.choice(ALPHABET) for _place in range(4)) for _group in range(3))
