"""The rules of an appraisal against the worked examples of the handbook (section 14) and a slow formulation."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appraisals.compliance import cap_of, majority, needs_reason

GRADES = ["excellent", "qualified", "basically_qualified", "unqualified"]


@pytest.mark.parametrize(("graded", "most"), [(11, 3), (2, 0), (3, 1), (12, 4)])
def test_a_third_rounded_down(graded, most):
    cap = cap_of([], share=Fraction(1, 3), base=graded)
    assert (cap.most, cap.is_nobody) == (most, most == 0)


def test_the_fourth_excellent_of_eleven_is_too_many():
    for number, kept in ((3, True), (4, False)):
        cap = cap_of(["excellent"] * number + ["qualified"] * (11 - number), share=Fraction(1, 3), base=11)
        assert cap.is_kept is kept


@given(st.lists(st.sampled_from(["", *GRADES])), st.integers(1, 10), st.integers(1, 10), st.integers(0, 60))
def test_the_cap_is_kept_exactly_when_the_share_is_not_exceeded(grades, parts, of, base):
    cap = cap_of(grades, share=Fraction(parts, of), base=base)
    assert cap.is_kept == (sum(grade == "excellent" for grade in grades) * of <= parts * base)


def beats_all(grade: str, counts: dict[str, int]) -> bool:
    return all(counts[grade] > counts[other] for other in counts if other != grade)


@given(st.dictionaries(st.sampled_from(GRADES), st.integers(0, 30)))
def test_the_majority_is_the_one_grade_that_nothing_else_reaches(counts):
    leading = majority(counts)
    winners = [grade for grade in counts if counts[grade] and beats_all(grade, counts)]
    assert ([leading] if leading else []) == winners


@pytest.mark.parametrize(
    ("grade", "counts", "needed"),
    [
        ("excellent", {"excellent": 7, "qualified": 2}, False),
        ("qualified", {"excellent": 7, "qualified": 2}, True),
        ("qualified", {"excellent": 4, "qualified": 4}, False),
        ("qualified", None, False),
        ("", {"excellent": 7}, False),
    ],
)
def test_a_grade_that_differs_from_the_majority_needs_a_reason(grade, counts, needed):
    assert needs_reason(grade, counts) is needed
