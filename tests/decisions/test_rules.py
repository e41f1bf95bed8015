"""Quorum and majority: the worked examples of the handbook (14), and an independent slow reckoning over random rolls."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings.decisions import wording
from meetings.decisions.rules import (
    DUE,
    PRESENT,
    Roll,
    Rule,
    Share,
    Tally,
    Voter,
    due_with_recusals,
    has_quorum,
    in_force,
    is_nearly_equal,
    quorum_needed,
    roll,
    verdict,
)
from meetings.decisions.standard_rules import RULES, Matter, matters_of

DAY = datetime.date(2025, 3, 24)


def rule(matter: str, day: datetime.date = DAY) -> Rule:
    return in_force(RULES, matter, day)


def vote(matter: str, day: datetime.date = DAY, **numbers):
    return verdict(rule(matter, day), Tally(**{"no": 0, "abstain": 0, **numbers}))


# --- section 14 of the handbook, row by row ----------------------------------------------------------
def test_ordinary_resolution_with_half_of_those_due():
    found = vote("ordinary", due=16, present=8, yes=8)
    assert (found.has_quorum, found.is_passed, found.yes_needed) == (True, False, 9)


def test_ordinary_resolution_with_one_more():
    assert vote("ordinary", due=16, present=9, yes=9).is_passed


def test_ordinary_resolution_of_an_odd_number():
    assert not has_quorum(rule("ordinary"), 15, 7)
    assert quorum_needed(rule("ordinary"), 15) == 8


def test_admission_with_half_of_those_due_has_no_quorum():
    assert not has_quorum(rule("admission"), 16, 8)


def test_admission_with_two_thirds_of_those_present():
    found = vote("admission", due=16, present=12, yes=8)
    assert (found.has_quorum, found.is_passed) == (True, False)


def test_admission_with_opinions_on_paper():
    found = vote("admission", due=16, present=10, yes=7, written_yes=2)
    assert (found.counted_yes, found.is_passed) == (9, True)


def test_committee_with_half_of_the_commissioners():
    assert has_quorum(rule("committee"), 4, 2)


def test_election_by_the_rules_of_2020_and_1990():
    new, old = rule("election"), rule("election", datetime.date(2019, 1, 1))
    assert (has_quorum(new, 10, 8), has_quorum(old, 10, 8)) == (True, False)
    numbers = {"due": 10, "present": 8, "yes": 5}
    found = vote("election", **numbers)
    assert (found.is_passed, found.yes_needed) == (False, 6)
    # By the old rules five of eight were enough, but eight of ten were no quorum: nine and five.
    assert verdict(old, Tally(no=0, abstain=0, **numbers)).yes_needed == 5
    assert vote("election", datetime.date(2019, 1, 1), due=10, present=9, yes=5).is_passed


def test_twelve_full_and_two_probationary_members():
    """Whoever has no vote is no voter; those due are the twelve."""
    assert roll(Voter(number) for number in range(12)).due == 12


# --- beyond the examples ------------------------------------------------------------------------------
def test_written_opinions_count_only_where_the_rule_says_so():
    assert not vote("ordinary", due=16, present=10, yes=7, written_yes=2).is_passed


def test_without_a_quorum_nothing_passes():
    odd = Rule("ordinary", DAY, "", Share(1, 2, True), Share(1, 4, False))
    assert not verdict(odd, Tally(16, 7, 7, 0, 0)).is_passed


def test_nobody_due_is_no_quorum():
    assert not has_quorum(rule("ordinary"), 0, 0)


def test_whoever_is_left_out_is_not_due_but_whoever_comes_is():
    voters = [
        Voter(1, came=True),
        Voter(2),
        Voter(3, is_left_out=True),
        Voter(4, came=True, is_left_out=True),
    ]
    assert roll(voters) == Roll(due=3, present=2, left_out=1)


def test_recused_people_stay_due_unless_the_branch_says_otherwise():
    own = Rule("ordinary", DAY, "", Share(1, 2, True), Share(1, 2, False), recused_stay_due=False)
    assert (due_with_recusals(rule("ordinary"), 16, 2), due_with_recusals(own, 16, 2)) == (16, 14)


def test_the_rule_in_force_is_the_newest_that_has_begun_and_of_one_day_the_branchs_own():
    own = Rule(
        "ordinary", datetime.date(2024, 1, 1), "", Share(2, 3, True), Share(1, 2, False), is_local=True
    )
    rules = [*RULES, own]
    assert in_force(rules, "ordinary", datetime.date(2023, 12, 31)).source == "BR 11"
    assert in_force(rules, "ordinary", datetime.date(2024, 1, 1)) == own
    newer = Rule("ordinary", own.valid_from, "", Share(1, 2, True), Share(1, 2, False))
    assert in_force([own, newer], "ordinary", DAY) == own
    assert in_force(RULES, "ordinary", datetime.date(2001, 1, 1)).source == "BR 11"


def test_a_rule_comes_back_from_its_snapshot():
    assert all(Rule.from_dict(one.as_dict()) == one for one in RULES)


def test_every_matter_has_a_rule():
    assert {one.matter for one in RULES} == set(Matter)


def test_every_source_is_named_in_words():
    assert all(wording.source(one) != one.source for one in RULES)
    assert (
        wording.source(Rule("ordinary", DAY, "议事规则", Share(1, 2, True), Share(1, 2, True))) == "议事规则"
    )


def test_what_a_meeting_decides():
    assert matters_of(["committee_meeting"]) == ["committee"]
    assert matters_of(["group_meeting"]) == []
    assert "committee" not in matters_of(["members_meeting"])
    assert matters_of(["members_meeting", "committee_meeting"]) == list(Matter)


@pytest.mark.parametrize(
    ("yes", "no", "nearly"), [(8, 8, True), (8, 7, True), (20, 18, True), (20, 16, False), (9, 0, False)]
)
def test_nearly_equal_sides(yes, no, nearly):
    assert is_nearly_equal(yes, no) is nearly


def test_the_sentence_of_the_chair():
    assert wording.announcement(rule("ordinary"), Roll(16, 8, 1)) == (
        "Due 16, present 8 (1 online); the quorum for “ordinary resolution” (at least half: 8) is met."
    )
    assert wording.announcement(rule("admission"), Roll(16, 8, 0)) == (
        "Due 16, present 8 (0 online); the quorum for “admission of a probationary member” (more than half: 9) is not met."
    )
    assert "(at least 4/5: 8) is met" in wording.announcement(rule("election"), Roll(10, 8))


def test_the_reason_in_words():
    numbers = Tally(16, 8, 8, 0, 0)
    found = verdict(rule("ordinary"), numbers)
    assert wording.reason(rule("ordinary"), found, due=16, present=8) == (
        "8 yes, 9 needed: more than half of 16 due."
    )
    found = verdict(rule("admission"), numbers)
    assert wording.reason(rule("admission"), found, due=16, present=8) == (
        "8 present, 9 needed: more than half of 16 due."
    )


# --- the same, reckoned slowly ------------------------------------------------------------------------
shares = st.builds(
    lambda denominator, part, inclusive: Share(min(part, denominator), denominator, inclusive),
    st.integers(1, 12),
    st.integers(1, 12),
    st.booleans(),
)
rules = st.builds(
    Rule,
    matter=st.just("ordinary"),
    valid_from=st.just(DAY),
    source=st.just(""),
    quorum=shares,
    majority=shares,
    majority_of=st.sampled_from([DUE, PRESENT]),
    counts_written=st.booleans(),
    recused_stay_due=st.booleans(),
)


# Every voter by what he or she does: votes in the room, stays silent there, wrote, or is away.
DOINGS = ("yes", "no", "abstain", "silent", "wrote yes", "wrote no", "away")
rolls = st.tuples(*(st.integers(0, 12) for _doing in DOINGS)).map(
    lambda counts: [doing for doing, count in zip(DOINGS, counts, strict=True) for _person in range(count)]
)
# A busy machine is no fault of the rules.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=300)


def slowly(one: Share, count: int, base: int) -> bool:
    if count == 0:
        return False
    part = Fraction(one.numerator, one.denominator)
    return Fraction(count, base) >= part if one.is_inclusive else Fraction(count, base) > part


@patient
@given(rules, rolls)
def test_a_verdict_agrees_with_fractions(found, voters):
    here = [voter for voter in voters if voter in {"yes", "no", "abstain", "silent"}]
    tally = Tally(
        due=len(voters),
        present=len(here),
        yes=voters.count("yes"),
        no=voters.count("no"),
        abstain=voters.count("abstain"),
        written_yes=voters.count("wrote yes"),
        written_no=voters.count("wrote no"),
    )
    counted = [voter for voter in voters if voter == "yes" or (found.counts_written and voter == "wrote yes")]
    base = voters if found.majority_of == DUE else here
    quorate = slowly(found.quorum, len(here), len(voters))
    # An old rule counts of those present, and a written yes may be more than all of them.
    passes = quorate and slowly(found.majority, len(counted), len(base))
    reached = verdict(found, tally)
    assert (reached.has_quorum, reached.is_passed) == (quorate, passes)
    assert reached.is_passed == (len(here) >= reached.quorum_needed and len(counted) >= reached.yes_needed)


@patient
@given(shares, st.integers(0, 200))
def test_the_least_number_is_the_first_that_reaches_the_share(one, base):
    least = next(count for count in range(base + 3) if count and (base == 0 or slowly(one, count, base)))
    if base == 0 and not one.is_inclusive:
        least = 1
    assert one.least(base) == least
