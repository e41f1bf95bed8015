"""Planning: what the kinds propose, who is invited, and what the database refuses."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InternalError, transaction
from django.utils import translation

from meetings import actions
from meetings.kinds import AgendaKind, MeetingKind, proposed_agenda
from meetings.models import Meeting
from members.permissions import Role
from tests.factories import make_event, make_group, make_meeting, make_member, make_position, make_user

pytestmark = pytest.mark.django_db
START = datetime.datetime(2025, 3, 24, 6, 0, tzinfo=datetime.UTC)


def unsaved(chair, **fields) -> Meeting:
    values = {
        "title": "会",
        "kinds": ["members_meeting"],
        "for_year": 2025,
        "starts_at": START,
        "place": "会议室",
    }
    return Meeting(**(values | {"chair": chair, "recorder": chair} | fields))


def invited_names(meeting) -> set[str]:
    return set(meeting.attendances.values_list("member__name", flat=True))


def test_the_reference_meeting_has_its_agenda_in_order():
    agenda = [kind for kind, _title in proposed_agenda(["life_meeting", "appraisal"])]
    assert agenda == [
        AgendaKind.STUDY,
        AgendaKind.WORK_REPORT,
        AgendaKind.ANALYSIS,
        AgendaKind.CRITICISM,
        AgendaKind.BALLOT,
        AgendaKind.REQUIREMENTS,
    ]


@pytest.mark.parametrize("kind", MeetingKind.values)
def test_every_kind_proposes_an_agenda(kind):
    assert proposed_agenda([kind])


def test_agenda_is_proposed_in_the_planners_language():
    secretary = make_user(Role.SECRETARY)
    with translation.override("en"):
        meeting = actions.plan_meeting(unsaved(secretary.member, kinds=["party_lesson"]), by=secretary)
    assert [item.title for item in meeting.agenda_items.all()] == ["Party lesson", "Exchange"]


def test_a_members_meeting_invites_full_and_probationary_members_still_here():
    secretary = make_user(Role.SECRETARY, member=make_member("书记"))
    make_member("预备", stage="probationary")
    make_member("申请人", stage="applicant")
    make_member("转出", left_on=datetime.date(2024, 1, 1))
    meeting = actions.plan_meeting(unsaved(secretary.member), by=secretary)
    assert invited_names(meeting) == {"书记", "预备"}
    assert not meeting.attendances.get(member__name="预备").has_vote


def test_a_committee_meeting_invites_the_committee_of_its_day():
    secretary = make_user(Role.SECRETARY, member=make_member("书记"))
    former = make_member("前委员")
    make_position(former, "discipline", ended_on=datetime.date(2025, 3, 23))
    make_position(make_member("委员"), "discipline", started_on=datetime.date(2025, 3, 24))
    make_member("党员")
    meeting = actions.plan_meeting(unsaved(secretary.member, kinds=["committee_meeting"]), by=secretary)
    assert invited_names(meeting) == {"书记", "委员"}


def test_a_group_meeting_invites_its_group():
    secretary = make_user(Role.SECRETARY, member=make_member("书记"))
    group = make_group()
    make_member("组员", party_group=group)
    plan = unsaved(secretary.member, kinds=["group_meeting"], party_group=group)
    assert invited_names(actions.plan_meeting(plan, by=secretary)) == {"组员"}


def test_the_same_plan_sent_twice_is_one_meeting():
    secretary = make_user(Role.SECRETARY)
    plan = unsaved(secretary.member)
    first = actions.plan_meeting(plan, by=secretary)
    second = actions.plan_meeting(unsaved(secretary.member, plan_key=plan.plan_key), by=secretary)
    assert first.pk == second.pk
    assert Meeting.objects.count() == 1


def test_planning_is_not_for_every_member():
    member = make_user(Role.MEMBER)
    with pytest.raises(PermissionDenied):
        actions.plan_meeting(unsaved(member.member), by=member)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("meeting_is_of_at_least_one_known_kind", {"kinds": []}),
        ("meeting_is_of_at_least_one_known_kind", {"kinds": ["party"]}),
        ("meeting_ends_after_it_starts", {"ends_at": START}),
        ("meeting_has_a_place_or_a_link", {"place": ""}),
        ("group_meeting_names_its_group", {"kinds": ["group_meeting"]}),
        ("meeting_has_a_cancel_reason_exactly_when_cancelled", {"cancel_reason": "台风"}),
        ("meeting_is_signed_by_somebody_exactly_when_signed_off", {"signed_off_at": START}),
    ],
)
def test_the_database_refuses(constraint, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        unsaved(make_member(), **fields).save()


def test_a_member_is_invited_once():
    meeting = make_meeting()
    invited = meeting.attendances.get()
    with pytest.raises(IntegrityError, match="member_is_invited_once"), transaction.atomic():
        meeting.attendances.create(member=invited.member, has_vote=True)


def test_only_leave_has_a_reason():
    meeting = make_meeting()
    with pytest.raises(IntegrityError, match="only_leave_has_a_reason"), transaction.atomic():
        meeting.attendances.update(status="present", leave_reason="sick")


def test_meetings_are_never_deleted():
    meeting = make_meeting()
    with pytest.raises(InternalError), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).delete()


def test_the_year_a_meeting_is_for_counts_not_its_date():
    meeting = make_meeting(for_year=2024, starts_at=START)
    assert list(Meeting.objects.for_year(2024)) == [meeting]
    assert not Meeting.objects.for_year(2025).exists()


def test_one_event_of_two_kinds_is_found_under_both():
    meeting = make_meeting(kinds=["life_meeting", "appraisal"])
    assert list(Meeting.objects.of_kind("life_meeting")) == [meeting]
    assert list(Meeting.objects.of_kind("appraisal")) == [meeting]
    assert not Meeting.objects.of_kind("party_lesson").exists()


def test_a_person_who_left_is_still_named_in_old_meetings():
    meeting = make_meeting()
    make_event(meeting.chair, "moved_out")
    assert meeting.attendances.get().member.name == meeting.chair.name
