"""Numbers and elements: one spelling each, and nothing from outside the group."""

from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.bindings import crypto_core_ed25519_add

from appraisals.ballots.protocol.errors import Fault, ProtocolError
from appraisals.ballots.protocol.group import (
    GENERATOR,
    NEUTRAL,
    ORDER,
    decode_element,
    decode_element_or_neutral,
    decode_scalar,
    encode_scalar,
    minus_product,
    plus_product,
    power_of_generator,
    product,
    random_scalar,
)

P = 2**255 - 19
SCALARS = st.integers(0, ORDER - 1)


def spelled(number: int) -> str:
    return f"{number:064x}"


# RFC 8032, section 5.1: y = 4/5, x even; printed with the highest byte first.
BASE = "6666666666666666666666666666666666666666666666666666666666666658"
ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
SIGN = 1 << 255


def test_the_generator_and_the_neutral_element_have_their_known_spellings():
    assert GENERATOR.encode() == BASE
    assert NEUTRAL.encode() == spelled(1)
    assert decode_element(BASE) == GENERATOR


@given(SCALARS, SCALARS)
def test_powers_follow_the_laws_of_exponents(a, b):
    assert GENERATOR**a * GENERATOR**b == GENERATOR ** (a + b)
    assert GENERATOR**a / GENERATOR**b == GENERATOR ** (a - b)
    assert (GENERATOR**a) ** b == GENERATOR ** (a * b)
    assert power_of_generator(a) == GENERATOR**a


@given(SCALARS, SCALARS, SCALARS)
def test_libsodiums_scalars_are_those_of_arithmetic(a, b, c):
    assert plus_product(a, b, c) == (a + b * c) % ORDER
    assert minus_product(a, b, c) == (a - b * c) % ORDER


@pytest.mark.parametrize("exponent", [0, ORDER, 1, ORDER - 1, ORDER + 1])
def test_exponents_at_the_edges(exponent):
    assert GENERATOR**exponent == power_of_generator(exponent)
    assert (GENERATOR**exponent).is_neutral == (exponent % ORDER == 0)
    assert NEUTRAL**exponent == NEUTRAL
    assert (GENERATOR**5) ** exponent == GENERATOR ** (5 * exponent)


def test_the_product_of_nothing_is_neutral():
    assert product([]) == NEUTRAL
    assert product([GENERATOR, GENERATOR, NEUTRAL]) == GENERATOR**2


@given(SCALARS)
def test_an_element_is_read_as_it_was_written(exponent):
    element = GENERATOR**exponent
    assert decode_element_or_neutral(element.encode()) == element


@given(SCALARS)
def test_a_scalar_is_read_as_it_was_written(number):
    assert decode_scalar(encode_scalar(number)) == number


NO_ELEMENTS = {
    "neutral": spelled(1),
    "neutral with the sign of x": spelled(1 | SIGN),
    "neutral with y above p": spelled(P + 1),
    "order 2": spelled(P - 1),
    "order 2 with the sign of x": spelled((P - 1) | SIGN),
    "order 4": spelled(0),
    "order 4, the other": spelled(SIGN),
    "order 4 with y above p": spelled(P),
    "order 8": spelled(ORDER_8),
    "not on the curve": spelled(2),
    "largest": "f" * 64,
    "upper case": BASE[:-1].upper() + "A",
    "one digit short": BASE[1:],
    "one digit more": "0" + BASE,
    "white space": BASE + "\n",
    "prefix": "0x" + BASE[2:],
    "empty": "",
    "other digits": "٦" * 64,
    "full-width": BASE[:-1] + "８",
}


@pytest.mark.parametrize("text", NO_ELEMENTS.values(), ids=NO_ELEMENTS)
def test_what_is_no_element_in_its_one_spelling_is_refused(text):
    with pytest.raises(ProtocolError) as refused:
        decode_element(text)
    assert refused.value.fault == Fault.POINT


def test_an_element_with_a_part_of_small_order_is_refused():
    """On the curve, not of small order, and yet outside the subgroup: the one that breaks ballots (pitfall 3)."""
    order_2 = spelled(P - 1)
    raw = crypto_core_ed25519_add(bytes.fromhex(BASE)[::-1], bytes.fromhex(order_2)[::-1])
    with pytest.raises(ProtocolError) as refused:
        decode_element(raw[::-1].hex())
    assert refused.value.fault == Fault.POINT


@pytest.mark.parametrize("text", [NO_ELEMENTS[name] for name in NO_ELEMENTS if name != "neutral"])
def test_the_neutral_element_is_let_through_in_one_spelling_only(text):
    assert decode_element_or_neutral(NEUTRAL.encode()) == NEUTRAL
    with pytest.raises(ProtocolError):
        decode_element_or_neutral(text)


@pytest.mark.parametrize(
    "text",
    ["", "+1", "-1", "-0", "01", "00", " 1", "1 ", "1\n", "1_0", "0x1", "1e3", "1.0", "١", "１", "a", "NaN"],
)
def test_other_spellings_of_numbers_are_refused(text):
    with pytest.raises(ProtocolError) as refused:
        decode_scalar(text)
    assert refused.value.fault == Fault.SCALAR_FORM


@pytest.mark.parametrize(
    "text",
    [str(ORDER), str(ORDER + 1), str(2**253), "1" + "0" * 76, "9" * 100_000],
    ids=["q", "q + 1", "2^253", "77 digits", "100 000 digits"],
)
def test_numbers_beyond_the_order_are_refused(text):
    with pytest.raises(ProtocolError) as refused:
        decode_scalar(text)
    assert refused.value.fault == Fault.SCALAR_RANGE


@pytest.mark.parametrize("value", [None, 5, 1.5, True, [], {}, b"1"], ids=repr)
def test_other_json_types_are_refused(value):
    for decode in (decode_scalar, decode_element, decode_element_or_neutral):
        with pytest.raises(ProtocolError) as refused:
            decode(value)
        assert refused.value.fault == Fault.JSON_WRONG_TYPE


def test_random_scalars_take_the_bytes_they_are_given():
    assert random_scalar(lambda number: (ORDER + 7).to_bytes(number, "big")) == 7
    assert random_scalar(secrets.token_bytes) != random_scalar(secrets.token_bytes)
