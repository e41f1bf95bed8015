"""Change requests: asked by the member, decided once by the secretary; nothing is overwritten unseen."""

from __future__ import annotations

import threading

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation

from branch_portal.desk.findings import findings_for
from branch_portal.media.pictures import picture_path, read_picture
from members import actions
from members.models import ChangeRequest, Member, User
from members.permissions import Role
from tests.factories import make_member, make_user
from tests.media import samples

OLD, NEW = "13800000001", "13800000002"


@pytest.fixture
def user():
    return make_user(member=make_member("钱会员", phone=OLD, address="旧街1号"))


def asked(user, field="phone", value=NEW) -> ChangeRequest:
    return actions.ask_for_change(user.member, field, value, by=user)


def record(user) -> Member:
    return Member.objects.get(pk=user.member_id)


def test_an_approved_request_changes_the_record(user, secretary):
    request = actions.approve_request(asked(user), standing=OLD, by=secretary)
    assert record(user).phone == NEW
    assert (request.state, request.decided_by) == ("approved", secretary)
    event = Member.pgh_event_model.objects.filter(pgh_obj_id=user.member_id).latest("pgh_id")
    assert (event.phone, event.pgh_context.metadata["user"]) == (NEW, secretary.pk)


def test_a_refused_request_leaves_the_record_and_gives_a_reason(user, secretary):
    request = asked(user)
    with pytest.raises(ValidationError) as refusal:
        actions.refuse_request(request, reason=" ", by=secretary)
    assert list(refusal.value.message_dict) == ["reason"]
    request = actions.refuse_request(request, reason="号码有误", by=secretary)
    assert (record(user).phone, request.state, request.reason) == (OLD, "refused", "号码有误")
    asked(user)  # and it may be asked again


def test_what_the_member_takes_back_is_over(user, secretary):
    request = actions.take_back_request(asked(user), by=user)
    assert request.state == "withdrawn"
    with pytest.raises(ValidationError, match="over already"):
        actions.approve_request(request, standing=OLD, by=secretary)
    assert record(user).phone == OLD


def test_one_request_for_a_field_is_open_at_a_time(user):
    asked(user)
    with pytest.raises(ValidationError, match="asked for a change of this already"):
        asked(user, value="13800000003")
    asked(user, "address", "新街2号")


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("phone", "12", "11 digits"),
        ("phone", OLD, "says so already"),
        ("address", "街" * 201, "at most 200"),
        ("employer", "院" * 121, "at most 120"),
    ],
)
def test_what_the_record_would_not_take_is_refused_at_asking(user, field, value, message):
    with pytest.raises(ValidationError) as refusal:
        asked(user, field, value)
    assert list(refusal.value.message_dict) == ["after"]
    assert message in str(refusal.value)


def test_nobody_asks_for_another_and_nobody_else_takes_back(user, secretary):
    with pytest.raises(ValidationError, match="their own record"):
        actions.ask_for_change(user.member, "phone", NEW, by=secretary)
    with pytest.raises(ValidationError, match="their own record"):
        actions.take_back_request(asked(user), by=secretary)


