"""Who is out of contact without a time away: by the standing, or because they no longer come (R-5.9, R-5.10; handbook 14)."""

import datetime

import pytest
from django.utils import timezone

from branch_portal.desk.findings import findings_for
from members import out_of_contact
from members.compliance import Flag
from members.models import Member, MobileContact, MobilePeriod
from members.permissions import Role
from tests.factories import make_branch, make_event, make_meeting, make_member, make_position, make_user

pytestmark = pytest.mark.django_db

D = datetime.date
NEW_YEAR = D(2025, 1, 1)
PAGE = "/en/desk/mobile-members/"


@pytest.fixture
def secretary():
    return make_user(Role.SECRETARY)


@pytest.fixture
def committee():
    return make_user(Role.COMMITTEE)


def meet(secretary, day, marks, *, state="draft_minutes", reason="") -> None:
    """A meeting on that day, with a mark for each person."""
    starts_at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(14)))
    meeting = make_meeting(by=secretary, invited=list(marks), state=state, starts_at=starts_at)
    for member, status in marks.items():
        meeting.attendances.filter(member=member).update(status=status, leave_reason=reason)


def away(member, secretary, since, until=None) -> MobilePeriod:
    return MobilePeriod.objects.create(
        member=member, since=since, until=until, place="邻市", reason="work", contact_person=secretary.member
    )


def flags(today) -> dict[Member, tuple[Flag, datetime.date]]:
    return {line.member: (line.flag, line.since) for line in out_of_contact.lines(today)}


# --- who no longer comes --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (D(2025, 3, 31), None),
        (D(2025, 4, 1), Flag.THREE_MONTHS),
        (D(2025, 5, 1), Flag.FOUR_MONTHS),
        (D(2025, 6, 1), Flag.FIVE_MONTHS),
        (D(2025, 6, 30), Flag.FIVE_MONTHS),
        (D(2025, 7, 1), Flag.LOST),
    ],
)
def test_who_came_last_on_new_years_day(secretary, today, expected):
    member = make_member()
    meet(secretary, NEW_YEAR, {member: "present"})
    meet(secretary, D(2025, 2, 3), {member: "absent"})
    assert flags(today) == ({member: (expected, NEW_YEAR)} if expected else {})
    member.refresh_from_db()
    assert member.standing == Member.Standing.NORMAL


def test_who_was_never_seen_is_missed_since_the_first_meeting(secretary):
    member = make_member()
    meet(secretary, D(2025, 2, 3), {member: "absent"})
    meet(secretary, D(2025, 4, 3), {member: "absent"})
    assert flags(D(2025, 5, 2)) == {}
    assert flags(D(2025, 5, 3)) == {member: (Flag.THREE_MONTHS, D(2025, 2, 3))}


@pytest.mark.parametrize("status", ["leave", "online", "present"])
def test_who_had_leave_or_came_is_not_warned_of(secretary, status):
    member = make_member()
    meet(secretary, D(2025, 2, 3), {member: status}, reason="work" if status == "leave" else "")
    assert flags(D(2025, 12, 1)) == {}


def test_who_was_invited_to_nothing_since_the_last_time_is_not_warned_of(secretary):
    member = make_member()
    meet(secretary, D(2024, 12, 1), {member: "absent"})
    meet(secretary, NEW_YEAR, {member: "present"})
    assert flags(D(2025, 12, 1)) == {}


def test_a_meeting_that_is_not_over_misses_nobody(secretary):
    member = make_member()
    meet(secretary, D(2025, 2, 3), {member: "absent"}, state="in_session")
    assert flags(D(2025, 12, 1)) == {}


def test_a_contact_counts_and_so_does_coming_back(secretary):
    called, back = make_member(), make_member()
    meet(secretary, D(2025, 1, 6), {called: "absent", back: "absent"})
    period = away(called, secretary, D(2024, 10, 1), D(2024, 12, 1))
    MobileContact.objects.create(period=period, on=D(2024, 11, 1), way="telephone")
    away(back, secretary, D(2024, 10, 1), D(2025, 3, 1))
    assert flags(D(2025, 3, 1)) == {called: (Flag.THREE_MONTHS, D(2024, 12, 1))}


def test_who_is_away_is_judged_by_the_register_of_mobile_members(secretary):
    member = make_member()
    meet(secretary, D(2025, 1, 6), {member: "absent"})
    away(member, secretary, D(2025, 2, 1))
    assert flags(D(2025, 12, 1)) == {}


def test_applicants_and_people_who_left_are_not_missed(secretary):
    applicant, gone = make_member(stage="applicant"), make_member()
    meet(secretary, D(2025, 1, 6), {applicant: "absent", gone: "absent"})
    make_event(gone, "moved_out", D(2025, 2, 1))
    assert flags(D(2025, 12, 1)) == {}


# --- by the standing ------------------------------------------------------------------------------
def test_lost_and_suspended_stand_there_with_their_days(secretary):
    lost, suspended = make_member(), make_member()
    make_event(lost, "lost_contact", D(2025, 2, 1))
    make_event(suspended, "suspended", D(2024, 2, 29))
    first, second = out_of_contact.lines(D(2026, 2, 27))
    assert (first.member, first.since, first.until, first.are_over) == (
        suspended,
        D(2024, 2, 29),
        D(2026, 2, 28),
        False,
    )
    assert (second.member, second.since, second.until) == (lost, D(2025, 2, 1), None)
    assert out_of_contact.lines(D(2026, 2, 28))[0].are_over


