"""What the database itself refuses, whoever writes: every constraint and every trigger is provoked."""

from __future__ import annotations

import datetime
import re

import pytest
from django.db import IntegrityError, InternalError, transaction

from meetings import actions as meeting_actions
from meetings.decisions import actions
from meetings.decisions.models import (
    Category,
    Decision,
    Dissent,
    Exclusion,
    LocalRule,
    Recusal,
    WrittenOpinion,
)
from tests.decisions.factories import discussed, in_execution, make_category, make_hall, propose, voted
from tests.factories import make_member, sign_off

pytestmark = pytest.mark.django_db


def refused(what: str, write) -> None:
    """The write fails, and the error names the constraint or the trigger's sentence."""
    with pytest.raises((IntegrityError, InternalError), match=re.escape(what)), transaction.atomic():
        write()


def change(decision: Decision, **values):
    return lambda: Decision.objects.filter(pk=decision.pk).update(**values)


def sign(hall) -> None:
    meeting = meeting_actions.finish_meeting(hall.meeting, by=hall.secretary)
    sign_off(meeting, by=hall.secretary)


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("decision_has_its_whole_vote_or_none", {"due": 3}),
        ("decision_is_discussed_in_a_meeting_before_its_vote", {"discussion": ""}),
        ("decision_is_about_a_person_exactly_when_its_matter_is", {"matter": "admission"}),
        ("amount_of_a_decision_is_not_negative", {"amount": -1}),
        ("decision_says_why_exactly_when_deferred", {"deferred_because": "资料不全"}),
        ("decision_is_voted_on_exactly_when_settled", {"state": "decided"}),
    ],
)
def test_constraints_of_an_open_matter(name, values):
    refused(name, change(discussed(make_hall(due=3)), **values))


NUMBERS = {
    "due": 3,
    "present": 3,
    "yes": 3,
    "no": 0,
    "abstain": 0,
    "written_yes": 0,
    "written_no": 0,
    "written_abstain": 0,
    "recused": 0,
    "rule": {},
    "quorum_needed": 2,
    "yes_needed": 2,
    "counted_yes": 3,
    "has_quorum": True,
    "is_passed": True,
    "state": "decided",
}


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("present_are_among_those_due", {"present": 4}),
        ("votes_are_of_those_present", {"no": 1}),
        ("written_opinions_are_of_those_absent", {"written_no": 1}),
        ("counted_votes_are_with_or_without_those_in_writing", {"counted_yes": 2}),
        ("quorum_follows_from_the_numbers", {"quorum_needed": 4}),
        ("passing_follows_from_the_numbers", {"yes_needed": 4}),
        ("decided_is_what_passed_and_rejected_what_did_not", {"state": "rejected"}),
        ("execution_has_an_owner_and_a_deadline", {"state": "in_execution"}),
    ],
)
def test_constraints_of_a_vote(name, values):
    hall = make_hall(due=3)
    values = {**NUMBERS, "meeting": hall.meeting, "discussion": "有", "title": "事项", "text": "文", **values}
    refused(name, lambda: Decision.objects.create(**values))


def test_a_vote_on_a_person_is_secret_in_the_database_too():
    hall = make_hall(due=3)
    decision = discussed(hall, matter="admission", about=make_member())
    refused("vote_on_a_person_is_secret", change(decision, **NUMBERS))


def test_an_important_matter_is_researched_in_the_database_too():
    decision = discussed(make_hall(due=3), category=make_category())
    refused("important_matter_is_researched_before_its_vote", change(decision, **NUMBERS))


def test_a_decision_follows_another_one():
    decision = propose(make_hall(due=3))
    refused("decision_follows_another_one_not_itself", change(decision, supersedes=decision.pk))


def test_the_check_names_who_checked():
    decision = in_execution(make_hall(due=3))
    Decision.objects.filter(pk=decision.pk).update(state="completed")
    refused("decision_is_checked_by_somebody_exactly_when_checked", change(decision, state="checked"))


