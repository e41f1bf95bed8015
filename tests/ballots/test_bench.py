"""The measurement of casting does not only print: it fails where a ballot is lost, doubled or unanswered."""

from __future__ import annotations

import pytest

from bench.casting import check


def test_a_box_that_holds_what_was_sent_passes():
    check(["a", "b"], ["b", "a"])


@pytest.mark.parametrize(
    ("stored", "failures", "told"),
    [
        (["a"], [], "1 lost: b"),
        (["a", "b", "b"], [], "1 never sent, or there twice: b"),
        (["a", "c"], [], "1 lost: b; 1 never sent, or there twice: c"),
        (["a", "b"], [ConnectionError("gone")], "1 without an answer"),
    ],
    ids=["lost", "double", "altered", "unanswered"],
)
def test_anything_else_is_an_error(stored, failures, told):
    with pytest.raises(RuntimeError, match=told):
        check(["a", "b"], stored, failures)