def test_who_is_restored_begins_anew(secretary):
    member = make_member()
    meet(secretary, D(2024, 1, 6), {member: "absent"})
    make_event(member, "suspended", D(2024, 8, 1))
    make_event(member, "restored", D(2025, 1, 1))
    meet(secretary, D(2025, 2, 6), {member: "absent"})
    assert flags(D(2025, 3, 31)) == {}
    assert flags(D(2025, 4, 1)) == {member: (Flag.THREE_MONTHS, D(2025, 1, 1))}


# --- the page -------------------------------------------------------------------------------------
@pytest.mark.parametrize("show", ["away", "back", "out_of_contact"])
def test_the_page_asks_equally_much_for_one_and_for_many(
    client, secretary, show, django_assert_num_queries, django_assert_max_num_queries
):
    def one_more():
        lost, missed = make_member(), make_member()
        make_event(lost, "lost_contact", D(2025, 2, 1))
        meet(secretary, D(2025, 1, 6), {missed: "absent"})
        away(make_member(), secretary, NEW_YEAR)
        away(make_member(), secretary, NEW_YEAR, D(2025, 3, 1))

    client.force_login(secretary)
    one_more()
    with django_assert_max_num_queries(25) as first:
        client.get(PAGE, {"show": show})
    for _number in range(3):
        one_more()
    with django_assert_num_queries(len(first)):
        client.get(PAGE, {"show": show})


def test_search_filter_and_pages(client, secretary):
    client.force_login(secretary)
    for name in ["高凤山", *(f"何{number}" for number in range(20))]:
        make_event(make_member(name), "lost_contact", D(2025, 2, 1))
    away(make_member("马长河"), secretary, NEW_YEAR)
    away(make_member("卢明远"), secretary, NEW_YEAR, D(2025, 3, 1))
    shown = {
        show: client.get(PAGE, {"show": show}).content.decode() for show in ("", "away", "back", "nonsense")
    }
    assert ["马长河" in page for page in shown.values()] == [True, True, False, True]
    assert ["卢明远" in page for page in shown.values()] == [False, False, True, False]
    silent = client.get(PAGE, {"show": "out_of_contact", "page": 2})
    assert (silent.context["page"].paginator.count, len(silent.context["page"])) == (21, 1)
    (line,) = client.get(PAGE, {"show": "out_of_contact", "q": "gao"}).context["page"]
    assert line.member.name == "高凤山"
    assert "Nobody matches" in client.get(PAGE, {"q": "gao"}).content.decode()


def test_a_suspension_says_when_its_two_years_are_over(client, secretary):
    client.force_login(secretary)
    make_event(make_member(), "suspended", D(2020, 2, 1))
    page = client.get(PAGE, {"show": "out_of_contact"}).content.decode()
    assert "Membership suspended" in page or "membership suspended" in page
    assert "were over on" in page


def test_the_desk_counts_whoever_is_out_of_contact(client, committee):
    client.force_login(committee)
    assert "members out of contact" not in client.get("/en/desk/").content.decode()
    make_event(make_member(), "lost_contact", D(2025, 2, 1))
    page = client.get("/en/desk/").content.decode()
    assert f'<a href="{PAGE}?show=out_of_contact"><strong>1</strong> members out of contact</a>' in page


# --- the committee enters a time away -------------------------------------------------------------
def test_the_committee_finds_the_button_and_enters_a_time_away(client, committee):
    client.force_login(committee)
    member = make_member()
    assert (
        f"/en/desk/members/{member.pk}/away/new/"
        in client.get(f"/en/desk/members/{member.pk}/").content.decode()
    )
    assert f"{PAGE}new/" in client.get(PAGE).content.decode()
    response = client.post(f"{PAGE}new/", {"member": member.pk})
    assert response.url == f"/en/desk/members/{member.pk}/away/new/"
    values = {"since": "2025-01-01", "place": "邻市", "reason": "work", "contact_person": committee.member_id}
    assert client.post(response.url, values).status_code == 302
    assert member.mobile_periods.count() == 1
    assert (
        client.post(f"{PAGE}new/", {"member": member.pk}).status_code == 200
    )  # away already: not to be chosen


def test_a_member_finds_no_such_button(client):
    client.force_login(make_user())
    member = make_member()
    assert "away/new" not in client.get(f"/en/desk/members/{member.pk}/").content.decode()


# --- terms that end -------------------------------------------------------------------------------
def on_the_desk(client, user) -> str:
    client.force_login(user)
    return client.get("/en/desk/").content.decode()


@pytest.mark.parametrize(
    ("today", "is_said"), [(D(2025, 12, 29), False), (D(2025, 12, 30), True), (D(2026, 7, 1), True)]
)
def test_the_end_of_the_committees_term_is_said_six_months_before(secretary, today, is_said):
    make_branch(term_ends_on=D(2026, 6, 30))
    now = timezone.make_aware(datetime.datetime.combine(today, datetime.time(9)))
    texts = [finding.text for finding in findings_for(secretary, now)]
    assert any(text.startswith("committee's term") for text in texts) == is_said


@pytest.mark.parametrize(("days", "is_said"), [(-1, False), (0, True), (30, True), (31, False)])
def test_posts_that_end_within_thirty_days_are_said(client, secretary, committee, days, is_said):
    make_position(make_member(), "publicity", ended_on=timezone.localdate() + datetime.timedelta(days=days))
    assert ("posts that end within 30 days" in on_the_desk(client, secretary)) == is_said
    assert "posts that end" not in on_the_desk(client, committee)
