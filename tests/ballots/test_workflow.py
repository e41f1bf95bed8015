"""Who may do what in which state, written from the issue on the secret ballot and the handbook (2, 7.2, 7.3)."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from appraisals.ballots import workflow
from appraisals.ballots.models import SecretBallot
from appraisals.ballots.workflow import Act
from members.permissions import Role
from tests.ballots import factories
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2026, 1, 9, 9, tzinfo=datetime.UTC)

# s: being set up, o: open, c: closed, n: counted (not announced), a: counted and announced, v: void
STATES = {"s": "setup", "o": "open", "c": "closed", "n": "counted", "a": "counted", "v": "void"}
PEOPLE = ("secretary", "committee", "administrator", "voter", "scrutineer", "outsider")

# By person in the order of PEOPLE; "-" for never. A scrutineer here is not on the roll, to keep the two apart.
TABLE = {
    "see": ("socnav", "socnav", "socnav", "socnav", "socnav", "socnav"),  # whoever is left off is told so
    "see_roll": ("socnav", "socnav", "-", "-", "socnav", "-"),
    "change_setup": ("s", "s", "-", "-", "-", "-"),
    "hand_in_key": ("-", "-", "-", "-", "s", "-"),
    "open": ("s", "s", "-", "-", "-", "-"),
    "show_screen": ("o", "o", "-", "-", "o", "-"),
    "vote": ("-", "-", "-", "o", "-", "-"),
    "see_board": ("ocnav", "ocnav", "-", "ocnav", "ocnav", "-"),
    "issue_paper": ("o", "o", "-", "-", "-", "-"),
    "close": ("o", "o", "o", "-", "-", "-"),  # S-8: administrators can close, never read or change
    "verify_sealed": ("-", "-", "-", "-", "ocna", "-"),
    "decrypt": ("-", "-", "-", "-", "c", "-"),
    "enter_paper": ("c", "c", "-", "-", "c", "-"),
    "see_result": ("na", "na", "-", "a", "na", "-"),  # 7.2, step 11: announced as the branch decides
    "announce": ("na", "-", "-", "-", "-", "-"),
    "void": ("socn", "-", "-", "-", "-", "-"),  # what was announced stands
    "read_history": ("socnav", "socnav", "-", "-", "socnav", "-"),
}


@pytest.fixture
def people():
    watcher = make_user()
    stage = factories.set_up(voters=3, questions=1, also_watching=[watcher])
    return stage.ballot, {
        "secretary": stage.secretary,
        "committee": make_user(Role.COMMITTEE),
        "administrator": make_user(Role.ADMINISTRATOR),
        "voter": stage.voters[2],
        "scrutineer": watcher,
        "outsider": make_user(),
    }


def as_in(ballot: SecretBallot, letter: str) -> SecretBallot:
    ballot.state = STATES[letter]
    ballot.announced_at = NOW if letter == "a" else None
    return ballot


def test_every_act_is_in_the_table():
    assert set(TABLE) == {act.value for act in Act}


@pytest.mark.parametrize("name", TABLE)
def test_an_act_is_possible_for_whom_and_when_the_rules_say(people, name):
    ballot, users = people
    found = tuple(
        "".join(
            letter for letter in STATES if workflow.is_possible(users[who], Act(name), as_in(ballot, letter))
        )
        or "-"
        for who in PEOPLE
    )
    assert found == TABLE[name]


@pytest.mark.parametrize("name", TABLE)
def test_a_refusal_says_whether_it_is_the_person_or_the_moment(people, name):
    ballot, users = people
    for who, letters in zip(PEOPLE, TABLE[name], strict=True):
        for letter in STATES:
            as_in(ballot, letter)
            if letter in letters:
                workflow.check(users[who], Act(name), ballot)
                continue
            # Whoever may do it at another time is told so; for others it is none of their business.
            voter_waits = (who, name) == ("voter", "see_result") and letter != "a"
            expected = PermissionDenied if letters == "-" or voter_waits else ValidationError
            with pytest.raises(expected):
                workflow.check(users[who], Act(name), ballot)


def test_possible_acts_are_those_of_the_table(people):
    ballot, users = people
    for place, who in enumerate(PEOPLE):
        for letter in STATES:
            expected = {Act(name) for name, row in TABLE.items() if letter in row[place]}
            assert workflow.possible_acts(users[who], as_in(ballot, letter)) == expected


def test_somebody_who_votes_and_watches_may_do_both(people):
    ballot, users = people
    both = ballot.scrutineers.order_by("position")[0].member.user
    for letter in STATES:
        as_in(ballot, letter)
        expected = workflow.possible_acts(users["voter"], ballot) | workflow.possible_acts(
            users["scrutineer"], ballot
        )
        assert workflow.possible_acts(both, ballot) == expected


def test_a_secretary_who_is_not_on_the_roll_does_not_vote_and_on_it_does():
    secretary = make_user(Role.SECRETARY)
    stage = factories.set_up(voters=3, questions=1)
    as_in(stage.ballot, "o")
    assert not workflow.is_possible(secretary, Act.VOTE, stage.ballot)
    stage = factories.set_up(voters=3, questions=1, also_voting=[secretary])
    as_in(stage.ballot, "o")
    assert workflow.is_possible(secretary, Act.VOTE, stage.ballot)


def test_a_voter_or_scrutineer_of_another_ballot_is_an_outsider(people):
    _ballot, users = people
    other = factories.set_up(voters=3, questions=1).ballot
    for who in ("voter", "scrutineer"):
        for letter in STATES:
            assert workflow.possible_acts(users[who], as_in(other, letter)) == {Act.SEE}


def test_whoever_is_no_party_member_of_the_branch_sees_no_ballot(people):
    ballot, _users = people
    applicant = make_user(member=make_member(stage="applicant"))
    gone = make_user(member=make_member(left_on=datetime.date(2025, 1, 1)))
    for user in (applicant, gone):
        assert workflow.possible_acts(user, ballot) == frozenset()
        assert not SecretBallot.objects.visible_to(user).exists()


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("secretary", True),
        ("committee", True),
        ("administrator", True),
        ("voter", True),
        ("scrutineer", True),
        ("outsider", True),
    ],
)
def test_the_list_shows_a_ballot_to_whom_it_concerns(people, who, sees):
    ballot, users = people
    assert SecretBallot.objects.visible_to(users[who]).filter(pk=ballot.pk).exists() is sees
