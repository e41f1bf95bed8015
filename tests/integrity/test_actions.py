"""What can be done with the two lists, by whom and when; what the database refuses whoever asks."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from meetings.integrity import actions
from meetings.integrity.models import Fulfilment, Responsibility, RiskPoint, RiskReview
from members.permissions import Role
from tests.factories import make_member, make_user
from tests.integrity.factories import DAY, make_fulfilment, make_responsibility, make_risk_point

pytestmark = pytest.mark.django_db
LATER = DAY + datetime.timedelta(days=100)


@pytest.fixture
def keeper():
    return make_user(Role.COMMITTEE)


def reviewed(point, *, by, on=LATER, level="medium", reason="已换岗，权限减小", **fields):
    fields.setdefault("outcome", "changed")
    made = RiskReview(
        risk_point=point, on=on, level=level, level_before=point.level, reason=reason, by=by, **fields
    )
    return actions.review(made, by=by)


# --- risk points


def test_a_risk_point_goes_its_way_and_a_review_changes_its_level(keeper):
    point = make_risk_point(by=keeper, state="in_force")
    review = reviewed(point, by=keeper)
    point.refresh_from_db()
    assert (point.level, point.last_reviewed_on, review.level_before) == ("medium", LATER, "high")
    assert point.review_due_on == datetime.date(2027, 6, 10)


def test_the_same_form_sent_twice_is_one_risk_point_and_one_review(keeper):
    key = uuid.uuid4()
    first, second = (make_risk_point(by=keeper, key=key) for _ in range(2))
    assert first == second
    point = make_risk_point(by=keeper, state="in_force")
    again = uuid.uuid4()
    assert reviewed(point, by=keeper, key=again) == reviewed(point, by=keeper, key=again)


def test_what_changed_needs_its_reason_and_another_level_is_a_change(keeper):
    point = make_risk_point(by=keeper, state="in_force")
    with pytest.raises(ValidationError) as refusal:
        reviewed(point, by=keeper, reason="")
    assert refusal.value.message_dict == {"reason": ["What changed needs its reason."]}
    with pytest.raises(ValidationError) as refusal:
        reviewed(point, by=keeper, outcome="unchanged")
    assert list(refusal.value.message_dict) == ["outcome"]
    row = {"risk_point": point, "on": LATER, "level": "low", "level_before": "high", "by": keeper}
    for wrong in ({"outcome": "unchanged", "reason": "有"}, {"outcome": "changed", "reason": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RiskReview.objects.create(**row, **wrong)
    assert reviewed(point, by=keeper, level="high", reason="", outcome="unchanged").level == "high"


@pytest.mark.parametrize("state", ["identified", "rated", "removed"])
def test_only_what_is_in_force_is_reviewed(keeper, state):
    with pytest.raises(ValidationError):
        reviewed(make_risk_point(by=keeper, state=state), by=keeper)


def test_a_review_is_neither_to_come_nor_before_the_last_one(keeper):
    point = make_risk_point(by=keeper, state="in_force")
    for day in (timezone.localdate() + datetime.timedelta(days=1), DAY - datetime.timedelta(days=1)):
        with pytest.raises(ValidationError) as refusal:
            reviewed(point, by=keeper, on=day)
        assert "on" in refusal.value.message_dict


def test_measures_and_a_leader_come_before_force(keeper):
    point = make_risk_point(by=keeper, state="rated", measures="")
    with pytest.raises(ValidationError):
        actions.put_in_force(point, by=keeper, on=DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        RiskPoint.objects.filter(pk=point.pk).update(state="in_force", last_reviewed_on=DAY)


def test_states_follow_the_workflow_whoever_asks(keeper):
    point = make_risk_point(by=keeper)
    with pytest.raises(DatabaseError), transaction.atomic():
        RiskPoint.objects.filter(pk=point.pk).update(state="in_force", level="low", last_reviewed_on=DAY)
    removed = make_risk_point(by=keeper, state="removed")
    with pytest.raises(DatabaseError), transaction.atomic():
        RiskPoint.objects.filter(pk=removed.pk).update(measures="另行制定")
    with pytest.raises(DatabaseError), transaction.atomic():
        RiskPoint.objects.filter(pk=point.pk).delete()


def test_a_review_is_never_altered(keeper):
    review = reviewed(make_risk_point(by=keeper, state="in_force"), by=keeper)
    with pytest.raises(DatabaseError), transaction.atomic():
        RiskReview.objects.filter(pk=review.pk).update(reason="别的原因")
    with pytest.raises(DatabaseError), transaction.atomic():
        review.delete()


def test_a_removal_needs_its_reason(keeper):
    with pytest.raises(ValidationError):
        actions.remove(make_risk_point(by=keeper), by=keeper, reason="  ")


def test_a_member_keeps_no_list(keeper):
    member, point = make_user(Role.MEMBER), make_risk_point(by=keeper)
    with pytest.raises(PermissionDenied):
        actions.rate(point, "low", by=member)
    with pytest.raises(PermissionDenied):
        make_risk_point(by=member)


# --- responsibilities


def test_the_holder_notes_what_was_done_and_somebody_else_checks_it(keeper):
    holder = make_user(Role.COMMITTEE)
    duty = make_responsibility(by=keeper, holder=holder.member)
    done = make_fulfilment(duty, by=holder)
    with pytest.raises(ValidationError) as refusal:
        actions.check(done, by=holder, opinion="已完成")
    assert refusal.value.messages == ["Somebody else than the holder of the post checks it."]
    checked = actions.check(done, by=keeper, opinion="情况属实")
    assert (checked.checked_by, checked.opinion) == (keeper, "情况属实")


def test_the_database_knows_too_that_nobody_checks_the_own(keeper):
    holder = make_user(Role.COMMITTEE)
    done = make_fulfilment(make_responsibility(by=keeper, holder=holder.member), by=holder)
    with pytest.raises(DatabaseError), transaction.atomic():
        Fulfilment.objects.filter(pk=done.pk).update(
            checked_by=holder, checked_at=timezone.now(), opinion="已完成"
        )


def test_a_checked_fulfilment_stands_still(keeper):
    done = actions.check(
        make_fulfilment(make_responsibility(by=keeper), by=keeper), by=keeper, opinion="属实"
    )
    with pytest.raises(ValidationError):
        actions.check(done, by=keeper, opinion="又看了一次")
    with pytest.raises(DatabaseError), transaction.atomic():
        Fulfilment.objects.filter(pk=done.pk).update(text="别的内容")


def test_another_member_notes_nothing(keeper):
    with pytest.raises(PermissionDenied):
        make_fulfilment(make_responsibility(by=keeper), by=make_user(Role.MEMBER))


def test_nothing_is_done_outside_the_days_of_the_post(keeper):
    duty = make_responsibility(by=keeper)
    with pytest.raises(ValidationError) as refusal:
        make_fulfilment(duty, by=keeper, done_on=DAY - datetime.timedelta(days=1))
    assert "done_on" in refusal.value.message_dict
    actions.end(duty, by=keeper, on=LATER)
    with pytest.raises(ValidationError):
        make_fulfilment(duty, by=keeper, done_on=LATER + datetime.timedelta(days=1))


def test_the_newest_fulfilment_tells_when_the_next_is_due(keeper):
    duty = make_responsibility(by=keeper)  # twice a year from 2 March
    assert _standing(duty).due_on == datetime.date(2026, 9, 2)
    make_fulfilment(duty, by=keeper, done_on=LATER)
    make_fulfilment(duty, by=keeper, done_on=DAY)
    assert _standing(duty).due_on == datetime.date(2026, 12, 10)
    actions.end(duty, by=keeper, on=LATER)
    assert _standing(duty).due_on is None


def _standing(duty):
    return Responsibility.objects.with_last_fulfilment().get(pk=duty.pk)


def test_it_ends_once_and_not_before_it_began(keeper):
    duty = make_responsibility(by=keeper, holder=make_member())
    with pytest.raises(ValidationError) as refusal:
        actions.end(duty, by=keeper, on=DAY - datetime.timedelta(days=1))
    assert "ended_on" in refusal.value.message_dict
    actions.end(duty, by=keeper, on=LATER)
    with pytest.raises(ValidationError):
        actions.end(duty, by=keeper, on=LATER)
