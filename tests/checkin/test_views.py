"""The pages of the day: what each person is shown, what a wrong code costs, how many queries a page asks."""

from __future__ import annotations

import re
import uuid

import pytest
from django.core.cache import cache
from django.urls import reverse

from meetings import actions as meeting_actions
from meetings.checkin import actions
from meetings.checkin.models import CheckIn, LeaveRequest, NoticeSeen
from meetings.models import Meeting
from members.permissions import Role
from tests.checkin import clock
from tests.checkin.conftest import STARTS, after, mark_of
from tests.factories import make_meeting, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_clock(settings):
    settings.CHECK_IN_CLOCK = clock.PATH
    clock.set_to(STARTS)
    cache.clear()


def url(name, *args) -> str:
    return reverse(f"checkin:{name}", args=args)


def text(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def entered(client, user):
    client.force_login(user)
    return client


# --- the telephone ---------------------------------------------------------------------------------
def test_scanning_shows_a_button_and_only_the_button_marks(client, meeting, member, opened):
    entered(client, member)
    page = client.get(url("scanned", meeting.pk, opened(STARTS)))
    assert "I am here" in text(page)
    assert mark_of(meeting, member).status == ""
    done = client.post(url("here", meeting.pk), {"code": opened(STARTS)}, follow=True)
    assert "You are checked in." in text(done)
    assert "came at 22:00" in text(done)
    again = client.post(url("here", meeting.pk), {"code": opened(STARTS)}, follow=True)
    assert "You were checked in already; nothing has changed." in text(again)


def test_asking_for_the_page_does_not_say_whether_a_code_is_right(client, meeting, member, opened):
    entered(client, member)
    pages = [text(client.get(url("scanned", meeting.pk, code))) for code in (opened(STARTS), "000000")]
    right, wrong = (re.sub(r'value="\w{60,}"|code/\d{6}|value="\d{6}"', "", page) for page in pages)
    assert right == wrong


def test_nobody_signed_in_signs_in_and_comes_back_to_the_code(client, meeting, opened):
    address = url("scanned", meeting.pk, opened(STARTS))
    response = client.get(address)
    assert response["Location"] == f"{reverse('account_login')}?next={address}"


def test_an_outdated_code_is_refused_kindly(client, meeting, member, opened):
    entered(client, member)
    old = opened(STARTS)
    clock.pass_minutes(2)
    page = client.post(url("here", meeting.pk), {"code": old})
    assert "It changes every minute: scan or type the new one." in text(page)
    assert mark_of(meeting, member).status == ""


def test_wrong_codes_are_counted_for_the_person_and_right_ones_are_not(
    client, meeting, member, secretary, opened
):
    entered(client, member)
    wrong = f"{(int(opened(STARTS)) + 1) % 10**6:06d}"
    answers = [client.post(url("here", meeting.pk), {"code": wrong}).status_code for _time in range(8)]
    assert answers == [200] * 8
    assert client.post(url("here", meeting.pk), {"code": opened(STARTS)}).status_code == 429
    assert mark_of(meeting, member).status == ""
    entered(client, secretary)
    assert client.post(url("here", meeting.pk), {"code": opened(STARTS)}).status_code == 302


def test_what_is_no_code_is_told_and_not_counted(client, meeting, member, opened):
    entered(client, member)
    for _time in range(10):
        assert "The number has six digits." in text(client.post(url("here", meeting.pk), {"code": "12"}))
    assert client.post(url("here", meeting.pk), {"code": opened(STARTS)}).status_code == 302


def test_before_it_is_open_and_when_it_is_over_the_page_says_so(client, meeting, member, secretary):
    entered(client, member)
    assert "Check-in is not open yet." in text(client.get(url("here", meeting.pk)))
    actions.open_check_in(meeting, by=secretary, now=STARTS)
    assert "Number on the screen" in text(client.get(url("here", meeting.pk)))
    actions.close_check_in(meeting, by=secretary, now=STARTS)
    assert "Check-in is closed." in text(client.get(url("here", meeting.pk)))
    meeting_actions.finish_meeting(meeting, by=secretary)
    assert "This meeting is over." in text(client.get(url("here", meeting.pk)))
    told = client.post(url("here", meeting.pk), {"code": "123456"}, follow=True)
    assert "This meeting is over." in text(told)


def test_somebody_not_invited_reads_why(client, meeting, opened):
    for role, status in ((Role.COMMITTEE, 403), (Role.MEMBER, 404)):
        entered(client, make_user(role))
        for address in (url("here", meeting.pk), url("scanned", meeting.pk, opened(STARTS))):
            response = client.get(address)
            assert response.status_code == status
            assert "Only those invited to a meeting check in" in text(response)


def test_online_marks_and_then_shows_the_link(client, meeting, member):
    entered(client, member)
    detail = reverse("meetings:detail", args=[meeting.pk])
    assert "Open the online meeting" not in text(client.get(detail))
    done = client.post(url("online", meeting.pk), follow=True)
    assert mark_of(meeting, member).status == "online"
    assert "Open the online meeting" in text(done)


# --- the screen --------------------------------------------------------------------------------------
def test_the_screen_shows_code_and_count_and_counts_no_guest(client, meeting, member, secretary, opened):
    meeting.guests.create(name="樊思齐", status="came")
    entered(client, secretary)
    shown = client.get(url("screen_now", meeting.pk)).json()
    assert shown["code"].replace(" ", "") == opened(STARTS)
    assert shown["qr"].startswith("<svg")
    assert (shown["came"], shown["invited"]) == (0, 2)
    actions.check_in(meeting, opened(STARTS), by=member, now=STARTS)
    clock.pass_minutes(1)
    later = client.get(url("screen_now", meeting.pk)).json()
    assert (later["came"], later["invited"]) == (1, 2)
    assert later["code"] != shown["code"]
    assert later["qr"] != shown["qr"]
    page = client.get(url("screen", meeting.pk)).content.decode()
    assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in page


def test_the_secret_is_on_no_page(client, meeting, secretary, opened):
    entered(client, secretary)
    secret = CheckIn.objects.get().secret
    for name in ("screen", "screen_now"):
        assert secret not in client.get(url(name, meeting.pk)).content.decode()


def test_check_in_is_opened_with_the_minutes_of_grace_and_closed(client, meeting, secretary):
    entered(client, secretary)
    wrong = client.post(url("open", meeting.pk), {"grace_minutes": "500"})
    assert wrong.status_code == 200
    assert not CheckIn.objects.exists()
    client.post(url("open", meeting.pk), {"grace_minutes": "15"})
    assert Meeting.objects.get(pk=meeting.pk).grace_minutes == 15
    client.post(url("close", meeting.pk))
    assert CheckIn.objects.get().closed_at == STARTS
    assert client.get(url("screen_now", meeting.pk)).json() == {"is_open": False}


# --- leave -------------------------------------------------------------------------------------------
def test_leave_is_asked_for_on_the_telephone_and_answered(client, planned, member, secretary):
    entered(client, member)
    key = uuid.uuid4()
    missing = client.post(url("ask", planned.pk), {"reason": "other", "note": "", "key": key})
    assert "Say what the reason is." in text(missing)
    for _tap in range(2):
        client.post(url("ask", planned.pk), {"reason": "personal", "note": "家中有事", "key": key})
    asked = LeaveRequest.objects.get()
    entered(client, secretary)
    empty = client.post(url("decide", asked.pk), {"decision": "refuse", "answer": ""})
    assert 'id="answer-error-' in empty.content.decode()
    client.post(url("decide", asked.pk), {"decision": "refuse", "answer": "要表决"})
    assert "要表决" in text(client.get(url("requests", planned.pk)))
    entered(client, member)
    assert "周书记 answers: 要表决" in text(client.get(reverse("meetings:detail", args=[planned.pk])))
    assert "要表决" in text(client.get(url("overview")))


def test_accepting_from_the_record_page_leads_back_to_it(client, planned, member, secretary):
    asked = actions.ask_for_leave(planned, by=member, reason="sick", key=uuid.uuid4(), now=STARTS)
    entered(client, secretary)
    record = reverse("meetings:record", args=[planned.pk])
    assert url("decide", asked.pk) in client.get(record).content.decode()
    response = client.post(url("decide", asked.pk), {"decision": "accept", "back": "record"})
    assert response["Location"] == record
    assert url("decide", asked.pk) not in client.get(record).content.decode()
    assert mark_of(planned, member).leave_reason == "sick"


def test_an_open_record_page_hears_of_the_leave_and_of_the_check_in(
    client, meeting, member, secretary, opened
):
    entered(client, secretary)
    since = Meeting.objects.get(pk=meeting.pk).revision
    actions.check_in(meeting, opened(after(12)), by=member, now=after(12))
    answer = client.get(reverse("meetings:changes", args=[meeting.pk]), {"since": since}).json()
    row = answer["rows"][0]
    assert (row["by"], row["late"]) == ("陈一", True)
    assert row["fields"]["status"]["value"] == "present"
    assert row["fields"]["arrived_at"]["value"] == "22:12"


def test_withdrawing_is_a_button_on_the_meetings_page(client, planned, member):
    asked = actions.ask_for_leave(planned, by=member, reason="sick", key=uuid.uuid4(), now=STARTS)
    entered(client, member)
    assert (
        url("withdraw", asked.pk)
        in client.get(reverse("meetings:detail", args=[planned.pk])).content.decode()
    )
    client.post(url("withdraw", asked.pk))
    asked.refresh_from_db()
    assert asked.state == "withdrawn"


# --- the notice, the minutes, the desk ---------------------------------------------------------------
def test_the_notice_counts_whoever_has_opened_it_and_tells_only_the_organizer(
    client, planned, member, secretary
):
    detail = reverse("meetings:detail", args=[planned.pk])
    entered(client, member)
    client.head(detail)
    assert not NoticeSeen.objects.exists()
    for _time in range(2):
        page = client.get(detail)
    assert NoticeSeen.objects.count() == 1
    assert "has been opened by" not in text(page)
    entered(client, secretary)
    client.get(detail)
    assert "The notice has been opened by 2 of 2." in text(client.get(detail))


def test_minutes_say_who_was_late_and_who_left_early(client, meeting, member, secretary):
    meeting.attendances.filter(member=member.member_id).update(
        status="present", arrived_at=after(15), left_at=after(60)
    )
    meeting.guests.create(name="樊思齐", status="absent")
    entered(client, secretary)
    page = text(client.get(reverse("meetings:detail", args=[meeting.pk])))
    assert "late, came at 22:15" in page
    assert "left early at 23:00" in page
    assert "did not come" in page


def test_the_desk_tells_who_decides_and_who_was_refused(client, planned, member, secretary):
    asked = actions.ask_for_leave(planned, by=member, reason="sick", key=uuid.uuid4(), now=STARTS)
    desk = reverse("desk:home")
    assert "leave requests to decide on" in text(entered(client, secretary).get(desk))
    actions.refuse_leave(asked, by=secretary, answer="请参加", now=STARTS)
    assert "leave requests to decide on" not in text(entered(client, secretary).get(desk))
    assert "of your leave requests refused" in text(entered(client, member).get(desk))


@pytest.mark.parametrize("name", ["detail", "record", "requests", "screen", "here", "overview"])
def test_pages_ask_equally_much_for_few_and_for_many(
    client, secretary, member, name, django_assert_num_queries, django_assert_max_num_queries
):
    def meeting_of(people: int) -> Meeting:
        users = [make_user(Role.MEMBER) for _number in range(people)]
        invited = [secretary.member, *(user.member for user in users)]
        made = make_meeting(by=secretary, invited=invited, state="in_session")
        actions.open_check_in(made, by=secretary, now=STARTS)
        for user in users:
            actions.ask_for_leave(made, by=user, reason="sick", key=uuid.uuid4(), now=STARTS)
        made.attendances.filter(member__in=[user.member_id for user in users[::2]]).update(
            status="present", arrived_at=STARTS
        )
        made.attendances.filter(member=secretary.member_id).update(status="online", arrived_at=STARTS)
        return made

    def address(meeting: Meeting) -> str:
        if name == "overview":
            return url(name)
        return reverse(
            f"{'meetings' if name in {'detail', 'record'} else 'checkin'}:{name}", args=[meeting.pk]
        )

    entered(client, secretary)
    few = meeting_of(2)
    client.get(address(few))  # the notice is seen, the content types are known
    with django_assert_max_num_queries(40) as first:
        client.get(address(few))
    asked = len(first)
    many = meeting_of(11)
    client.get(address(many))
    with django_assert_num_queries(asked):
        client.get(address(many))


def test_nobody_else_sees_a_request_for_leave(client, planned, member):
    asked = actions.ask_for_leave(planned, by=member, reason="sick", key=uuid.uuid4(), now=STARTS)
    other = make_user(Role.MEMBER, member=make_member("林二"))
    planned.attendances.create(member=other.member, has_vote=True)
    entered(client, other)
    assert "illness" not in text(client.get(reverse("meetings:detail", args=[planned.pk])))
    assert client.post(url("withdraw", asked.pk)).status_code == 404
    assert client.post(url("decide", asked.pk), {"decision": "accept"}).status_code == 404
    assert client.get(url("requests", planned.pk)).status_code == 403
