"""Decisions in the official form of the minutes."""

from __future__ import annotations

import pytest

from meetings.decisions import actions
from meetings.decisions.actions import Votes
from meetings.decisions.in_minutes import decisions_of
from tests.decisions.factories import discussed, make_hall, propose, voted

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall():
    return make_hall(due=16, present=8)


def test_a_matter_is_told_with_discussion_vote_outcome_and_differing_view(hall):
    matter = discussed(hall, title="更新设备", text="支出两万元")
    matter.dissents.create(member=hall.people[1], text="可以缓办")
    matter = actions.record_vote(matter, Votes(8, 0, 0), by=hall.secretary, insist=True)
    told = decisions_of(hall.meeting).lines
    assert told[0] == "(1) 更新设备"
    assert "支出两万元" in told
    assert "Discussion: 讨论充分，意见一致。" in told
    assert f"Differing view of {hall.people[1]}: 可以缓办" in told
    assert "Vote: due 16, present 8; yes 8, no 0, abstentions 0." in told
    assert matter.reason in told


def test_what_was_merely_proposed_is_not_in_the_minutes(hall):
    propose(hall)
    assert decisions_of(hall.meeting) is None


def test_queries_do_not_grow_with_the_matters(hall, django_assert_num_queries):
    discussed(hall)
    with django_assert_num_queries(3):
        assert len(decisions_of(hall.meeting).lines) > 0
    for _number in range(4):
        voted(hall, yes=8)
    with django_assert_num_queries(3):
        decisions_of(hall.meeting)
