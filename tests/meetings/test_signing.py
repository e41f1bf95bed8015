"""Recorder and chair sign (handbook 3.3, steps 6 and 7; section 11): who, in whose place, which text, and that a text that was
changed afterwards is signed by nobody."""

from __future__ import annotations

import importlib

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import InternalError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from meetings import actions, covered, signing
from meetings.models import RECORD_ROWS, Meeting, Signature, SignatureVoid, Stage
from meetings.recording import correct_minutes, save_record
from meetings.workflow import Act
from members.permissions import Role
from tests.factories import (
    make_branch,
    make_meeting,
    make_member,
    make_user,
    sign_as_recorder,
    sign_off,
)
from tests.meetings.submissions import row

pytestmark = pytest.mark.django_db
WHY = "记录人出差"


@pytest.fixture
def secretary():
    make_branch()
    return make_user(Role.SECRETARY)


@pytest.fixture
def chair():
    return make_user(Role.MEMBER, member=make_member("主持人"))


@pytest.fixture
def recorder():
    return make_user(Role.MEMBER, member=make_member("记录人"))


@pytest.fixture
def draft(secretary, chair, recorder):
    return make_meeting(
        by=secretary,
        chair=chair.member,
        recorder=recorder.member,
        invited=[chair.member, recorder.member],
        state="draft_minutes",
    )


def full(meeting: Meeting, person) -> Meeting:
    """A row of every kind."""
    meeting.problems.create(description="学习不够系统", cause="时间不足")
    meeting.guests.create(name="王五")
    meeting.study_topics.create(title="党章")
    meeting.criticisms.create(speaker=person, text="抓得不紧")
    meeting.requirements.create(title="压实责任")
    meeting.photos.create(key=f"{meeting.pk:032d}", width=3, height=2)
    meeting.attachments.create(
        key=f"{meeting.pk:032d}", name="一.pdf", content_type="application/pdf", size=1
    )
    return meeting


@pytest.fixture
def ready(draft, recorder):
    """For signature, with a row of every kind."""
    return sign_as_recorder(full(draft, recorder.member), by=recorder)


def again(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def sign_recorders(meeting, by, **values):
    return signing.sign_as_recorder(meeting, by=by, revision=meeting.revision, **values)


def sign_chairs(meeting, by, **values):
    return signing.sign_off(meeting, by=by, revision=meeting.revision, **values)


# --- who signs, and in whose place -------------------------------------------------------------------


def test_first_the_recorder_then_the_chair_and_the_minutes_are_locked(draft, chair, recorder):
    assert sign_recorders(draft, recorder).stage == Stage.FOR_SIGNATURE
    signed = sign_chairs(again(draft), chair)
    assert signed.stage == Stage.SIGNED_OFF
    first, second = signed.signatures.all()
    assert (first.capacity, first.signed_by, first.signed_for) == ("recorder", recorder, recorder.member)
    assert (second.capacity, second.signed_by, second.signed_for) == ("chair", chair, chair.member)
    assert first.digest == second.digest == covered.digest(signed)
    assert (signed.signed_off_by, signed.signed_off_at) == (chair, second.signed_at)


def test_the_chair_does_not_sign_before_the_recorder(draft, chair):
    with pytest.raises(ValidationError) as refusal:
        sign_chairs(draft, chair)
    assert refusal.value.code == "state"
    with pytest.raises(PermissionDenied):
        sign_recorders(draft, chair)


def test_the_recorder_does_not_sign_as_chair(ready, recorder):
    with pytest.raises(PermissionDenied):
        sign_chairs(ready, recorder)


def test_who_chaired_and_recorded_signs_both_in_one_step(secretary):
    meeting = make_meeting(by=secretary, state="draft_minutes")
    assert sign_recorders(meeting, secretary).state == "signed_off"
    assert [one.capacity for one in meeting.signatures.all()] == ["recorder", "chair"]
    assert {one.in_place_because for one in meeting.signatures.all()} == {""}


def test_the_secretary_signs_in_place_of_either_with_a_reason(draft, secretary):
    with pytest.raises(ValidationError) as refusal:
        sign_recorders(draft, secretary, reason="  ")
    assert "记录人" in refusal.value.message_dict["reason"][0]
    waiting = sign_recorders(draft, secretary, reason=WHY)
    with pytest.raises(ValidationError):
        sign_chairs(again(waiting), secretary)
    sign_chairs(again(waiting), secretary, reason="主持人调离")
    told = [(one.signed_by, one.signed_for.name, one.in_place_because) for one in draft.signatures.all()]
    assert told == [(secretary, "记录人", WHY), (secretary, "主持人", "主持人调离")]


def test_in_place_of_somebody_who_chaired_and_recorded_one_reason_is_enough(secretary):
    gone = make_member("已离开")
    meeting = make_meeting(by=secretary, chair=gone, invited=[gone], state="draft_minutes")
    assert sign_recorders(meeting, secretary, reason="已转出组织关系").state == "signed_off"
    assert {one.in_place_because for one in meeting.signatures.all()} == {"已转出组织关系"}


def test_a_reason_is_not_kept_where_none_is_needed(draft, recorder):
    sign_recorders(draft, recorder, reason="多余")
    assert draft.signatures.get().in_place_because == ""


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.MEMBER])
def test_nobody_else_signs_in_somebodys_place(draft, role):
    with pytest.raises(PermissionDenied):
        sign_recorders(draft, make_user(role), reason=WHY)


