"""Who should have talked with whom: against a slow formulation over random branches."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from meetings.talks.pairs import asked, missing

people = st.sets(st.integers(1, 9), max_size=8)


def test_a_branch_of_five_with_a_committee_of_two():
    of = asked({1, 2}, {1, 2, 3, 4, 5})
    assert of.among_the_committee == {frozenset({1, 2})}
    assert len(of.with_the_committee) == 6
    assert of.among_members == {3, 4, 5}
    assert of.count == 10


def test_one_talk_fulfils_one_pair_and_two_members():
    of = asked({1, 2}, {1, 2, 3, 4, 5})
    left = missing(of, [frozenset({1, 2}), frozenset({1, 3}), frozenset({3, 4}), frozenset({3, 4})])
    assert left.among_the_committee == set()
    assert frozenset({1, 3}) not in left.with_the_committee
    assert left.among_members == {5}
    assert left.count == 5 + 1


def test_a_member_alone_is_asked_for_no_talk_with_another():
    assert asked({1}, {1, 2}).among_members == set()


@given(
    committee=people,
    members=people,
    talked=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=12),
)
def test_what_is_missing_is_what_a_slow_count_finds(committee, members, talked):
    talked = [pair for pair in talked if pair[0] != pair[1]]
    left = missing(asked(committee, members), map(frozenset, talked))

    def met(one, other):
        return (one, other) in talked or (other, one) in talked

    others = [person for person in members if person not in committee]
    assert left.among_the_committee == {
        frozenset({one, other})
        for one in committee
        for other in committee
        if one < other and not met(one, other)
    }
    assert left.with_the_committee == {
        frozenset({one, other}) for one in committee for other in others if not met(one, other)
    }
    assert left.among_members == {
        one for one in others if len(others) > 1 and not any(met(one, other) for other in others)
    }
