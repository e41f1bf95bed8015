"""Setting up, changing the set-up, repeating a void vote."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from appraisals.ballots import actions
from appraisals.ballots.actions.setting_up import NewQuestion
from appraisals.ballots.models import SecretBallot, Step
from members.permissions import Role
from tests.ballots import factories
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db(transaction=True)
QUESTION = NewQuestion("甲", ["是", "否"], "A", ["yes", "no"])


def set_up(**options) -> SecretBallot:
    by = options.pop("by", None) or make_user(Role.SECRETARY)
    return actions.set_up(by=by, **{"title": "表决", "questions": [QUESTION], **options})


def test_a_ballot_is_set_up_with_the_defaults_of_the_handbook():
    ballot = set_up()
    assert (ballot.state, ballot.smallest_count, ballot.hides_own_row) == ("setup", 5, True)
    assert (ballot.turnout_needed, ballot.turnout_wanted) == ("more_than_half", "two_thirds")
    assert [(each.position, each.text, each.answers) for each in ballot.questions.all()] == [
        (1, "甲", ["是", "否"])
    ]
    assert list(ballot.steps.values_list("kind", flat=True)) == [Step.Kind.SET_UP]


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MEMBER])
def test_only_the_committee_sets_up(role):
    with pytest.raises(PermissionDenied):
        set_up(by=make_user(role))
    assert not SecretBallot.objects.exists()


@pytest.mark.parametrize(
    "options",
    [
        {"questions": []},
        {"title": ""},
        {"title": "字" * 201},
        {"smallest_count": 1},
        {"smallest_count": 1001},
        {"turnout_needed": "some"},
        {"entitled": -1},
    ],
)
def test_a_set_up_that_makes_no_sense_is_refused_and_leaves_nothing(options):
    with pytest.raises(ValidationError):
        set_up(**options)
    assert not SecretBallot.objects.exists()


def test_a_rule_that_does_not_exist_is_a_mistake_of_the_program():
    with pytest.raises(TypeError, match="state"):
        set_up(state="counted")


def test_one_ballot_of_a_series_lives_and_the_refusal_is_in_words():
    secretary = make_user(Role.SECRETARY)
    ballot = set_up(by=secretary)
    with pytest.raises(ValidationError, match="only a void one is repeated"):
        set_up(by=secretary, series=ballot.series)
    assert SecretBallot.objects.count() == 1


def test_the_roll_is_exactly_whom_one_names_and_keeps_the_places_of_those_who_stay():
    stage = factories.set_up(voters=3, questions=1)
    stayed = stage.ballot.voters.get(member=stage.voters[0].member)
    late = make_member()
    actions.change_roll(stage.ballot, by=stage.secretary, voters=[stage.voters[0].member, late, late])
    assert set(stage.ballot.voters.values_list("member", flat=True)) == {stage.voters[0].member_id, late.pk}
    assert stage.ballot.voters.get(member=stage.voters[0].member).pk == stayed.pk


def test_appointing_again_keeps_the_keys_of_those_who_stay_in_the_new_order():
    stage = factories.set_up(voters=3, questions=1)
    factories.hand_in_keys(stage)
    first, second = stage.scrutineers
    key = stage.ballot.scrutineers.get(member=second.member).public_key
    new = make_member()
    actions.appoint_scrutineers(stage.ballot, by=stage.secretary, scrutineers=[second.member, new, new])
    assert list(stage.ballot.scrutineers.values_list("member", "position", "public_key")) == [
        (second.member_id, 1, key),
        (new.pk, 2, None),
    ]
    with pytest.raises(PermissionDenied):
        actions.hand_in_key(stage.ballot, by=first, data=b"{}")


def test_one_scrutineer_alone_or_twice_is_refused():
    stage = factories.set_up(voters=3, questions=1)
    one = stage.voters[0].member
    for watchers in ([], [one], [one, one]):
        with pytest.raises(ValidationError, match="two different people"):
            actions.appoint_scrutineers(stage.ballot, by=stage.secretary, scrutineers=watchers)
    assert stage.ballot.scrutineers.count() == 2


def test_rules_change_before_opening_and_are_checked():
    stage = factories.set_up(voters=3, questions=1)
    actions.change_rules(stage.ballot, by=stage.secretary, smallest_count=3, hides_own_row=False)
    assert (stage.refresh().smallest_count, stage.ballot.hides_own_row) == (3, False)
    with pytest.raises(ValidationError):
        actions.change_rules(stage.ballot, by=stage.secretary, smallest_count=1)
    assert stage.refresh().smallest_count == 3


def test_nothing_of_the_set_up_changes_after_opening():
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    member = make_member()
    for change in (
        lambda: actions.change_rules(stage.ballot, by=stage.secretary, smallest_count=3),
        lambda: actions.change_roll(stage.ballot, by=stage.secretary, voters=[member]),
        lambda: actions.appoint_scrutineers(
            stage.ballot, by=stage.secretary, scrutineers=[member, stage.voters[0].member]
        ),
        lambda: actions.open_voting(stage.ballot, by=stage.secretary),
    ):
        with pytest.raises(ValidationError) as refusal:
            change()
        assert refusal.value.code == "state"
    assert (stage.ballot.voters.count(), stage.ballot.scrutineers.count()) == (3, 2)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MEMBER])
def test_only_the_committee_changes_the_set_up(role):
    stage, user = factories.set_up(voters=3, questions=1), make_user(role)
    with pytest.raises(PermissionDenied):
        actions.change_rules(stage.ballot, by=user, smallest_count=3)
    with pytest.raises(PermissionDenied):
        actions.change_roll(stage.ballot, by=user, voters=[])
    assert stage.ballot.voters.count() == 3


# --- repeating ------------------------------------------------------------------------------------
def void_stage(**options):
    stage = factories.opened(voters=4, questions=2, smallest_count=2, **options)
    actions.declare_void(stage.ballot, by=stage.secretary, reason="…")
    stage.refresh()
    return stage


def test_a_repeated_vote_has_the_same_questions_and_people_and_nothing_else_of_the_void_one():
    stage = void_stage(turnout_needed="four_fifths", closes_at=timezone.now() + datetime.timedelta(hours=1))
    again = actions.repeat(stage.ballot, by=stage.secretary)
    assert (again.series, again.state, again.turnout_needed) == (stage.ballot.series, "setup", "four_fifths")
    assert (again.closes_at, again.election, again.void_reason) == (None, None, "")
    assert again.uuid != stage.ballot.uuid
    columns = ("position", "text", "text_en", "answers", "answers_en", "subject")
    assert list(again.questions.values_list(*columns)) == list(stage.ballot.questions.values_list(*columns))
    for people in ("voters", "scrutineers"):
        before, after = (getattr(each, people) for each in (stage.ballot, again))
        assert set(after.values_list("member", flat=True)) == set(before.values_list("member", flat=True))
        assert not set(after.values_list("pk", flat=True)) & set(before.values_list("pk", flat=True))
    assert list(again.scrutineers.values_list("public_key", flat=True)) == [None, None]


def test_a_vote_that_is_not_void_is_not_repeated_and_a_void_one_once():
    stage = factories.opened(voters=3, questions=1, smallest_count=2)
    with pytest.raises(ValidationError, match="Only a void ballot"):
        actions.repeat(stage.ballot, by=stage.secretary)
    stage = void_stage()
    actions.repeat(stage.ballot, by=stage.secretary)
    with pytest.raises(ValidationError, match="only a void one is repeated"):
        actions.repeat(stage.ballot, by=stage.secretary)


def test_the_number_entitled_is_that_of_the_new_roll_unless_it_was_given():
    stage = void_stage()
    assert stage.ballot.entitled == 4
    roll = [each.member for each in stage.voters[:3]]
    again = actions.repeat(stage.ballot, by=stage.secretary, voters=roll)
    assert again.entitled is None
    given = void_stage(entitled=9)
    assert actions.repeat(given.ballot, by=given.secretary, voters=roll).entitled == 9


def test_only_the_committee_repeats():
    stage = void_stage()
    with pytest.raises(PermissionDenied):
        actions.repeat(stage.ballot, by=stage.voters[0])
    assert SecretBallot.objects.count() == 1


def test_what_a_plan_has_approved_stands():
    stage = factories.set_up(voters=3, questions=1)
    SecretBallot.objects.filter(pk=stage.ballot.pk).update(eligible=[each.member_id for each in stage.voters])
    closing = timezone.now() + datetime.timedelta(hours=1)
    assert actions.change_rules(stage.ballot, by=stage.secretary, closes_at=closing).closes_at == closing
    with pytest.raises(ValidationError, match="approved with the plan and stand"):
        actions.change_rules(stage.ballot, by=stage.secretary, smallest_count=7)
    other = make_user().member
    with pytest.raises(ValidationError, match="Not entitled by the plan"):
        actions.change_roll(stage.ballot, by=stage.secretary, voters=[other])