def test_what_is_missing_is_named_before_the_first_signature(draft, secretary, recorder):
    on_leave = make_member("请假人")
    draft.attendances.create(member=on_leave, has_vote=True, status="leave")
    draft.attendances.create(member=make_member("没签到"), has_vote=True)
    with pytest.raises(ValidationError) as refusal:
        sign_recorders(draft, recorder)
    unmarked, without_reason = refusal.value.messages
    assert "没签到" in unmarked
    assert "请假人" in without_reason


@pytest.mark.parametrize("stage", [Stage.DRAFT_MINUTES, Stage.FOR_SIGNATURE])
def test_minutes_changed_while_somebody_was_reading_are_not_signed(draft, secretary, chair, recorder, stage):
    verb, user = signing.sign_as_recorder, recorder
    if stage == Stage.FOR_SIGNATURE:
        draft, verb, user = sign_as_recorder(draft, by=recorder), signing.sign_off, chair
    read = draft.revision
    with actions.locked(draft, by=secretary, act=Act.RECORD) as locked:
        actions.touch(locked, by=secretary)
        locked.save()
    with pytest.raises(ValidationError) as refusal:
        verb(draft, by=user, revision=read)
    assert refusal.value.code == "stale"
    assert str(secretary) in refusal.value.messages[0]


# --- a change after the recorder's signature ----------------------------------------------------------


