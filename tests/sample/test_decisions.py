"""The sample's decisions: every state, one that fails by one vote, numbers that follow from the attendance."""

import pytest

from meetings.decisions.models import Decision, Exclusion
from meetings.decisions.roll_call import RollCall
from meetings.decisions.standard_rules import Matter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def test_every_state_is_there():
    assert set(Decision.objects.values_list("state", flat=True)) == set(Decision.State.values)


def test_one_fails_by_one_vote():
    decision = Decision.objects.get(state="rejected")
    assert (decision.yes_needed - decision.counted_yes, decision.has_quorum) == (1, True)


def test_the_numbers_are_those_of_the_attendance():
    for decision in Decision.objects.exclude(due=None).select_related("meeting"):
        found = RollCall(decision.meeting).roll(decision.matter)
        assert (decision.due, decision.present + decision.recused) == (found.due, found.present), decision
        reached = decision.verdict
        assert (decision.is_passed, decision.has_quorum) == (reached.is_passed, reached.has_quorum)
        assert (decision.yes_needed, decision.counted_yes) == (reached.yes_needed, reached.counted_yes)
        assert decision.written_opinions.count() == decision.written_yes


def test_somebody_is_left_out_of_those_due():
    assert [exclusion.holds for exclusion in Exclusion.objects.all()].count(True) == 1


def test_one_was_replaced_and_one_taken_up_again():
    assert Decision.objects.exclude(supersedes=None).count() == 1
    assert Decision.objects.exclude(taken_up_from=None).count() == 1
    assert Decision.objects.filter(matter=Matter.CONFIRMATION, is_secret=True).exists()