@pytest.mark.parametrize(
    "values",
    [
        {"text": "另一文本"},
        {"title": "另一标题"},
        {"yes": 2},
        {"discussion": "改"},
        {"rule": {}},
        {"meeting": None},
    ],
)
def test_text_and_votes_of_a_decided_matter_never_change(values):
    decision = voted(make_hall(due=3), yes=3)
    refused("decision_stands_as_it_was_taken", change(decision, **values))


def test_not_even_by_a_correction_of_the_minutes():
    hall = make_hall(due=3)
    decision = voted(hall, yes=3)
    sign(hall)
    with meeting_actions.correcting(hall.meeting, by=hall.secretary, reason="核对"):
        refused("nothing is decided any more", change(decision, yes=2))


def test_a_rejected_and_a_deferred_matter_stand_too():
    hall = make_hall(due=3)
    refused("decision_stands_as_it_was_taken", change(voted(hall, yes=1, no=2), text="改"))
    deferred = actions.defer(discussed(hall), by=hall.secretary, reason="资料不全")
    refused("decision_stands_as_it_was_taken", change(deferred, text="改"))


def test_states_follow_the_workflow():
    decision = voted(make_hall(due=3), yes=3)
    refused("Invalid transition", change(decision, state="completed"))


def test_a_decision_is_never_deleted_once_discussed():
    hall = make_hall(due=3)
    propose(hall).delete()
    refused("decision_is_never_deleted_once_discussed", discussed(hall).delete)


def test_nothing_is_decided_in_a_signed_meeting():
    hall = make_hall(due=3)
    waiting = discussed(hall)
    other = propose(hall, on_meeting=False)
    sign(hall)
    refused("nothing is decided any more", change(waiting, text="改"))
    refused("nothing is decided any more", change(waiting, state="deferred", deferred_because="晚了"))
    refused("nothing is decided any more", change(other, meeting=hall.meeting))
    refused(
        "nothing is decided any more",
        lambda: Decision.objects.create(meeting=hall.meeting, title="事项", text="文"),
    )


def test_what_becomes_of_a_decision_goes_on_after_the_minutes_are_signed():
    hall = make_hall(due=3)
    decision = voted(hall, yes=3)
    sign(hall)
    Decision.objects.filter(pk=decision.pk).update(
        owner=hall.people[1], deadline=datetime.date(2025, 6, 30), state="in_execution"
    )
    decision.refresh_from_db()
    assert decision.state == "in_execution"


def test_opinions_and_withdrawals_come_before_the_vote():
    hall = make_hall(due=3)
    decision = discussed(hall)
    opinion = WrittenOpinion.objects.create(
        decision=decision, member=hall.people[1], handed_in_on=datetime.date(2025, 3, 20)
    )
    opinion.delete()
    actions.record_vote(decision, actions.Votes(3, 0, 0), by=hall.secretary)
    refused(
        "this is entered before the vote",
        lambda: WrittenOpinion.objects.create(
            decision=decision, member=hall.people[1], handed_in_on=datetime.date(2025, 3, 20)
        ),
    )
    refused(
        "this is entered before the vote",
        lambda: Recusal.objects.create(decision=decision, member=hall.people[1], reason="亲属"),
    )


def test_a_person_is_entered_once():
    hall = make_hall(due=3)
    decision = discussed(hall)
    values = {"decision": decision, "member": hall.people[1]}
    Recusal.objects.create(reason="亲属", **values)
    refused("one_recusal_a_person_and_matter", lambda: Recusal.objects.create(reason="亲属", **values))
    refused(
        "recusal_gives_a_reason", lambda: Recusal.objects.create(decision=decision, member=hall.people[2])
    )
    day = datetime.date(2025, 3, 20)
    WrittenOpinion.objects.create(handed_in_on=day, **values)
    refused(
        "one_written_opinion_a_person_and_matter",
        lambda: WrittenOpinion.objects.create(handed_in_on=day, **values),
    )


