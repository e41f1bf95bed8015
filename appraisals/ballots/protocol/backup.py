"""A trustee's key on paper: groups of characters that are read back even after a slip of the pen, or not at all.

32 bytes are 52 characters of Crockford's Base32 (no I, L, O, U), in 13 groups of four. A fifth character in each group is a
weighted sum of the four over the field of 32 elements, and of the group's place; a last group of the same kind carries 20 bits
of the key's hash. ``static/js/ballot/backup.js`` says why and reads them; the server only ever writes the sheets of the sample.
"""

from __future__ import annotations

from .hashing import sha256_hex
from .trustees import TrusteeKey

_CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DATA = 4  # characters of a group without its check character
_KEY_GROUPS = 13


def write_backup(key: TrusteeKey) -> str:
    """The backup of a key: 14 groups of 5 characters, with hyphens between them."""
    symbols = [*_symbols_of(key.secret, _KEY_GROUPS * _DATA), *_hash_symbols(key.secret)]
    groups = [symbols[start : start + _DATA] for start in range(0, len(symbols), _DATA)]
    return "-".join(
        "".join(_CHARACTERS[symbol] for symbol in [*group, _check_symbol(group, place)])
        for place, group in enumerate(groups)
    )


def _symbols_of(number: int, length: int) -> list[int]:
    """The lowest 5·``length`` bits of a number, highest first, five bits a symbol."""
    return [(number >> 5 * (length - 1 - index)) & 31 for index in range(length)]


def _hash_symbols(secret: int) -> list[int]:
    return _symbols_of(int(sha256_hex(f"trustee key backup|{secret}".encode()), 16), _DATA)


def _check_symbol(data: list[int], place: int) -> int:
    """Σ α^(i+1)·symbol_i + α^5·place: the check character itself has weight 1, and all weights differ."""
    total = 0
    for symbol in reversed([*data, place]):
        total = _times_alpha(total ^ symbol)
    return total


def _times_alpha(symbol: int) -> int:
    """In the field of 32 elements, with α⁵ = α² + 1."""
    return (symbol << 1) ^ (0b100101 if symbol & 16 else 0)
