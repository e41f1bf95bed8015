"""What becomes of the branch's life in notices: each once, for those whom it concerns."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from branch_portal.reminders import actions
from branch_portal.reminders.models import Channels, Notice
from meetings import actions as meeting_actions
from meetings import signing
from meetings.checkin import actions as day_actions
from meetings.decisions.models import Decision
from meetings.integrity.due import next_fulfilment_on
from meetings.models import Attachment, Meeting
from members import actions as people
from tests.ballots import factories as ballots
from tests.decisions import factories as decisions
from tests.factories import make_meeting, make_member, make_user, sign_as_recorder
from tests.integrity.factories import make_responsibility, make_risk_point
from tests.rectification.factories import make_entry, make_keeper, make_task
from tests.reminders.moments import NOW, TODAY, after, in_days

pytestmark = pytest.mark.django_db


def told(user, kind: str | None = None) -> list[str]:
    """The occasions that somebody was told, in order."""
    found = Notice.objects.of(user.member_id).order_by("made_at", "occasion")
    return list((found.filter(kind=kind) if kind else found).values_list("occasion", flat=True))


def change(meeting: Meeting, **fields) -> Meeting:
    """As by the plan's form, an hour before NOW."""
    Meeting.objects.filter(pk=meeting.pk).update(changed_at=after(hours=-1), **fields)
    meeting.refresh_from_db()
    return meeting


# --- meetings -------------------------------------------------------------------------------------
def test_those_invited_are_told_with_time_place_and_papers(meeting, secretary, member):
    other = make_user()
    assert actions.make_notices(NOW) == 2
    (notice,) = Notice.objects.of(member.member_id)
    assert (notice.kind, notice.subject, notice.occasion) == ("meeting", str(meeting.pk), "announced")
    assert notice.until == meeting.starts_at
    assert notice.facts == {
        "title": "十二月党员大会",
        "starts_at": meeting.starts_at.astimezone(datetime.UTC).isoformat(),
        "ends_at": "",
        "place": "会议室",
        "link": "",
        "papers": 0,
    }
    assert told(other) == []


def test_a_second_run_tells_nothing(meeting):
    assert actions.make_notices(NOW) == 2
    assert actions.make_notices(NOW) == 0
    assert actions.make_notices(after(minutes=1)) == 0


def test_a_change_is_told_once_and_says_what_is_another(meeting, member):
    actions.make_notices(NOW)
    change(meeting, place="礼堂", online_link="https://meeting.example/1")
    assert actions.make_notices(after(minutes=1)) == 2
    assert actions.make_notices(after(minutes=2)) == 0
    latest = Notice.objects.of(member.member_id).first()
    assert (latest.occasion, latest.facts["changed"]) == ("changed:1", ["place", "link"])
    change(meeting, place="会议室", online_link="")
    actions.make_notices(after(minutes=3))
    assert told(member) == ["announced", "changed:1", "changed:2"]


def test_papers_that_come_later_are_a_change(meeting, member):
    actions.make_notices(NOW)
    Attachment.objects.create(meeting=meeting, key="a" * 32, name="议程.pdf", content_type="x", size=1)
    change(meeting)
    actions.make_notices(after(minutes=1))
    assert Notice.objects.of(member.member_id).first().facts["changed"] == ["papers"]


def test_a_cancelled_meeting_is_told_to_those_who_knew_of_it(meeting, secretary, member):
    actions.make_notices(NOW)
    unknown = make_meeting(by=secretary, invited=[member.member], starts_at=after(days=3))
    for each in (meeting, unknown):
        meeting_actions.cancel_meeting(each, by=secretary, reason="台风")
    assert actions.make_notices(after(minutes=1)) == 2
    assert told(member) == ["announced", "cancelled"]


def test_whoever_is_taken_off_the_list_is_told_and_told_again_when_invited_again(meeting, member):
    actions.make_notices(NOW)
    meeting.attendances.filter(member=member.member).delete()
    assert [actions.make_notices(after(minutes=minute)) for minute in (1, 2)] == [1, 0]
    meeting.attendances.create(member=member.member, has_vote=True)
    assert [actions.make_notices(after(minutes=minute)) for minute in (3, 4)] == [1, 0]
    assert told(member) == ["announced", "uninvited:1", "announced:2"]


def test_the_day_before_everybody_who_comes_is_reminded(meeting, secretary, member):
    actions.make_notices(NOW)
    meeting.attendances.filter(member=member.member).update(status="leave", leave_reason="sick")
    assert actions.make_notices(after(days=3, hours=23)) == 0
    assert actions.make_notices(after(days=4)) == 1
    assert told(secretary) == ["announced", f"reminder:{Notice.objects.first().facts['starts_at']}"]
    assert told(member) == ["announced"]


