"""JSON as the protocol writes it, read strictly: one spelling for every value, since everything is hashed.

The readers take what ``parse`` gave and return it, typed, or raise; ``what`` names the value in the error's detail.
"""

from __future__ import annotations

import json
from typing import Any

from .errors import Fault, ProtocolError

LARGEST_NUMBER = 2**30 - 1  # a larger weight is written as a string (Specification, "weight")
_LONGEST_WEIGHT = 40


def parse(data: bytes) -> Any:
    """The value of UTF-8 JSON; duplicate keys, fractions, NaN and long numbers are refused."""
    try:
        return _DECODER.decode(data.decode("utf-8"))
    except RecursionError:
        raise ProtocolError(Fault.JSON_DEPTH) from None
    except ValueError:  # also json.JSONDecodeError and UnicodeDecodeError
        raise ProtocolError(Fault.JSON_INVALID) from None


def serialise(value: Any) -> bytes:
    """Compact UTF-8 JSON with the fields in the order of ``value``."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode("utf-8")


def parse_canonical(data: bytes, fault: Fault = Fault.NOT_CANONICAL) -> Any:
    """As ``parse``, and the bytes must be what ``serialise`` makes of the value."""
    value = parse(data)
    try:
        same = serialise(value) == data
    except UnicodeEncodeError:  # half of a surrogate pair, spelled as an escape
        raise ProtocolError(Fault.JSON_INVALID) from None
    except RecursionError:
        raise ProtocolError(Fault.JSON_DEPTH) from None
    if not same:
        raise ProtocolError(fault)
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ProtocolError(Fault.JSON_DUPLICATE_KEY)
    return members


def _integer(text: str) -> int:
    if len(text.removeprefix("-")) > len(str(LARGEST_NUMBER)):
        raise ProtocolError(Fault.JSON_NUMBER)
    return int(text)


def _no_fraction(text: str) -> Any:
    raise ProtocolError(Fault.JSON_NUMBER, "a fraction" if text[-1:].isdigit() else "")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_members, parse_int=_integer, parse_float=_no_fraction, parse_constant=_no_fraction
)


# --- readers ----------------------------------------------------------------------------------------


def fields(
    value: Any, names: tuple[str, ...], optional: tuple[str, ...] = (), what: str = ""
) -> dict[str, Any]:
    """An object with exactly the fields ``names``, in that order; those that are ``optional`` too may be missing."""
    if type(value) is not dict:
        raise ProtocolError(Fault.JSON_WRONG_TYPE, what)
    if tuple(value) != names:
        expected = tuple(name for name in names if name in value or name not in optional)
        if set(value) != set(expected):
            raise ProtocolError(Fault.JSON_WRONG_FIELDS, what)
        if tuple(value) != expected:
            raise ProtocolError(Fault.NOT_CANONICAL, what)
    return value


def array(value: Any, length: int | None = None, what: str = "") -> list[Any]:
    """An array, of ``length`` if that is given."""
    if type(value) is not list:
        raise ProtocolError(Fault.JSON_WRONG_TYPE, what)
    if length is not None and len(value) != length:
        raise ProtocolError(Fault.JSON_WRONG_LENGTH, what)
    return value


def string(value: Any, what: str = "") -> str:
    """A string that has UTF-8 bytes, which half of a surrogate pair has not."""
    if type(value) is not str:
        raise ProtocolError(Fault.JSON_WRONG_TYPE, what)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise ProtocolError(Fault.JSON_INVALID, what) from None
    return value


def natural(value: Any, most: int = LARGEST_NUMBER, what: str = "") -> int:
    """A whole number from 0 to ``most``."""
    if type(value) is not int:
        raise ProtocolError(Fault.JSON_WRONG_TYPE, what)
    if not 0 <= value <= most:
        raise ProtocolError(Fault.JSON_NUMBER, what)
    return value


def boolean(value: Any, what: str = "") -> bool:
    if type(value) is not bool:
        raise ProtocolError(Fault.JSON_WRONG_TYPE, what)
    return value


def weight(value: Any, what: str = "") -> int:
    """A weight: a number up to ``LARGEST_NUMBER``, a decimal string above it."""
    if type(value) is int:
        return natural(value, what=what)
    number = decimal(string(value, what), what)
    if number <= LARGEST_NUMBER:
        raise ProtocolError(Fault.NOT_CANONICAL, what)
    return number


def write_weight(number: int) -> int | str:
    return number if number <= LARGEST_NUMBER else str(number)


def decimal(text: str, what: str = "") -> int:
    """A whole number in decimal digits without sign or leading zero."""
    if len(text) > _LONGEST_WEIGHT:
        raise ProtocolError(Fault.JSON_NUMBER, what)
    if not (text.isascii() and text.isdigit()) or (text[0] == "0" and text != "0"):
        raise ProtocolError(Fault.NOT_CANONICAL, what)
    return int(text)
