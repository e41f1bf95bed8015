"""A vote in the database: the worked examples through the portal's own actions, what is refused and in which words."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from meetings.decisions import actions
from meetings.decisions.actions import Votes
from meetings.decisions.models import Dissent, Exclusion, LocalRule, Recusal, WrittenOpinion
from meetings.decisions.roll_call import RollCall
from members.models import Member
from members.permissions import Role
from tests.decisions.factories import discussed, make_category, make_hall, make_secretary, propose, voted
from tests.factories import make_member, make_user

pytestmark = pytest.mark.django_db


def test_eight_of_sixteen_are_a_quorum_and_one_vote_too_few():
    decision = voted(make_hall(due=16, present=8), yes=8)
    assert (decision.state, decision.has_quorum, decision.is_passed) == ("rejected", True, False)
    assert decision.reason == "8 yes, 9 needed: more than half of 16 due."


def test_nine_of_sixteen_decide():
    decision = voted(make_hall(due=16, present=9), yes=9)
    assert (decision.state, decision.is_passed) == ("decided", True)


def test_seven_of_fifteen_are_no_quorum_and_the_matter_is_deferred():
    decision = voted(make_hall(due=15, present=7), yes=7)
    assert (decision.state, decision.has_quorum, decision.is_passed) == ("deferred", False, False)
    assert decision.reason == "7 present, 8 needed: at least half of 15 due."


def test_an_admission_by_two_thirds_of_those_present_fails():
    decision = voted(make_hall(due=16, present=12), yes=8, no=4, matter="admission", about=make_member())
    assert (decision.state, decision.has_quorum) == ("rejected", True)


def test_an_admission_with_opinions_in_writing():
    hall = make_hall(due=16, present=10)
    decision = discussed(hall, matter="admission", about=make_member())
    for member in hall.absent[:2]:
        opinion = WrittenOpinion(decision=decision, member=member, handed_in_on=datetime.date(2025, 3, 20))
        actions.add_voice(opinion, by=hall.secretary)
    votes = Votes(7, 3, 0, written_yes=2, is_secret=True)
    decision = actions.record_vote(decision, votes, by=hall.secretary)
    assert (decision.state, decision.yes, decision.written_yes, decision.counted_yes) == ("decided", 7, 2, 9)


def test_opinions_in_writing_must_be_counted_as_entered():
    hall = make_hall(due=16, present=10)
    decision = discussed(hall, matter="admission", about=make_member())
    with pytest.raises(ValidationError) as refusal:
        actions.record_vote(decision, Votes(7, 3, 0, written_yes=2, is_secret=True), by=hall.secretary)
    assert refusal.value.message_dict == {"written_yes": ["Opinions in writing entered: 0; counted here: 2."]}


def test_whoever_comes_after_all_leaves_no_opinion_in_writing():
    hall = make_hall(due=16)
    decision = discussed(hall, matter="admission", about=make_member())
    opinion = WrittenOpinion(
        decision=decision, member=hall.people[3], handed_in_on=datetime.date(2025, 3, 20)
    )
    actions.add_voice(opinion, by=hall.secretary)
    with pytest.raises(ValidationError) as refusal:
        actions.record_vote(decision, Votes(7, 3, 0, written_yes=1, is_secret=True), by=hall.secretary)
    assert refusal.value.code == "wrote_and_came"


def test_two_of_four_commissioners_are_a_quorum_whoever_is_invited():
    hall = make_hall(due=2, kinds=["committee_meeting"])
    for _number in range(3):
        make_user(Role.COMMITTEE)
    make_user(Role.COMMITTEE, member=hall.people[1])
    assert Member.objects.committee_on(datetime.date(2025, 3, 24)).count() == 5
    call = RollCall(hall.meeting)
    assert (call.roll("committee").due, call.roll("committee").present) == (5, 2)
    assert call.sentences()[0][1].endswith("(at least half: 3) is not met.")


def test_probationary_members_are_not_due():
    hall = make_hall(due=12)
    for _number in range(2):
        hall.meeting.attendances.create(
            member=make_member(stage="probationary"), has_vote=False, status="present"
        )
    assert RollCall(hall.meeting).roll("ordinary").due == 12


def test_an_election_by_the_rules_of_its_day():
    hall = make_hall(due=10, present=8)
    decision = voted(hall, yes=5, no=3, matter="election", about=hall.people[2])
    assert (decision.state, decision.reason) == ("rejected", "5 yes, 6 needed: more than half of 10 due.")
    old = make_hall(due=10, present=8, starts_at=datetime.datetime(2019, 3, 1, 9, tzinfo=datetime.UTC))
    decision = voted(old, yes=5, no=3, matter="election", about=old.people[2])
    assert (decision.state, decision.taken_by.source) == ("deferred", "EL 1990")


# --- left out of those due ----------------------------------------------------------------------------
def exclude(hall, member, **approvals) -> Exclusion:
    row = hall.meeting.attendances.get(member=member)
    values = {
        "agreed_by": "学会党委",
        "agreed_on": datetime.date(2025, 3, 10),
        "agreed_reference": "澜医党〔2025〕3号",
        "is_voted": True,
        "vote_note": "举手表决，一致同意",
    }
    return actions.save_exclusion(
        Exclusion(attendance=row, reason="moved", **{**values, **approvals}), by=hall.secretary
    )


def test_both_approvals_are_needed():
    hall = make_hall(due=16, present=8)
    one, two, three = hall.absent[:3]
    exclude(hall, one)
    exclude(hall, two, is_voted=False, vote_note="")
    exclude(hall, three, agreed_by="", agreed_on=None, agreed_reference="")
    found = RollCall(hall.meeting).roll("ordinary")
    assert (found.due, found.left_out) == (15, 1)
    assert RollCall(hall.meeting).sentence("ordinary") == (
        "Due 15, present 8 (0 online); the quorum for “ordinary resolution” (at least half: 8) is met. "
        "Left out of those due, as the higher committee and the meeting agreed: 1."
    )


def test_the_sentence_changes_nothing_for_the_committee():
    hall = make_hall(due=4, kinds=["members_meeting", "committee_meeting"])
    row = hall.meeting.attendances.get(member=hall.secretary.member)
    row.status = "absent"
    row.save()
    exclude(hall, hall.secretary.member)
    call = RollCall(hall.meeting)
    assert (call.roll("ordinary").due, call.roll("committee").due) == (3, 1)


def test_whoever_was_left_out_and_comes_is_due():
    hall = make_hall(due=4)
    exclude(hall, hall.people[1])
    assert RollCall(hall.meeting).roll("ordinary").due == 4


def test_half_an_agreement_is_refused_beside_its_field():
    hall = make_hall(due=4, present=3)
    with pytest.raises(ValidationError) as refusal:
        exclude(hall, hall.absent[0], agreed_reference="")
    assert list(refusal.value.message_dict) == ["agreed_by"]


# --- withdrawals --------------------------------------------------------------------------------------
def test_who_withdraws_is_not_in_the_room_and_stays_due():
    hall = make_hall(due=16, present=10)
    decision = discussed(hall)
    actions.add_voice(Recusal(decision=decision, member=hall.people[1], reason="亲属"), by=hall.secretary)
    with pytest.raises(ValidationError) as refusal:
        actions.record_vote(decision, Votes(9, 1, 0, present=10), by=hall.secretary)
    assert refusal.value.message_dict == {"present": ["By the attendance there are 9 at most."]}
    decision = actions.record_vote(decision, Votes(9, 0, 0), by=hall.secretary)
    assert (decision.due, decision.present, decision.recused, decision.state) == (16, 9, 1, "decided")


def test_a_local_rule_takes_who_withdraws_out_of_those_due():
    local_rule(recused_stay_due=False)
    hall = make_hall(due=16, present=10)
    decision = discussed(hall)
    for person in hall.people[1:3]:
        actions.add_voice(Recusal(decision=decision, member=person, reason="亲属"), by=hall.secretary)
    decision = actions.record_vote(decision, Votes(8, 0, 0), by=hall.secretary)
    assert (decision.due, decision.yes_needed, decision.state) == (14, 8, "decided")


def local_rule(**fields) -> LocalRule:
    values = {
        "matter": "ordinary",
        "valid_from": datetime.date(2025, 1, 1),
        "source": "党员大会议事规则",
        "quorum_numerator": 1,
        "quorum_denominator": 2,
        "majority_numerator": 1,
        "majority_denominator": 2,
    }
    return actions.add_rule(LocalRule(**{**values, **fields}), by=make_secretary())


def test_a_decision_keeps_the_rule_it_was_taken_by():
    decision = voted(make_hall(due=16, present=9), yes=9)
    local_rule(majority_numerator=2, majority_denominator=3, majority_inclusive=True)
    decision.refresh_from_db()
    del decision.taken_by, decision.verdict
    assert decision.reason == "9 yes, 9 needed: more than half of 16 due."
    later = voted(make_hall(due=16, present=9), yes=9)
    assert later.reason == "9 yes, 11 needed: at least 2/3 of 16 due."


# --- what is refused ----------------------------------------------------------------------------------
def test_more_votes_than_people_are_refused_beside_the_field():
    hall = make_hall(due=16, present=9)
    with pytest.raises(ValidationError) as refusal:
        actions.record_vote(discussed(hall), Votes(9, 1, 0), by=hall.secretary)
    assert refusal.value.message_dict == {"yes": ["There are more votes than people present."]}


def test_a_vote_waits_for_the_attendance():
    hall = make_hall(due=16, present=9)
    decision = discussed(hall)
    hall.meeting.attendances.filter(status="absent").update(status="")
    with pytest.raises(ValidationError) as refusal:
        actions.record_vote(decision, Votes(9, 0, 0), by=hall.secretary)
    assert refusal.value.messages == ["Mark the attendance first: 7 people due are not marked yet."]


def test_no_vote_without_a_discussion():
    hall = make_hall()
    decision = propose(hall)
    with pytest.raises(ValidationError) as refusal:
        actions.discuss(decision, by=hall.secretary, discussion="  ")
    assert list(refusal.value.message_dict) == ["discussion"]
    with pytest.raises(ValidationError) as refusal:
        actions.record_vote(decision, Votes(16, 0, 0), by=hall.secretary)
    assert refusal.value.code == "state"


def test_a_vote_on_a_person_is_secret():
    hall = make_hall()
    decision = discussed(hall, matter="admission", about=make_member())
    with pytest.raises(ValidationError) as refusal:
        actions.record_vote(decision, Votes(16, 0, 0), by=hall.secretary)
    assert list(refusal.value.message_dict) == ["is_secret"]


def test_nearly_equal_sides_of_an_important_matter_are_advised_to_wait():
    hall = make_hall(due=16)
    decision = discussed(hall, category=make_category(), amount=80000, research="调研", risk_check="无")
    votes = Votes(9, 7, 0)
    with pytest.raises(ValidationError) as refusal:
        actions.record_vote(decision, Votes(8, 7, 1), by=hall.secretary)
    assert refusal.value.code == "close"
    decision.refresh_from_db()
    assert decision.state == "discussed"
    assert actions.record_vote(decision, votes, by=hall.secretary).state == "decided"


def test_insisting_decides_all_the_same():
    hall = make_hall(due=16)
    decision = discussed(hall, category=make_category(), amount=80000, research="调研", risk_check="无")
    assert actions.record_vote(decision, Votes(8, 7, 1), by=hall.secretary, insist=True).state == "rejected"


def test_an_important_matter_is_researched_first():
    hall = make_hall(due=16)
    decision = discussed(hall, category=make_category())
    with pytest.raises(ValidationError) as refusal:
        actions.record_vote(decision, Votes(16, 0, 0), by=hall.secretary)
    assert list(refusal.value.message_dict) == ["research"]


def test_a_committee_does_not_admit_anybody():
    hall = make_hall(due=4, kinds=["committee_meeting"])
    with pytest.raises(ValidationError) as refusal:
        propose(hall, matter="admission", about=make_member())
    assert list(refusal.value.message_dict) == ["matter"]


def test_a_member_who_does_not_record_decides_nothing():
    hall = make_hall()
    decision = discussed(hall)
    with pytest.raises(PermissionDenied):
        actions.record_vote(decision, Votes(16, 0, 0), by=make_user(member=hall.people[1]))


def test_a_dissent_is_kept_with_its_name():
    hall = make_hall()
    decision = voted(hall, yes=15, no=1)
    dissent = Dissent(decision=decision, member=hall.people[1], text="建议分两期实施。")
    actions.add_voice(dissent, by=hall.secretary)
    actions.add_voice(dissent, by=hall.secretary)
    assert decision.dissents.count() == 1


def test_a_vote_makes_the_next_revision_of_the_record():
    hall = make_hall()
    decision = discussed(hall)
    before = type(hall.meeting).objects.get(pk=hall.meeting.pk).revision
    actions.record_vote(decision, Votes(16, 0, 0), by=hall.secretary)
    hall.meeting.refresh_from_db()
    assert hall.meeting.revision == before + 1
    assert timezone.localdate(hall.meeting.starts_at) == datetime.date(2025, 3, 24)
