"""Every stage × role × act, written from the handbook (sections 2 and 3.3), not from the table it checks."""

from __future__ import annotations

import itertools

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InternalError, transaction

from meetings import actions, workflow
from meetings.models import Meeting, Stage
from meetings.workflow import Act
from members.permissions import Role
from tests.factories import lead_to, make_event, make_meeting, make_member, make_user, sign_as_recorder

pytestmark = pytest.mark.django_db

STATES = ("planned", "in_session", "draft_minutes", "signed_off", "cancelled")
STAGES = ("planned", "in_session", "draft_minutes", "for_signature", "signed_off", "cancelled")

# Who is who to one meeting: the four roles of the branch, then what an ordinary member is to this meeting.
PEOPLE = ("administrator", "secretary", "committee", "chair", "recorder", "invited", "stranger")
KEEPERS = {"secretary", "committee"}
LEADING = {"chair", "recorder"}

EXPECTED: dict[str, dict[str, set[str]]] = {
    "see": dict.fromkeys(STAGES, KEEPERS | LEADING | {"invited"}),
    "read_materials": {
        "planned": KEEPERS | LEADING | {"invited"},
        "in_session": KEEPERS | LEADING | {"invited"},
    },
    "read_minutes": {
        "in_session": KEEPERS | LEADING,
        "draft_minutes": KEEPERS | LEADING,
        "for_signature": KEEPERS | LEADING,
        "signed_off": KEEPERS | LEADING | {"invited"},
    },
    "change_plan": dict.fromkeys(("planned", "in_session", "draft_minutes", "for_signature"), KEEPERS),
    "start": {"planned": KEEPERS | LEADING},
    "record": {
        "planned": KEEPERS | LEADING,
        "in_session": KEEPERS | LEADING,
        "draft_minutes": KEEPERS | LEADING,
        "for_signature": KEEPERS | LEADING,
    },
    "finish": {"in_session": KEEPERS | LEADING},
    # First the recorder, then the chair; the secretary in place of either.
    "sign_as_recorder": {"draft_minutes": {"secretary", "recorder"}},
    "sign_off": {"for_signature": {"secretary", "chair"}},
    "correct": {"signed_off": {"secretary"}},
    "cancel": {"planned": {"secretary"}, "in_session": {"secretary"}},
    "draft_report": dict.fromkeys(("draft_minutes", "for_signature", "signed_off"), KEEPERS),
}


@pytest.fixture
def cast():
    """One person of each sort, and the meeting's own people among them."""
    people = {
        "administrator": make_user(Role.ADMINISTRATOR),
        "secretary": make_user(Role.SECRETARY),
        "committee": make_user(Role.COMMITTEE),
    }
    return people | {name: make_user(Role.MEMBER) for name in ("chair", "recorder", "invited", "stranger")}


def meeting_with(cast, stage):
    meeting = make_meeting(
        by=cast["secretary"],
        chair=cast["chair"].member,
        recorder=cast["recorder"].member,
        invited=[cast["invited"].member],
        state="draft_minutes" if stage == "for_signature" else stage,
    )
    return sign_as_recorder(meeting, by=cast["recorder"]) if stage == "for_signature" else meeting


@pytest.mark.parametrize("state", STAGES)
def test_who_may_do_what_in_which_state(cast, state):
    meeting = meeting_with(cast, state)
    possible = {
        (act.value, name)
        for name in PEOPLE
        for act in Act
        if act in workflow.possible_acts(cast[name], meeting)
    }
    expected = {(act, name) for act, states in EXPECTED.items() for name in states.get(state, ())}
    assert possible == expected


def test_every_act_is_in_the_expectation():
    assert {act.value for act in Act} == set(EXPECTED)


@pytest.mark.parametrize(("state", "act"), list(itertools.product(STAGES, [act.value for act in Act])))
def test_an_act_in_the_wrong_state_is_refused_in_words(cast, state, act):
    meeting = meeting_with(cast, state)
    if "secretary" in EXPECTED[act].get(state, ()):
        workflow.check(cast["secretary"], Act(act), meeting)
        return
    with pytest.raises(ValidationError) as refusal:
        workflow.check(cast["secretary"], Act(act), meeting)
    assert str(Stage(state).label) in refusal.value.messages[0]


@pytest.mark.parametrize("act", [act.value for act in Act])
def test_somebody_whose_business_it_is_not_is_refused(cast, act):
    meeting = meeting_with(cast, "planned")
    with pytest.raises(PermissionDenied):
        workflow.check(cast["stranger"], Act(act), meeting)


def test_the_way_through_all_states(cast):
    meeting = meeting_with(cast, "planned")
    assert lead_to(meeting, "signed_off", by=cast["secretary"]).state == "signed_off"
    meeting.refresh_from_db()
    assert meeting.signed_off_by == cast["secretary"]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (start, end)
        for start, end in itertools.permutations(STATES, 2)
        if (start, end)
        not in {
            ("planned", "in_session"),
            ("planned", "cancelled"),
            ("in_session", "draft_minutes"),
            ("in_session", "cancelled"),
            ("draft_minutes", "signed_off"),
        }
    ],
)
def test_the_database_knows_the_ways_too(cast, start, end):
    meeting = meeting_with(cast, start)
    with pytest.raises(InternalError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(
            state=end,
            cancel_reason="台风" if end == "cancelled" else "",
            signed_off_by=cast["secretary"] if end == "signed_off" else None,
            signed_off_at=meeting.starts_at if end == "signed_off" else None,
        )


def test_cancelling_needs_a_reason(cast):
    meeting = meeting_with(cast, "planned")
    with pytest.raises(ValidationError):
        actions.cancel_meeting(meeting, by=cast["secretary"], reason="  ")


def test_votes_are_settled_when_the_meeting_opens(cast):
    meeting = meeting_with(cast, "planned")
    newcomer = make_member(stage="probationary")
    actions.invite(meeting, [newcomer], by=cast["secretary"])
    assert not meeting.attendances.get(member=newcomer).has_vote
    make_event(newcomer, "confirmed")
    actions.start_meeting(meeting, by=cast["secretary"])
    assert meeting.attendances.get(member=newcomer).has_vote
