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


def plain(typed: str) -> str:
    """The code however its groups were typed: small letters and digits, run together."""
    return "".join(character for character in typed.lower() if character.isalnum())


def could_be_a_code(typed: str) -> bool:
    """As long as a code, and of its letters alone."""
    letters = plain(typed)
    return len(letters) == _GROUPS * _LENGTH and set(letters) <= set(ALPHABET)


def digest(typed: str) -> str:
    """SHA-256 of the code: 64 hexadecimal digits."""
    return hashlib.sha256(plain(typed).encode()).hexdigest()
