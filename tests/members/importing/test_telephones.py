"""Cells with several numbers, landlines, and words between them."""

from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from members.importing import telephones

MOBILE = "13800138000"


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("13800138000", ""),
        ("138-0013-8000", ""),
        (" +86 138 0013 8000 ", ""),
        ("１３８００１３８０００", ""),
        ("13800138000.0", ""),
        ("13800138000/13900139000", "13900139000"),
        ("13800138000、0571-88888888", "0571-88888888"),
        ("0571-88888888；13800138000", "0571-88888888"),
        ("13800138000，13900139000", "13900139000"),
        ("13800138000 13900139000", "13900139000"),
        ("138 0013 8000 139 0013 9000", "139 0013 9000"),
        ("0571-88888888\n13800138000", "0571-88888888"),
        ("座机0571-88888888 手机：13800138000", "0571-88888888"),
        ("13800138000（手机）", ""),
        ("(+86)13800138000", ""),
        ("+1 1415 555 0100 / 13800138000", "+1 1415 555 0100"),
    ],
)
def test_the_first_mobile_number_is_taken_and_the_others_are_told(typed, others):
    assert telephones.read(typed) == telephones.Telephones(MOBILE, others)


@pytest.mark.parametrize(
    "typed",
    [
        "0571-88888888",
        "(0571)88888888",
        "057188888888",
        "88888888",
        "0571-88888888-8012",
        "+86-571-88888888",
        "0571-88888888/0571-87777777",
        "400-123-4567",
        "010 6655 4433",
    ],
)
def test_a_landline_alone_is_refused_as_one(typed):
    with pytest.raises(ValidationError) as refusal:
        telephones.read(typed)
    assert refusal.value.code == "landline"


@pytest.mark.parametrize(
    "typed",
    ["1380013800", "138001380001", "1380013800O", "13800138000a", "去问", "+44 20 7946 0000", "12345"],
)
def test_what_is_neither_is_left_to_the_rule_of_the_record(typed):
    assert telephones.read(typed).number not in {"", MOBILE}


@given(st.text(alphabet="0123456789+-/、; （）手机", max_size=40))
def test_whatever_is_typed_is_read_or_refused_in_words(typed):
    with suppress(ValidationError):
        telephones.read(typed)