def test_meetings_that_have_begun_tell_nothing(secretary, member):
    for state in ("planned", "in_session", "signed_off", "cancelled"):
        make_meeting(by=secretary, invited=[member.member], state=state, starts_at=after(hours=-1))
    actions.make_notices(NOW)
    assert told(member) == []


def test_minutes_are_told_to_whoever_signs_next(secretary, member):
    """The recorder, then the chair; and both again, one after the other, if the text changes under a signature."""
    meeting = make_meeting(
        by=secretary,
        chair=member.member,
        recorder=secretary.member,
        invited=[member.member],
        state="draft_minutes",
    )

    def new(moment) -> list[tuple[str, str]]:
        actions.make_notices(moment)
        found = Notice.objects.filter(kind="minutes", made_at=moment).select_related("member")
        return [(notice.member.name, notice.step) for notice in found]

    recorder, chair = secretary.member.name, member.member.name
    assert new(NOW) == [(recorder, "to_complete")]
    sign_as_recorder(meeting, by=secretary)
    assert new(after(minutes=1)) == [(chair, "to_sign")]
    meeting.agenda_items.update(title="学习和讨论")
    assert new(after(minutes=2)) == [(recorder, "to_sign_again")]
    sign_as_recorder(Meeting.objects.get(), by=secretary)
    assert new(after(minutes=3)) == [(chair, "to_sign")]
    signing.sign_off(Meeting.objects.get(), by=member, revision=Meeting.objects.get().revision)
    assert new(after(minutes=4)) == []


# --- work with a date -----------------------------------------------------------------------------
def test_a_task_near_its_day_and_over_it(secretary, member):
    task = make_task(by=secretary, owner=member.member, due_on=in_days(8))
    actions.make_notices(NOW)
    assert told(member, "task") == []
    actions.make_notices(after(days=1))
    actions.make_notices(after(days=8))
    assert told(member, "task") == [f"soon:{task.due_on}"]
    actions.make_notices(after(days=9))
    actions.make_notices(after(days=30))
    assert told(member, "task") == [f"soon:{task.due_on}", f"overdue:{task.due_on}"]


def test_days_are_those_of_the_branch_not_of_greenwich(secretary, member):
    """At 23:30 in Shanghai it is still the day; half an hour later the task is overdue, and in Greenwich it is not."""
    task = make_task(by=secretary, owner=member.member, due_on=TODAY)
    evening = NOW.replace(hour=23, minute=30)
    actions.make_notices(evening)
    assert told(member, "task") == [f"soon:{task.due_on}"]
    night = evening + datetime.timedelta(minutes=30)
    assert night.astimezone(datetime.UTC).date() == TODAY
    actions.make_notices(night)
    assert told(member, "task") == [f"soon:{task.due_on}", f"overdue:{task.due_on}"]


def test_an_entry_tells_the_person_in_charge_and_nobody_of_a_personal_one(secretary, member):
    keeper = make_keeper()
    branchs = make_entry(by=keeper, in_charge=member.member, started_on=in_days(-9), due_on=in_days(-1))
    personal = make_entry(
        by=secretary,
        in_charge=member.member,
        level="member",
        leader=None,
        started_on=TODAY,
        due_on=in_days(2),
    )
    actions.make_notices(NOW)
    assert sorted(told(member, "entry")) == [f"overdue:{branchs.due_on}", f"soon:{personal.due_on}"]
    assert Notice.objects.filter(kind="entry").exclude(member=member.member).count() == 0


def test_what_is_done_or_waits_for_a_check_is_not_called_to_mind(secretary, member):
    make_entry(in_charge=member.member, state="claimed", started_on=in_days(-9), due_on=in_days(-1))
    make_entry(in_charge=member.member, state="closed", started_on=in_days(-9), due_on=in_days(-1))
    actions.make_notices(NOW)
    assert told(member, "entry") == []


def test_a_decision_to_carry_out(member):
    hall = decisions.make_hall(due=3, present=3)
    decision = decisions.in_execution(hall, owner=member.member)
    Decision.objects.filter(pk=decision.pk).update(deadline=in_days(3))
    actions.make_notices(NOW)
    assert told(member, "decision") == [f"soon:{in_days(3)}"]


def test_duties_of_a_post_and_reviews_of_risk_points_are_told_a_month_before(secretary, member):
    started = in_days(-340)
    duty = make_responsibility(by=secretary, holder=member.member, started_on=started, frequency=12)
    make_risk_point(by=secretary, leader=member.member, state="in_force", on=started)
    make_responsibility(by=secretary, holder=member.member, started_on=TODAY, frequency=12)
    actions.make_notices(NOW)
    due_on = next_fulfilment_on(started, None, duty.frequency)
    assert told(member, "duty") == [f"soon:{due_on}"]
    assert told(member, "risk") == [f"soon:{due_on}"]


