"""Codes of activation slips: made by chance, easy to read from paper and to type; the portal keeps their digest alone."""

from __future__ import annotations

import hashlib
import secrets

# No letters or digits that are taken for each other; small letters only, so no shift key.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _LENGTH = 7, 4


def new_code() -> str:
    """Seven groups of four characters: 31^28, about 138 bits; nobody guesses one, so a plain digest is enough."""
    return "-".join(
        "".join(secrets.choice(ALPHABET) for _place in range(_LENGTH)) for _group in range(_GROUPS)
    )


def digest(typed: str) -> str:
    """SHA-256 of the code, however its groups were typed: 64 hexadecimal digits."""
    plain = "".join(character for character in typed.lower() if character.isalnum())
    return hashlib.sha256(plain.encode()).hexdigest()
