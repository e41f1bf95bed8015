"""Two people at the same moment, on two real connections."""

from __future__ import annotations

import copy
import datetime
import threading
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from meetings import actions, signing
from meetings.models import Meeting
from meetings.recording import save_record
from members.models import User
from members.permissions import Role
from tests.factories import make_meeting, make_member, make_position, make_user, sign_as_recorder
from tests.meetings.submissions import row

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*works):
    """Run the works in threads of their own, all starting together; their results or exceptions in order."""
    barrier, results = threading.Barrier(len(works)), [None] * len(works)

    def run(number, work):
        try:
            barrier.wait(timeout=60)
            results[number] = work()
        except Exception as failure:
            results[number] = failure
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number, work)) for number, work in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=90)
    return results


@pytest.fixture
def secretary():
    return make_user(Role.SECRETARY, member=make_member("书记"))


@pytest.fixture
def colleague():
    return make_user(Role.COMMITTEE, member=make_member("委员"))


def test_two_texts_for_one_field_one_is_saved_and_the_other_told(secretary, colleague):
    meeting = make_meeting(by=secretary, state="in_session")
    problem = meeting.problems.create(description="问题", cause="原因")
    page = copy.copy(problem)
    outcomes = at_once(
        *(
            lambda user=user: save_record(
                meeting,
                by=User.objects.get(pk=user.pk),
                data=row("problem", problem, base=page, cause=f"{user}的原因"),
            )
            for user in (secretary, colleague)
        )
    )
    assert sorted(outcome.is_clean for outcome in outcomes) == [False, True]
    winner = next(outcome for outcome in outcomes if outcome.is_clean).rows[0].form.cleaned_data["cause"]
    problem.refresh_from_db()
    assert problem.cause == winner
    told = next(outcome for outcome in outcomes if not outcome.is_clean).rows[0].form.conflicts["cause"]
    assert told.theirs == winner


def test_revisions_follow_each_other_without_gap_or_double(secretary):
    meeting = make_meeting(by=secretary, state="in_session")
    before = Meeting.objects.get(pk=meeting.pk).revision
    works = [
        lambda: save_record(
            meeting,
            by=User.objects.get(pk=secretary.pk),
            data=row("requirement", base=uuid.uuid4(), title="要求"),
        )
        for _ in range(4)
    ]
    at_once(*works)
    revisions = sorted(meeting.requirements.values_list("revision", flat=True))
    assert revisions == [before + 1, before + 2, before + 3, before + 4]


def test_the_same_new_row_sent_twice_at_once_is_one_row(secretary):
    meeting = make_meeting(by=secretary, state="in_session")
    data = row("requirement", base=uuid.uuid4(), title="要求")
    outcomes = at_once(
        *[lambda: save_record(meeting, by=User.objects.get(pk=secretary.pk), data=data.copy())] * 2
    )
    assert all(outcome.is_clean for outcome in outcomes)
    assert meeting.requirements.count() == 1


def for_signature(secretary, colleague):
    meeting = make_meeting(
        by=secretary, recorder=colleague.member, invited=[colleague.member], state="draft_minutes"
    )
    return sign_as_recorder(meeting, by=colleague)


def record_one_more(meeting, by):
    return save_record(
        meeting,
        by=User.objects.get(pk=by.pk),
        data=row("requirement", base=uuid.uuid4(), title="最后一条"),
    )


def test_signing_and_recording_at_once_leave_signed_minutes_whole(secretary, colleague):
    meeting = for_signature(secretary, colleague)
    revision = Meeting.objects.get(pk=meeting.pk).revision
    signed, recorded = at_once(
        lambda: signing.sign_off(meeting, by=User.objects.get(pk=secretary.pk), revision=revision),
        lambda: record_one_more(meeting, colleague),
    )
    now = Meeting.objects.get(pk=meeting.pk)
    if isinstance(signed, ValidationError):
        assert signed.code == "state"  # the recorder's signature stands no longer
        assert (now.stage, meeting.requirements.count()) == ("draft_minutes", 1)
        assert meeting.signatures.standing().count() == 0
    else:
        assert isinstance(recorded, ValidationError)
        assert (now.stage, meeting.requirements.count()) == ("signed_off", 0)
        assert meeting.signatures.standing().count() == 2


def test_the_recorder_signs_while_somebody_records(secretary, colleague):
    meeting = make_meeting(
        by=secretary, recorder=colleague.member, invited=[colleague.member], state="draft_minutes"
    )
    revision = meeting.revision
    signed, _recorded = at_once(
        lambda: signing.sign_as_recorder(meeting, by=User.objects.get(pk=colleague.pk), revision=revision),
        lambda: record_one_more(meeting, secretary),
    )
    assert meeting.requirements.count() == 1
    assert meeting.signatures.standing().count() == 0
    assert meeting.signatures.count() == (0 if isinstance(signed, ValidationError) else 1)


def test_two_sign_for_the_recorder_and_one_signature_is_given(secretary, colleague):
    meeting = make_meeting(
        by=secretary, recorder=colleague.member, invited=[colleague.member], state="draft_minutes"
    )
    results = at_once(
        *(
            lambda user=user: signing.sign_as_recorder(
                meeting, by=User.objects.get(pk=user.pk), revision=meeting.revision, reason="记录人出差"
            )
            for user in (secretary, colleague)
        )
    )
    assert sorted(isinstance(result, ValidationError) for result in results) == [False, True]
    assert meeting.signatures.count() == 1


def test_two_sign_for_the_chair_and_one_signature_is_given(secretary, colleague):
    deputy = make_user(member=make_member("副书记"))
    make_position(deputy.member, "deputy")
    meeting = for_signature(secretary, colleague)
    revision = Meeting.objects.get(pk=meeting.pk).revision
    results = at_once(
        *(
            lambda user=user: signing.sign_off(
                meeting, by=User.objects.get(pk=user.pk), revision=revision, reason="主持人出差"
            )
            for user in (secretary, deputy)
        )
    )
    assert sorted(isinstance(result, ValidationError) for result in results) == [False, True]
    assert meeting.signatures.filter(capacity="chair").count() == 1


def test_a_plan_sent_twice_at_once_is_one_meeting(secretary):
    key = uuid.uuid4()

    def plan():
        chair = secretary.member
        meeting = Meeting(
            title="会",
            kinds=["members_meeting"],
            for_year=2025,
            starts_at=datetime.datetime(2025, 3, 24, 6, tzinfo=datetime.UTC),
            place="会议室",
            chair=chair,
            recorder=chair,
            plan_key=key,
        )
        return actions.plan_meeting(meeting, by=User.objects.get(pk=secretary.pk))

    first, second = at_once(plan, plan)
    assert first.pk == second.pk
    assert Meeting.objects.count() == 1


def test_a_meeting_is_opened_once(secretary, colleague):
    meeting = make_meeting(by=secretary)
    results = at_once(
        *(
            lambda user=user: actions.start_meeting(meeting, by=User.objects.get(pk=user.pk))
            for user in (secretary, colleague)
        )
    )
    assert sorted(isinstance(result, ValidationError) for result in results) == [False, True]