# --- answers and ballots --------------------------------------------------------------------------
def test_answers_are_told_to_whoever_asked(meeting, secretary, member):
    asked = day_actions.ask_for_leave(meeting, by=member, reason="sick", key=uuid.uuid4(), now=NOW)
    request = people.ask_for_change(member.member, "employer", "新单位", by=member)
    actions.make_notices(NOW)
    assert told(member, "leave") == told(member, "change") == []
    day_actions.refuse_leave(asked, by=secretary, answer="当天要表决", now=NOW)
    people.refuse_request(request, reason="请附证明", by=secretary)
    actions.make_notices(timezone.now())
    assert (told(member, "leave"), told(member, "change")) == (["refused"], ["refused"])
    assert told(secretary, "leave") == told(secretary, "change") == []


def test_everybody_on_the_roll_is_told_alike_whoever_has_voted():
    stage = ballots.opened(voters=5, questions=1, smallest_count=2)
    now = timezone.now()
    ballots.vote(stage, stage.voters[0], [0])
    actions.make_notices(now)
    notices = Notice.objects.filter(kind="ballot")
    assert notices.count() == 5
    assert {(each.occasion, str(each.facts)) for each in notices} == {("open", str(notices[0].facts))}
    ballots.vote(stage, stage.voters[1], [0])
    assert actions.make_notices(now) == 0


# --- for whom -------------------------------------------------------------------------------------
def test_nobody_without_an_account_with_a_closed_one_or_gone_is_told(secretary):
    closed, gone = (
        make_user(is_active=False),
        make_user(member=make_member(left_on=datetime.date(2025, 1, 1))),
    )
    make_meeting(
        by=secretary,
        invited=[make_member(), closed.member, gone.member, secretary.member],
        starts_at=after(days=5),
    )
    actions.make_notices(NOW)
    assert list(Notice.objects.values_list("member", flat=True)) == [secretary.member_id]


def test_whoever_gets_an_account_later_is_told_what_still_holds(secretary):
    member = make_member()
    make_meeting(by=secretary, invited=[member, secretary.member], starts_at=after(days=5))
    assert actions.make_notices(NOW) == 1
    make_user(member=member)
    assert actions.make_notices(after(minutes=1)) == 1


def test_as_many_queries_for_many_people_as_for_one(
    meeting, secretary, member, django_assert_max_num_queries, django_assert_num_queries
):
    with django_assert_max_num_queries(22) as few:
        actions.make_notices(NOW)
    people = [make_user().member for _number in range(6)]
    for number in range(4):
        make_meeting(by=secretary, invited=people, starts_at=after(days=2 + number))
        make_task(by=secretary, owner=people[number], due_on=TODAY)
        make_entry(in_charge=people[number], started_on=TODAY, due_on=TODAY)
    with django_assert_num_queries(len(few)):
        assert actions.make_notices(after(minutes=1)) > 24


def test_notices_of_the_year_before_last_are_forgotten(meeting):
    actions.make_notices(NOW)
    actions.make_notices(after(days=401))
    assert Notice.objects.count() == 0


# --- what the database holds ----------------------------------------------------------------------
def test_the_database_tells_nobody_twice(meeting):
    actions.make_notices(NOW)
    again = Notice.objects.first()
    again.pk = uuid.uuid4()
    with pytest.raises(IntegrityError, match="person_is_told_of_an_occasion_once"), transaction.atomic():
        again.save(force_insert=True)


def test_what_was_told_stays(meeting):
    actions.make_notices(NOW)
    with pytest.raises(InternalError), transaction.atomic():
        Notice.objects.update(facts={})
    Notice.objects.update(is_read=True)


def test_what_was_mailed_is_never_to_be_mailed_again(meeting):
    actions.make_notices(NOW)
    with pytest.raises(InternalError), transaction.atomic():
        Notice.objects.update(mail="sent")
    with pytest.raises(IntegrityError, match="notice_is_sent_after_it_was_begun"), transaction.atomic():
        Notice.objects.update(mail="sending")
    Notice.objects.update(mail="sending", mail_begun_at=NOW)
    Notice.objects.update(mail="sent")
    with pytest.raises(InternalError), transaction.atomic():
        Notice.objects.update(mail="waiting")


def test_a_calendar_address_has_a_time(member):
    with pytest.raises(IntegrityError, match="calendar_address_was_made_some_time"), transaction.atomic():
        Channels.objects.create(member=member.member, calendar_digest="x")
