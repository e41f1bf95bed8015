"""The group: the subgroup of prime order of the curve Ed25519, written multiplicatively as the Specification does.

Every operation is libsodium's. What libsodium leaves to the caller is handled here and nowhere else: the zero exponent,
the neutral element, and the byte order (libsodium's strings are little-endian, the protocol's big-endian).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache

from nacl.bindings import (
    crypto_core_ed25519_add,
    crypto_core_ed25519_is_valid_point,
    crypto_core_ed25519_scalar_add,
    crypto_core_ed25519_scalar_mul,
    crypto_core_ed25519_scalar_sub,
    crypto_core_ed25519_sub,
    crypto_scalarmult_ed25519_base_noclamp,
    crypto_scalarmult_ed25519_noclamp,
)

from .errors import Fault, ProtocolError

ORDER = 2**252 + 27742317777372353535851937790883648493
"""q: how many elements the group has; exponents are numbers modulo q."""

Randomness = Callable[[int], bytes]
"""Gives so many random bytes: ``secrets.token_bytes``, or a fixed stream in a test."""

_ELEMENT = re.compile(r"[0-9a-f]{64}", re.ASCII)
_SCALAR = re.compile(r"0|[1-9][0-9]*", re.ASCII)
_SCALAR_DIGITS = 76
_NEUTRAL = (1).to_bytes(32, "little")


class Element:
    """An element of the group: ``a * b``, ``a / b``, ``a ** n``.

    Made by the functions of this file only, which see to it that it belongs to the group.
    """

    __slots__ = ("_raw",)

    def __init__(self, raw: bytes) -> None:
        self._raw = raw

    def __mul__(self, other: Element) -> Element:
        return Element(crypto_core_ed25519_add(self._raw, other._raw))

    def __truediv__(self, other: Element) -> Element:
        return Element(crypto_core_ed25519_sub(self._raw, other._raw))

    def __pow__(self, exponent: int) -> Element:
        """``exponent`` may be any number; it counts modulo ``ORDER``."""
        exponent %= ORDER
        if not exponent or self._raw == _NEUTRAL:
            return NEUTRAL
        if self._raw == _GENERATOR:
            return Element(crypto_scalarmult_ed25519_base_noclamp(exponent.to_bytes(32, "little")))
        return Element(crypto_scalarmult_ed25519_noclamp(exponent.to_bytes(32, "little"), self._raw))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Element) and self._raw == other._raw

    def __hash__(self) -> int:
        return hash(self._raw)

    def __repr__(self) -> str:
        return f"<Element {self.encode()}>"

    def __reduce__(self):
        return (Element, (self._raw,))

    @property
    def is_neutral(self) -> bool:
        return self._raw == _NEUTRAL

    def encode(self) -> str:
        """64 hexadecimal digits, the highest first (the bytes of RFC 8032 reversed)."""
        return self._raw[::-1].hex()


NEUTRAL = Element(_NEUTRAL)
_GENERATOR = crypto_scalarmult_ed25519_base_noclamp((1).to_bytes(32, "little"))
GENERATOR = Element(_GENERATOR)


def decode_element(text: str) -> Element:
    """The element that ``text`` spells: canonical, on the curve, in the subgroup of order q, not neutral."""
    if type(text) is not str:
        raise ProtocolError(Fault.JSON_WRONG_TYPE)
    if _ELEMENT.fullmatch(text):
        raw = bytes.fromhex(text)[::-1]
        if crypto_core_ed25519_is_valid_point(raw):
            return Element(raw)
    raise ProtocolError(Fault.POINT)


def decode_element_or_neutral(text: str) -> Element:
    """As ``decode_element``, but the neutral element in its one spelling is let through."""
    return NEUTRAL if text == NEUTRAL.encode() else decode_element(text)


def encode_scalar(number: int) -> str:
    """A number modulo q in decimal digits."""
    return str(number)


def decode_scalar(text: str) -> int:
    """The number from 0 to q − 1 that ``text`` spells, without sign or leading zero."""
    if type(text) is not str:
        raise ProtocolError(Fault.JSON_WRONG_TYPE)
    if not _SCALAR.fullmatch(text):
        raise ProtocolError(Fault.SCALAR_FORM)
    if len(text) > _SCALAR_DIGITS or (number := int(text)) >= ORDER:
        raise ProtocolError(Fault.SCALAR_RANGE)
    return number


def power_of_generator(exponent: int) -> Element:
    """g to a secret exponent that may well be 0, which a branch on 0 would give away: g^(exponent + 1) / g."""
    return GENERATOR ** (exponent + 1) / GENERATOR


@cache
def small_power(message: int) -> Element:
    """g to a small public number, kept for the next time: the same few are wanted for every ciphertext."""
    return GENERATOR**message


def product(elements: Iterable[Element]) -> Element:
    """All of them multiplied; the neutral element if there are none."""
    result = None
    for element in elements:
        result = element if result is None else result * element
    return NEUTRAL if result is None else result


def random_scalar(randomness: Randomness) -> int:
    """Uniform modulo q: 48 bytes, reduced; the unevenness left is below 2^-130."""
    return int.from_bytes(randomness(48), "big") % ORDER


def plus_product(a: int, b: int, c: int) -> int:
    """a + b·c modulo q, by libsodium in constant time."""
    product_ = crypto_core_ed25519_scalar_mul(_scalar_bytes(b), _scalar_bytes(c))
    return int.from_bytes(crypto_core_ed25519_scalar_add(_scalar_bytes(a), product_), "little")


def minus_product(a: int, b: int, c: int) -> int:
    """a − b·c modulo q, by libsodium in constant time."""
    product_ = crypto_core_ed25519_scalar_mul(_scalar_bytes(b), _scalar_bytes(c))
    return int.from_bytes(crypto_core_ed25519_scalar_sub(_scalar_bytes(a), product_), "little")


def _scalar_bytes(number: int) -> bytes:
    return number.to_bytes(32, "little")
