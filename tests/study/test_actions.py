"""Topics entered, changed, taken out, corrected; what the database refuses whoever asks; the rules on how hours count."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from meetings import actions as meeting_actions
from meetings import covered
from meetings.models import Correction, Meeting
from meetings.study import actions
from meetings.study.models import StudyPart, StudyRules
from members.permissions import Role
from tests.factories import (
    lead_to,
    make_branch,
    make_meeting,
    make_member,
    make_user,
    sign_as_recorder,
    sign_off,
)
from tests.study.factories import make_part, make_rules

pytestmark = pytest.mark.django_db
STARTS = datetime.datetime(2025, 3, 24, 14, 0, tzinfo=datetime.UTC)


@pytest.fixture
def secretary():
    make_branch()
    return make_user(Role.SECRETARY)


@pytest.fixture
def meeting(secretary):
    return make_meeting(
        by=secretary,
        state="in_session",
        kinds=["party_lesson"],
        starts_at=STARTS,
        ends_at=STARTS + datetime.timedelta(hours=2),
    )


def test_a_part_is_entered_in_order_and_gives_the_meeting_a_revision(meeting, secretary):
    before = meeting.revision
    first, second = (make_part(meeting, by=secretary, topic=topic) for topic in ("一", "二"))
    assert [part.topic for part in StudyPart.objects.of_meeting(meeting)] == ["一", "二"]
    meeting.refresh_from_db()
    assert meeting.revision == before + 2 == second.revision
    assert first.changed_by == secretary


def test_the_same_part_sent_twice_is_one(meeting, secretary):
    part = make_part(meeting, by=secretary)
    again = StudyPart(pk=part.pk, meeting=meeting, topic="党章", hours=Decimal(1))
    assert actions.add(again, by=secretary) == part
    assert StudyPart.objects.count() == 1


def test_whoever_signs_reads_the_topics_first(meeting, secretary):
    minutes = lead_to(meeting, "draft_minutes", by=secretary) if meeting.state == "planned" else None
    meeting.attendances.update(status="present")
    minutes = meeting_actions.finish_meeting(meeting, by=secretary)
    make_part(minutes, by=secretary)
    with pytest.raises(ValidationError, match="changed the minutes"):
        sign_as_recorder(minutes, by=secretary)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.ADMINISTRATOR])
def test_only_whoever_records_enters_a_topic(meeting, role):
    with pytest.raises(PermissionDenied):
        make_part(meeting, by=make_user(role))


def test_the_recorder_of_the_meeting_enters_topics(secretary):
    recorder = make_user(Role.MEMBER)
    meeting = make_meeting(by=secretary, recorder=recorder.member, invited=[recorder.member])
    assert make_part(meeting, by=recorder).pk


def test_a_day_has_eight_hours(meeting, secretary):
    make_part(meeting, by=secretary, hours=5)
    with pytest.raises(ValidationError, match="8 hours at most, 3 are left"):
        make_part(meeting, by=secretary, hours=3.5)
    part = make_part(meeting, by=secretary, hours=3)
    part.hours = Decimal("3.1")
    with transaction.atomic(), pytest.raises(ValidationError):
        actions.change(part, by=secretary)
    with pytest.raises(DatabaseError, match="8 study hours a day"), transaction.atomic():
        StudyPart.objects.filter(pk=part.pk).update(hours=4)
    Meeting.objects.filter(pk=meeting.pk).update(ends_at=STARTS + datetime.timedelta(hours=30))
    StudyPart.objects.filter(pk=part.pk).update(hours=11)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"hours": 0}, "study_part_has_hours_within_reason"),
        ({"guest_teacher": "李教授"}, "study_part_has_one_teacher_at_most"),
    ],
)
def test_what_can_never_be_true_of_a_part(meeting, secretary, fields, name):
    part = make_part(meeting, by=secretary, teacher=secretary.member)
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        StudyPart.objects.filter(pk=part.pk).update(**fields)


# --- signed minutes ---------------------------------------------------------------------------------------
@pytest.fixture
def signed(meeting, secretary):
    make_part(meeting, by=secretary)
    meeting.attendances.update(status="present")
    meeting_actions.finish_meeting(meeting, by=secretary)
    return sign_off(Meeting.objects.get(), by=secretary)


def test_a_topic_that_changes_takes_the_recorders_signature_out_of_force(meeting, secretary):
    part = make_part(meeting, by=secretary)
    meeting.attendances.update(status="present")
    meeting_actions.finish_meeting(meeting, by=secretary)
    Meeting.objects.update(recorder=make_member("记录人"))
    sign_as_recorder(Meeting.objects.get(), by=secretary)
    before = covered.digest(meeting)
    StudyPart.objects.filter(pk=part.pk).update(hours=Decimal("0.5"))
    assert covered.digest(meeting) != before
    assert not Meeting.objects.get().signatures.standing().exists()


def test_signed_topics_stand_still(signed, secretary):
    part = signed.study_parts.get()
    with pytest.raises(ValidationError, match="cannot be done now"):
        make_part(signed, by=secretary)
    with pytest.raises(ValidationError), actions.changing(part, by=secretary):
        pass
    with pytest.raises(ValidationError):
        actions.remove(part, by=secretary)
    with pytest.raises(DatabaseError, match="corrected, not edited"), transaction.atomic():
        StudyPart.objects.update(hours=2)
    with pytest.raises(DatabaseError, match="corrected, not edited"), transaction.atomic():
        StudyPart.objects.all().delete()


def test_a_correction_has_a_reason_and_leaves_the_earlier_text_in_the_history(signed, secretary):
    with actions.changing(signed.study_parts.get(), by=secretary, reason="学时记错") as part:
        part.hours = Decimal(2)
        actions.change(part, by=secretary)
    assert [str(row) for row in signed.corrections.all()] == ["学时记错"]
    history = StudyPart.pgh_event_model.objects.order_by("pgh_id").values_list("hours", flat=True)
    assert list(history) == [Decimal(1), Decimal(2)]
    actions.remove(part, by=secretary, reason="不是学习")
    assert not signed.study_parts.exists()
    assert Correction.objects.count() == 2


def test_a_correction_needs_its_reason_and_somebody_who_may(signed, secretary):
    part = signed.study_parts.get()
    with pytest.raises(ValidationError, match="Give the reason"):
        actions.remove(part, by=secretary, reason=" ")
    with pytest.raises(PermissionDenied):
        actions.remove(part, by=make_user(Role.COMMITTEE), reason="记错")


def test_a_part_taken_out_meanwhile_is_told(meeting, secretary):
    part = make_part(meeting, by=secretary)
    actions.remove(part, by=secretary)
    actions.remove(part, by=secretary)
    with pytest.raises(ValidationError, match="meanwhile"), actions.changing(part, by=secretary):
        pass


def test_an_agenda_item_goes_and_the_topic_stays(meeting, secretary):
    item = meeting.agenda_items.first()
    part = make_part(meeting, by=secretary, agenda_item=item)
    item.delete()
    part.refresh_from_db()
    assert part.agenda_item is None


# --- rules ------------------------------------------------------------------------------------------------
def test_the_rules_in_force_are_the_newest_that_have_begun(secretary):
    older = make_rules(datetime.date(2025, 1, 1), by=secretary, online=80)
    newer = make_rules(datetime.date(2025, 3, 25), by=secretary, online=50)
    in_force = StudyRules.objects.in_force_at
    assert in_force(older.begins_at - datetime.timedelta(seconds=1)) is None
    assert in_force(STARTS) == older
    assert in_force(newer.begins_at) == newer
    assert newer.valid_from == datetime.date(2025, 3, 25)
    actions.remove_rules(newer, by=secretary, reason="撤回")
    assert in_force(STARTS + datetime.timedelta(days=9)) == older


def test_one_rule_a_day_and_percentages_within_reason(secretary):
    make_rules(datetime.date(2025, 1, 1), by=secretary)
    with pytest.raises(ValidationError, match="already a rule"):
        make_rules(datetime.date(2025, 1, 1), by=secretary)
    with pytest.raises(ValidationError):
        make_rules(datetime.date(2025, 1, 2), by=secretary, online=101)
    for fields in ({"online_percent": 101}, {"teacher_percent": 301}):
        with pytest.raises(IntegrityError), transaction.atomic():
            StudyRules.objects.update(**fields)


def test_people_named_in_a_topic_are_never_deleted(meeting, secretary):
    teacher = make_member()
    make_part(meeting, by=secretary, teacher=teacher)
    with pytest.raises(IntegrityError):
        teacher.delete()