def test_a_dissent_comes_until_the_minutes_are_signed():
    hall = make_hall(due=3)
    decision = voted(hall, yes=3)
    Dissent.objects.create(decision=decision, member=hall.people[1], text="保留意见")
    refused(
        "dissent_says_something",
        lambda: Dissent.objects.create(decision=decision, member=hall.people[1], text=""),
    )
    sign(hall)
    refused(
        "the minutes with this decision are signed",
        lambda: Dissent.objects.create(decision=decision, member=hall.people[2], text="保留意见"),
    )


def test_a_note_is_not_taken_back():
    hall = make_hall(due=3)
    decision = in_execution(hall)
    actions.note(decision, by=hall.secretary, on=datetime.date(2025, 4, 1), text="进展")
    row = decision.follow_ups.get()
    refused("is_append_only", row.delete)
    refused("follow_up_says_something", lambda: decision.follow_ups.create(on=row.on, text=""))


# --- left out of those due ----------------------------------------------------------------------------
def test_exclusions_are_whole_and_locked_with_the_minutes():
    hall = make_hall(due=3, present=2)
    row = hall.meeting.attendances.get(status="absent")
    values = {"attendance": row, "reason": "moved"}
    refused(
        "agreement_to_an_exclusion_is_whole_or_missing",
        lambda: Exclusion.objects.create(agreed_by="学会党委", **values),
    )
    refused("vote_on_an_exclusion_says_how", lambda: Exclusion.objects.create(is_voted=True, **values))
    exclusion = Exclusion.objects.create(**values)
    refused("attendance_id", lambda: Exclusion.objects.create(**values))
    sign_with_leave(hall, row)
    refused("is corrected, not edited", exclusion.delete)
    refused("is corrected, not edited", lambda: Exclusion.objects.filter(pk=exclusion.pk).update(note="改"))
    with meeting_actions.correcting(hall.meeting, by=hall.secretary, reason="核对"):
        Exclusion.objects.filter(pk=exclusion.pk).update(note="改")


def sign_with_leave(hall, row) -> None:
    row.status, row.leave_reason = "leave", "other"
    row.save()
    sign(hall)


def test_only_a_voter_is_left_out():
    hall = make_hall(due=3)
    row = hall.meeting.attendances.create(member=make_member(stage="probationary"), has_vote=False)
    refused(
        "only somebody with the right to vote",
        lambda: Exclusion.objects.create(attendance=row, reason="moved"),
    )


# --- local rules and categories -----------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("quorum_is_a_share", {"quorum_numerator": 3}),
        ("majority_is_a_share", {"majority_numerator": 3}),
        ("share_of_a_local_rule_can_be_reached", {"majority_numerator": 2}),
    ],
)
def test_constraints_of_a_local_rule(name, values):
    whole = {
        "matter": "ordinary",
        "valid_from": datetime.date(2025, 1, 1),
        "source": "议事规则",
        "quorum_numerator": 1,
        "quorum_denominator": 2,
        "majority_numerator": 1,
        "majority_denominator": 2,
    }
    refused(name, lambda: LocalRule.objects.create(**{**whole, **values}))
    LocalRule.objects.create(**whole)
    refused("one_local_rule_a_matter_and_day", lambda: LocalRule.objects.create(**whole))


def test_a_threshold_is_not_negative():
    refused(
        "threshold_of_a_category_is_not_negative",
        lambda: Category.objects.create(kind="large_sum", name="大额", threshold=-1),
    )


# --- history ------------------------------------------------------------------------------------------
def test_every_step_is_in_the_history():
    decision = voted(make_hall(due=3), yes=3)
    events = Decision.pgh_event_model.objects.filter(pgh_obj_id=decision.pk).order_by("pgh_id")
    assert [event.state for event in events] == ["proposed", "discussed", "decided"]
    assert all(event.pgh_context.metadata["user"] == decision.changed_by_id for event in events)