def test_a_record_that_changed_meanwhile_is_not_overwritten_unseen(desk, user, secretary):
    request = asked(user)
    member = record(user)
    member.phone = "13800000009"
    actions.change_member(member, by=make_user(Role.COMMITTEE))
    page = f"/en/desk/change-requests/{request.pk}/"
    answer = desk.post(f"{page}approve/", {"standing": OLD}, follow=True).content.decode()
    assert "says “13800000009” now, and “13800000002” is asked for" in answer
    assert "The record was changed after the member had asked" in answer
    assert OLD in answer
    assert record(user).phone == "13800000009"
    desk.post(f"{page}approve/", {"standing": "13800000009"})  # seen, and decided
    assert record(user).phone == NEW


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_wins(user, secretary):
    request, deputy = asked(user), make_user()
    outcomes = []
    start = threading.Barrier(2)

    def decide(act, **words):
        start.wait()
        with translation.override("en"):  # a thread begins in the portal's language
            try:
                outcomes.append(act(request, **words).state)
            except ValidationError as refusal:
                outcomes.append(refusal.messages[0])
            finally:
                connection.close()

    threads = [
        threading.Thread(
            target=decide,
            args=(actions.approve_request,),
            kwargs={"standing": OLD, "by": secretary},
        ),
        threading.Thread(
            target=decide,
            args=(actions.refuse_request,),
            kwargs={"reason": "号码有误", "by": deputy},
        ),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    request.refresh_from_db()
    assert request.state in outcomes
    (refused,) = [outcome for outcome in outcomes if outcome != request.state]
    assert refused.startswith("This request is over already")
    assert record(user).phone == (NEW if request.state == "approved" else OLD)


def test_the_database_keeps_what_was_decided(user, secretary):
    request = actions.refuse_request(asked(user), reason="号码有误", by=secretary)
    rows = ChangeRequest.objects.filter(pk=request.pk)
    for change in ({"state": "open"}, {"reason": "x"}, {"after": "1"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows.delete()


def test_the_database_knows_the_rules_of_a_decision(user):
    rows = ChangeRequest.objects.filter(pk=asked(user).pk)
    for change in ({"state": "approved"}, {"state": "refused"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)


def test_a_photograph_is_asked_for_shown_to_two_and_used(client, user, secretary):
    picture = read_picture(samples.upload(samples.encoded(samples.four_corners()), "x.jpg"))
    request = actions.ask_for_photograph(user.member, picture, by=user)
    address = f"/en/desk/change-requests/{request.pk}/photograph/480/"
    for reader, status in ((user, 200), (secretary, 200), (make_user(Role.COMMITTEE), 404)):
        client.force_login(reader)
        answer = client.get(address)
        if answer.streaming:
            answer.getvalue()
        assert answer.status_code == status
    actions.approve_request(request, standing="", by=secretary)
    assert record(user).photograph == request.after


def test_a_photograph_that_is_refused_goes(user, secretary, django_capture_on_commit_callbacks):
    picture = read_picture(samples.upload(samples.encoded(samples.four_corners()), "x.jpg"))
    request = actions.ask_for_photograph(user.member, picture, by=user)
    path = picture_path(request.after, "480")
    assert default_storage.exists(path)
    with django_capture_on_commit_callbacks(execute=True):
        actions.refuse_request(request, reason="不是本人", by=secretary)
    assert not default_storage.exists(path)
    assert record(user).photograph == ""


def test_open_requests_stand_on_the_secretarys_desk(user, secretary):
    def counts(who):
        return [each.count for each in findings_for(who, timezone.now()) if "change requests" in each.text]

    assert counts(secretary) == []
    asked(user)
    assert counts(secretary) == [1]
    assert counts(make_user(Role.COMMITTEE)) == []


def test_the_list_of_requests_asks_equally_much_for_one_and_for_many(
    desk, user, django_assert_num_queries, django_assert_max_num_queries
):
    asked(user)
    with django_assert_max_num_queries(20) as first:
        assert "钱会员" in desk.get("/en/desk/change-requests/").content.decode()
    for _number in range(9):
        asked(make_user())
    with django_assert_num_queries(len(first)):
        desk.get("/en/desk/change-requests/")


# --- the number one signs in by ---------------------------------------------------------------------
@pytest.fixture
def signs_in(user):
    """The member signs in by the number of the record."""
    user.mobile = OLD
    user.save()
    return user


def page_of(client, request: ChangeRequest) -> str:
    return client.get(f"/en/desk/change-requests/{request.pk}/").content.decode()


def approve(client, request: ChangeRequest, **fields):
    address = f"/en/desk/change-requests/{request.pk}/approve/"
    return client.post(address, {"standing": OLD, **fields}, follow=True)


def test_the_number_for_signing_in_is_shown_and_follows_if_chosen(desk, secretary, signs_in, client):
    request = asked(signs_in)
    assert f"also signs in by the number {OLD}" in page_of(desk, request)
    approve(desk, request, sign_in_too="on")
    signs_in.refresh_from_db()
    assert (signs_in.mobile, record(signs_in).phone) == (NEW, NEW)
    event = User.pgh_event_model.objects.filter(pgh_obj_id=signs_in.pk).latest("pgh_id")
    assert event.mobile == NEW
    assert event.pgh_context.metadata == {**event.pgh_context.metadata, "user": secretary.pk}
    assert event.pgh_context.metadata["change_request"] == request.pk
    client.force_login(signs_in)
    assert "changed the number by which you sign in" in client.get("/en/desk/").content.decode()
    assert "the number for signing in was changed too" in client.get("/en/desk/me/").content.decode()


def test_unless_it_is_chosen_the_old_number_goes_on_signing_in(desk, signs_in, client):
    request = asked(signs_in)
    approve(desk, request)
    signs_in.refresh_from_db()
    assert (signs_in.mobile, record(signs_in).phone) == (OLD, NEW)
    client.force_login(signs_in)
    assert "changed the number by which" not in client.get("/en/desk/").content.decode()


def test_a_number_that_is_taken_away_leaves_the_login_name(desk, signs_in):
    approve(desk, asked(signs_in, value=""), sign_in_too="on")
    signs_in.refresh_from_db()
    assert (signs_in.mobile, record(signs_in).phone) == (None, "")


@pytest.mark.parametrize("mobile", [None, "13700000000"])
def test_whoever_signs_in_by_another_number_is_not_spoken_of(desk, user, mobile):
    User.objects.filter(pk=user.pk).update(mobile=mobile)
    request = asked(user)
    assert "also signs in by" not in page_of(desk, request)
    assert "is another by now" in approve(desk, request, sign_in_too="on").content.decode()
    user.refresh_from_db()
    assert (user.mobile, record(user).phone) == (mobile, OLD)


def test_a_number_of_another_account_is_refused_and_nothing_is_written(desk, signs_in):
    make_user(mobile=NEW)
    request = asked(signs_in)
    answer = approve(desk, request, sign_in_too="on").content.decode()
    assert "Another account has this mobile number." in answer
    assert record(signs_in).phone == OLD
    assert ChangeRequest.objects.get(pk=request.pk).is_open
    approve(desk, request)
    assert record(signs_in).phone == NEW


def test_only_with_a_telephone_number_does_the_one_for_signing_in_change(signs_in, secretary):
    request = asked(signs_in, "address", "新街2号")
    with pytest.raises(ValidationError):
        actions.approve_request(request, standing="旧街1号", sign_in_too=True, by=secretary)
    with pytest.raises(DatabaseError, match="number_for_signing_in_follows"), transaction.atomic():
        ChangeRequest.objects.filter(pk=request.pk).update(sign_in_too=True)