@pytest.mark.parametrize("model", RECORD_ROWS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("way", ["update", "delete", "insert"])
def test_any_change_of_the_record_by_any_way_voids_the_signature(ready, model, way):
    rows = model.objects.filter(meeting=ready)
    if way == "update":
        column = {"Attendance": "status", "Photo": "caption", "Attachment": "name"}.get(model.__name__)
        column = column or next(
            field.name
            for field in model._meta.concrete_fields
            if field.name in ("name", "title", "description", "text")
        )
        rows.update(**{column: "online" if column == "status" else "改"})
    elif way == "delete":
        rows.delete()
    elif model.__name__ == "Attendance":
        ready.attendances.create(member=make_member(), has_vote=True)
    else:
        twin = rows.first()
        twin.pk, twin._state.adding = None, True
        twin.pk = type(twin)._meta.pk.get_default()
        if hasattr(twin, "key"):
            twin.key = "f" * 32
        twin.save(force_insert=True)
    assert again(ready).stage == Stage.DRAFT_MINUTES
    assert SignatureVoid.objects.get().signature == ready.signatures.get()


@pytest.mark.parametrize(
    "changed",
    [
        {"title": "改名"},
        {"place": "二楼"},
        {"ends_at": timezone.now()},
        {"grace_minutes": 1},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_changed_facts_void_the_signature(ready, changed):
    Meeting.objects.filter(pk=ready.pk).update(**changed)
    assert again(ready).stage == Stage.DRAFT_MINUTES


def test_another_recorder_or_chair_voids_the_signature(ready, secretary):
    Meeting.objects.filter(pk=ready.pk).update(recorder=secretary.member)
    assert again(ready).stage == Stage.DRAFT_MINUTES


def test_a_row_carried_into_the_minutes_voids_their_signature(ready, secretary):
    other = make_meeting(by=secretary)
    loose = other.requirements.create(title="新的要求")
    type(loose).objects.filter(pk=loose.pk).update(meeting=ready)
    assert again(ready).stage == Stage.DRAFT_MINUTES


def test_who_touched_a_row_changes_nothing_of_what_is_signed(ready, secretary):
    ready.problems.update(revision=99, changed_by=secretary, changed_at=timezone.now())
    Meeting.objects.filter(pk=ready.pk).update(revision=99, changed_by=secretary)
    assert again(ready).stage == Stage.FOR_SIGNATURE
    assert not SignatureVoid.objects.exists()


def test_another_meeting_is_not_touched(ready, secretary, recorder):
    other = make_meeting(by=secretary, recorder=recorder.member, state="draft_minutes")
    sign_as_recorder(other, by=recorder)
    ready.requirements.update(title="改")
    assert again(other).stage == Stage.FOR_SIGNATURE


def test_a_voided_signature_stays_in_the_history_with_who_changed_what_it_was_under(
    ready, secretary, recorder, chair
):
    save_record(ready, by=secretary, data=row("problem", ready.problems.get(), cause="安排不合理"))
    void = SignatureVoid.objects.get()
    assert (void.voided_by, void.signature.signed_by) == (secretary, recorder)
    assert void.voided_at > void.signature.signed_at
    waiting = sign_recorders(again(ready), recorder)
    sign_chairs(again(waiting), chair)
    assert [hasattr(one, "void") for one in ready.signatures.all()] == [True, False, False]
    assert SignatureVoid.objects.count() == 1


def test_the_recorders_own_change_voids_the_signature_too(ready, recorder):
    save_record(ready, by=recorder, data=row("guest", ready.guests.get(), name="王小五"))
    assert SignatureVoid.objects.get().voided_by == recorder


def test_a_submission_that_changes_nothing_voids_nothing(ready, recorder):
    save_record(ready, by=recorder, data=row("guest", ready.guests.get(), name="王五"))
    assert again(ready).stage == Stage.FOR_SIGNATURE


def test_signed_minutes_keep_their_signatures_when_they_are_corrected(secretary):
    meeting = full(make_meeting(by=secretary, state="draft_minutes"), secretary.member)
    sign_off(meeting, by=secretary)
    correct_minutes(meeting, by=secretary, reason="笔误", data=row("guest", meeting.guests.get(), name="改"))
    assert not SignatureVoid.objects.exists()
    *first, corrected = meeting.signatures.all()
    assert {one.digest for one in first} == {first[0].digest}
    assert (corrected.capacity, corrected.signed_by) == ("correction", secretary)
    assert corrected.correction == meeting.corrections.get()
    assert corrected.digest == covered.digest(meeting) != first[0].digest


# --- the database itself ----------------------------------------------------------------------------


def put(meeting, capacity, by, **fields) -> Signature:
    values = {
        "signed_for": meeting.chair if capacity == "chair" else meeting.recorder,
        "signed_at": timezone.now(),
        "revision": meeting.revision,
        "digest": covered.digest(meeting),
        **fields,
    }
    return Signature.objects.create(meeting=meeting, capacity=capacity, signed_by=by, **values)


def refused(words: str):
    return pytest.raises(InternalError, match=words)


def test_minutes_are_not_locked_without_both_signatures(draft, chair, recorder):
    locked = {"state": "signed_off", "signed_off_by": chair, "signed_off_at": timezone.now()}
    with refused("recorder and chair"), transaction.atomic():
        Meeting.objects.filter(pk=draft.pk).update(**locked)
    sign_as_recorder(draft, by=recorder)
    with refused("recorder and chair"), transaction.atomic():
        Meeting.objects.filter(pk=draft.pk).update(**locked)


def test_minutes_are_not_changed_in_the_step_that_locks_them(draft, chair, recorder):
    waiting = sign_as_recorder(draft, by=recorder)
    with refused("as they were read"), transaction.atomic():
        signature = put(waiting, "chair", chair)
        Meeting.objects.filter(pk=draft.pk).update(
            state="signed_off", signed_off_by=chair, signed_off_at=signature.signed_at, title="改名"
        )


def test_the_database_refuses_the_chair_before_the_recorder(draft, chair):
    with refused("that the recorder has signed"), transaction.atomic():
        put(draft, "chair", chair)


def test_the_database_refuses_the_chair_under_another_text(ready, chair):
    with refused("that the recorder has signed"), transaction.atomic():
        put(ready, "chair", chair, digest="0" * 64)


def test_the_database_refuses_a_second_signature_of_one_text(ready, recorder):
    with refused("signed already"), transaction.atomic():
        put(ready, "recorder", recorder)


def test_the_database_refuses_a_signature_for_somebody_else_without_a_reason(draft, secretary):
    with refused("says why"), transaction.atomic():
        put(draft, "recorder", secretary)


def test_the_database_refuses_a_reason_of_who_signs_in_person(draft, recorder):
    with refused("says why"), transaction.atomic():
        put(draft, "recorder", recorder, in_place_because="多余")


def test_the_database_refuses_a_signature_of_somebody_the_minutes_do_not_ask(draft, secretary):
    with refused("neither the chair nor the recorder"), transaction.atomic():
        put(draft, "recorder", secretary, signed_for=secretary.member)


@pytest.mark.parametrize("state", ["planned", "in_session", "signed_off", "cancelled"])
def test_the_database_refuses_signatures_of_what_is_no_draft(secretary, state):
    meeting = make_meeting(by=secretary, state=state)
    with refused("while they are a draft"), transaction.atomic():
        put(meeting, "recorder", secretary)


def test_the_database_refuses_a_new_signature_that_names_no_text(draft, recorder):
    with refused("names its text"), transaction.atomic():
        put(draft, "recorder", recorder, is_from_sign_off=True)


def test_a_correction_without_a_signature_does_not_come_to_its_end(secretary):
    meeting = make_meeting(by=secretary, state="signed_off")
    with refused("by whoever makes it"), transaction.atomic(), connection.cursor() as cursor:
        meeting.corrections.create(reason="笔误", made_by=secretary, made_at=timezone.now())
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_correction_is_signed_only_while_it_is_made(secretary):
    meeting = full(make_meeting(by=secretary, state="draft_minutes"), secretary.member)
    sign_off(meeting, by=secretary)
    correct_minutes(meeting, by=secretary, reason="笔误", data=row("guest", meeting.guests.get(), name="改"))
    with refused("while it is made"), transaction.atomic():
        put(again(meeting), "correction", secretary, signed_for=None, correction=meeting.corrections.get())


# --- minutes from before --------------------------------------------------------------------------------


def test_minutes_signed_off_before_stay_signed_by_the_chair_alone(client, secretary, chair):
    meeting = make_meeting(by=secretary, chair=chair.member, invited=[chair.member], state="signed_off")
    with pgtrigger.ignore(), connection.cursor() as cursor:
        Signature.objects.all().delete()
        cursor.execute(importlib.import_module("meetings.migrations.0004_signatures").TAKE_OVER)
        cursor.execute(importlib.import_module("meetings.migrations.0004_signatures").TAKE_OVER)
    [taken] = Signature.objects.all()
    assert (taken.capacity, taken.signed_for, taken.signed_by) == ("chair", chair.member, secretary)
    assert taken.signed_at == meeting.signed_off_at
    assert taken.is_from_sign_off
    client.force_login(secretary)
    page = client.get(reverse("meetings:detail", args=[meeting.pk])).content.decode()
    assert "Signed off by" in page
    paper = client.get(reverse("meetings:minutes_paper", args=[meeting.pk])).content.decode()
    assert paper.count("is-given") == 1
    with actions.correcting(meeting, by=secretary, reason="笔误") as row_:
        row_.place = "二楼"
        row_.save()


# --- the pages --------------------------------------------------------------------------------------------


def url(meeting):
    return reverse("meetings:sign_off", args=[meeting.pk])


def inputs(page) -> dict[str, str]:
    meeting = page.context["meeting"]
    return {"act": page.context["asked"].act.value, "revision": str(meeting.revision)}


def test_both_sign_on_the_page(client, draft, chair, recorder):
    client.force_login(recorder)
    page = client.get(url(draft))
    assert "Sign the minutes as recorder" in page.content.decode()
    told = client.post(url(draft), inputs(page), follow=True)
    assert "主持人" in str(next(iter(told.context["messages"])))
    client.force_login(chair)
    page = client.get(url(draft))
    assert "Sign the minutes as chair" in page.content.decode()
    assert "Signed by" in page.content.decode()
    client.post(url(draft), inputs(page))
    assert again(draft).state == "signed_off"


def test_in_somebodys_place_the_reason_is_asked_beside_its_field(client, draft, secretary):
    client.force_login(secretary)
    page = client.get(url(draft))
    assert "记录人" in page.content.decode()
    answer = client.post(url(draft), {**inputs(page), "reason": ""})
    assert answer.context["form"].errors["reason"]
    assert not draft.signatures.exists()
    client.post(url(draft), {**inputs(page), "reason": WHY})
    assert draft.signatures.get().in_place_because == WHY


def test_whoever_is_not_asked_now_is_told_who_is(client, draft, chair, recorder):
    client.force_login(chair)
    told = client.get(url(draft), follow=True)
    assert "记录人" in str(next(iter(told.context["messages"])))
    sign_as_recorder(draft, by=recorder)
    client.force_login(recorder)
    told = client.get(url(draft), follow=True)
    assert "主持人" in str(next(iter(told.context["messages"])))


def test_a_page_that_was_made_for_the_recorders_signature_does_not_sign_as_chair(client, draft, secretary):
    client.force_login(secretary)
    sent = {**inputs(client.get(url(draft))), "reason": WHY}
    client.post(url(draft), sent)
    sent["revision"] = str(again(draft).revision)
    answer = client.post(url(draft), sent)
    assert answer.context["problems"]
    assert draft.signatures.count() == 1


@pytest.mark.parametrize(
    "sent", [{}, {"act": "sign_off", "revision": "x"}, {"act": "start", "revision": "1"}]
)
def test_what_no_page_sends_signs_nothing(client, ready, chair, sent):
    client.force_login(chair)
    assert client.post(url(ready), sent).status_code == 200
    assert again(ready).stage == Stage.FOR_SIGNATURE


def test_a_voided_signature_is_told_on_the_page_and_kept(client, ready, secretary, recorder):
    save_record(ready, by=secretary, data=row("guest", ready.guests.get(), name="改"))
    client.force_login(recorder)
    for address in (reverse("meetings:detail", args=[ready.pk]), url(ready)):
        page = client.get(address).content.decode()
        assert "no longer stands" in page
        assert str(secretary) in page
    assert "Out of force" in client.get(reverse("meetings:detail", args=[ready.pk])).content.decode()
    sign_as_recorder(again(ready), by=recorder)
    page = client.get(reverse("meetings:detail", args=[ready.pk])).content.decode()
    assert "no longer stands" not in page
    assert "Out of force" in page


def test_the_record_page_warns_before_a_signed_text_is_changed(client, ready, recorder):
    client.force_login(recorder)
    assert "out of force" in client.get(reverse("meetings:record", args=[ready.pk])).content.decode()


@pytest.mark.parametrize(
    ("state", "shown"),
    [("draft_minutes", {"甲", "丙"}), ("for_signature", {"乙"}), ("sign_again", {"丙"})],
)
def test_the_list_is_filtered_by_what_the_minutes_wait_for(client, secretary, recorder, state, shown):
    meetings = {
        title: make_meeting(by=secretary, recorder=recorder.member, title=title, state="draft_minutes")
        for title in ("甲", "乙", "丙")
    }
    for title in ("乙", "丙"):
        sign_as_recorder(meetings[title], by=recorder)
    meetings["丙"].requirements.create(title="后来补的")
    client.force_login(secretary)
    page = client.get(reverse("meetings:list"), {"state": state})
    assert {meeting.title for meeting in page.context["page"]} == shown


def test_the_list_asks_as_often_for_many_drafts_as_for_one(
    client, secretary, recorder, django_assert_num_queries, django_assert_max_num_queries
):
    def one_more():
        meeting = make_meeting(by=secretary, recorder=recorder.member, state="draft_minutes")
        sign_as_recorder(meeting, by=recorder)

    one_more()
    client.force_login(secretary)
    client.get(reverse("meetings:list"))
    with django_assert_max_num_queries(25) as first:
        client.get(reverse("meetings:list"))
    for _number in range(4):
        one_more()
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(reverse("meetings:list"))


@pytest.mark.parametrize("name", ["detail", "sign_off", "history", "minutes_paper"])
def test_the_pages_ask_as_often_after_many_signatures_as_after_one(
    client, secretary, ready, chair, recorder, django_assert_num_queries, django_assert_max_num_queries, name
):
    client.force_login(secretary)
    address = reverse(f"meetings:{name}", args=[ready.pk])
    ready.requirements.update(title="一")
    with django_assert_max_num_queries(40) as first:
        client.get(address)
    for number in range(3):
        sign_as_recorder(again(ready), by=recorder)
        ready.requirements.update(title=f"再改{number}")
    with django_assert_num_queries(len(first.captured_queries)):
        client.get(address)
