"""The cookie that tells the browser which draft it may forget."""

from __future__ import annotations

import pytest
from django.http import HttpResponse

from branch_portal.forms.drafts import SAVED_COOKIE, forget_draft


def cookies(key: str) -> list[str]:
    """As the server writes them into the answer: in the letters of a header."""
    response = forget_draft(HttpResponse(), key)
    return [morsel.OutputString().encode("latin-1").decode() for morsel in response.cookies.values()]


def test_the_drafts_key_goes_back_to_the_browser():
    assert cookies("7:meeting-plan-new")[0].startswith(f"{SAVED_COOKIE}=7:meeting-plan-new;")


@pytest.mark.parametrize("key", ["", "会议", "\u2028"])
def test_a_key_that_no_page_of_ours_makes_is_passed_over(key):
    assert cookies(key) == []


def test_a_key_cannot_begin_a_header_of_its_own():
    assert "\n" not in cookies("a\r\nSet-Cookie: b=c")[0]
