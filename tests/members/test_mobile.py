import pytest

from members.mobile import masked, tidy


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13800138000", "13800138000"),
        ("138 0013 8000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("0086 13800138000", "13800138000"),
        ("+852 5123 4567", "+85251234567"),
        ("zhangwei", "zhangwei"),
    ],
)
def test_a_number_is_brought_into_one_form(typed, stored):
    assert tidy(typed) == stored


def test_a_masked_number_cannot_be_called():
    assert masked("13800138000") == "138******00"


def test_no_number_is_masked_as_nothing():
    assert masked(None) == ""
