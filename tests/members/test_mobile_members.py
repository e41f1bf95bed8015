"""Mobile members: who is away, who keeps in touch, and when silence becomes a reminder (handbook 5 and 14)."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from members import actions, register
from members.compliance import Flag, silence
from members.models import Award, MobileContact, MobilePeriod
from members.permissions import Role
from tests.factories import make_group, make_meeting, make_member, make_position, make_user

pytestmark = pytest.mark.django_db

D = datetime.date
NEW_YEAR = D(2025, 1, 1)
A_YEAR_BEFORE = D(2024, 1, 1)


@pytest.fixture
def secretary():
    return make_user(Role.SECRETARY)


def away(secretary, since=NEW_YEAR, **fields) -> MobilePeriod:
    values = {"member": make_member(), "place": "邻市", "reason": "work", "contact_person": secretary.member}
    return actions.enter_time_away(MobilePeriod(since=since, **{**values, **fields}), by=secretary)


def reach(period, on, secretary, **fields) -> MobileContact:
    return actions.enter_contact(MobileContact(period=period, on=on, way="telephone", **fields), by=secretary)


def flag(last_contact, today, since=A_YEAR_BEFORE) -> Flag:
    return silence(since=since, last_contact=last_contact, today=today, contact_days=90).flag


# --- rules ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (D(2025, 3, 31), Flag.NONE),
        (D(2025, 4, 1), Flag.THREE_MONTHS),
        (D(2025, 5, 1), Flag.FOUR_MONTHS),
        (D(2025, 6, 1), Flag.FIVE_MONTHS),
        (D(2025, 6, 30), Flag.FIVE_MONTHS),
        (D(2025, 7, 1), Flag.LOST),
    ],
)
def test_silence_since_new_years_day(today, expected):
    assert flag(D(2025, 1, 1), today) == expected


def test_without_any_contact_silence_counts_from_the_day_of_leaving():
    found = silence(since=D(2025, 1, 1), last_contact=None, today=D(2025, 7, 1), contact_days=90)
    assert found.flag == Flag.LOST
    assert found.is_mobile_member


def test_a_contact_is_due_after_the_days_of_the_rules():
    rules = {"since": D(2025, 1, 1), "last_contact": D(2025, 1, 10), "contact_days": 30}
    assert not silence(today=D(2025, 2, 8), **rules).is_due
    assert silence(today=D(2025, 2, 9), **rules).is_due


def test_mobile_is_who_is_away_six_months():
    rules = {"since": D(2025, 1, 31), "last_contact": None, "contact_days": 90}
    assert not silence(today=D(2025, 7, 30), **rules).is_mobile_member
    assert silence(today=D(2025, 7, 31), **rules).is_mobile_member


@given(
    last=st.dates(D(2020, 1, 1), D(2024, 1, 1)), waits=st.lists(st.integers(0, 400), min_size=2, max_size=2)
)
def test_longer_silence_is_never_a_milder_flag(last, waits):
    order = list(Flag)
    flags = [flag(last, last + datetime.timedelta(days=days), since=last) for days in sorted(waits)]
    assert order.index(flags[0]) <= order.index(flags[1])


@pytest.mark.parametrize(
    ("contact_days", "due"), [(90, D(2025, 6, 29)), (183, D(2025, 9, 30)), (366, D(2025, 9, 30))]
)
def test_abroad_somebody_is_heard_of_at_least_once_every_half_year(contact_days, due):
    rules = {"since": D(2025, 1, 1), "last_contact": D(2025, 3, 31), "contact_days": contact_days}
    found = silence(today=due, is_abroad=True, **rules)
    assert found.due_on == due
    assert found.is_due


# --- the register ---------------------------------------------------------------------------------
def test_whoever_waits_longest_stands_first(secretary):
    late, early = away(secretary), away(secretary)
    reach(late, D(2025, 1, 5), secretary)
    reach(early, D(2025, 3, 5), secretary)
    reach(early, D(2025, 3, 20), secretary, was_reached=False)
    found = register.lines(D(2025, 4, 1))
    assert [line.period for line in found] == [late, early]
    assert found[1].period.last_contact_on == D(2025, 3, 5)


@pytest.mark.parametrize(
    ("status", "state", "counts"),
    [
        ("online", "draft_minutes", True),
        ("present", "draft_minutes", True),
        ("absent", "draft_minutes", False),
        ("leave", "draft_minutes", False),
        ("online", "in_session", False),
    ],
)
def test_a_meeting_attended_online_counts_as_contact(secretary, status, state, counts):
    period = away(secretary)
    meeting = make_meeting(by=secretary, invited=[period.member], state=state)  # on 24 March 2025
    meeting.attendances.filter(member=period.member).update(status=status)
    (line,) = register.lines(D(2025, 4, 2))
    assert line.attended_on == (D(2025, 3, 24) if counts else None)
    assert line.last_contact_on == line.attended_on
    assert line.silence.flag == (Flag.NONE if counts else Flag.THREE_MONTHS)
    (earlier,) = register.lines(D(2025, 3, 23))
    assert earlier.attended_on is None


def test_a_meeting_before_leaving_is_no_contact_while_away(secretary):
    period = away(secretary, since=D(2025, 3, 25))
    meeting = make_meeting(by=secretary, invited=[period.member], state="draft_minutes")
    meeting.attendances.filter(member=period.member).update(status="present")
    (line,) = register.lines(D(2025, 4, 2))
    assert (line.attended_on, line.silence.due_on) == (None, D(2025, 6, 23))


def test_reasons_have_the_numbers_of_the_national_collection():
    codes = [MobilePeriod(reason=reason).reason_code for reason in MobilePeriod.Reason]
    assert codes == [1, 2, 3, 4, 5, 6, 7]
    assert MobilePeriod(reason="abroad").reason_code == 5


def test_who_is_back_or_has_left_is_not_in_it(secretary):
    away(secretary, until=D(2025, 2, 1))
    assert register.lines(D(2025, 2, 2)) == []
    assert len(register.lines(D(2025, 2, 1))) == 1


def test_the_page_asks_equally_much_for_one_and_for_many(
    client, secretary, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(secretary)
    away(secretary)
    with django_assert_max_num_queries(20) as first:
        client.get("/en/desk/mobile-members/")
    for _number in range(9):
        away(secretary)
    with django_assert_num_queries(len(first)):
        client.get("/en/desk/mobile-members/")


# --- what makes no sense --------------------------------------------------------------------------
def test_nobody_is_away_twice_at_a_time(secretary):
    period = away(secretary)
    with pytest.raises(ValidationError, match="entered as away in that time already"):
        away(secretary, since=D(2025, 5, 1), member=period.member)
    with pytest.raises(IntegrityError), transaction.atomic():
        MobilePeriod.objects.create(
            member=period.member,
            since=D(2025, 5, 1),
            place="x",
            reason="work",
            contact_person=secretary.member,
        )


def test_a_contact_lies_in_the_time_away(secretary):
    period = away(secretary, until=D(2025, 2, 1))
    with pytest.raises(ValidationError) as refusal:
        reach(period, D(2025, 2, 2), secretary)
    assert refusal.value.message_dict == {"on": ["On that day the person was not away."]}


def test_a_time_away_is_not_shortened_past_a_contact(secretary):
    period = away(secretary)
    reach(period, D(2025, 3, 5), secretary)
    period.until = D(2025, 3, 1)
    with pytest.raises(ValidationError, match="lies outside of this time"):
        actions.change_time_away(period, by=secretary, reason="…")


def test_nobody_keeps_in_touch_with_themselves(secretary):
    with pytest.raises(ValidationError, match="Somebody else keeps in touch"):
        away(secretary, member=secretary.member)


# --- pages ----------------------------------------------------------------------------------------
def test_a_contact_entered_on_the_page_clears_the_reminder(client, secretary):
    client.force_login(secretary)
    period = away(secretary)
    assert "mobile members to get in touch with" in client.get("/en/desk/").content.decode()
    today = datetime.date.today().isoformat()
    client.post(
        f"/en/desk/mobile-members/{period.pk}/contacts/new/",
        {"on": today, "way": "telephone", "was_reached": "on", "note": "一切正常"},
    )
    assert "mobile members to get in touch with" not in client.get("/en/desk/").content.decode()


def test_a_group_leader_sees_the_personal_data_of_the_own_group_only(client):
    group = make_group()
    leader = make_user()
    make_position(leader.member, "group_leader", party_group=group)
    own, other = make_member(party_group=group, phone="13800000001"), make_member(phone="13800000002")
    client.force_login(leader)
    assert "13800000001" in client.get(f"/en/desk/members/{own.pk}/").content.decode()
    assert "13800000002" not in client.get(f"/en/desk/members/{other.pk}/").content.decode()


def reasons_of(row) -> list[str]:
    """Of the events of the row's history, in their order; "" for none."""
    events = row.pgh_event_model.objects.filter(pgh_obj_id=row.pk).order_by("pgh_id")
    return [event.pgh_context.metadata.get("reason", "") for event in events]


AWARD = {"title": "优秀共产党员", "on": "2024-06-28", "level": "branch", "given_by": ""}
COURSE = {
    "title": "支委培训班",
    "organizer": "",
    "started_on": "2024-06-01",
    "ended_on": "2024-06-02",
    "hours": "8",
}


@pytest.mark.parametrize(
    ("kind", "typed", "field", "value"),
    [("awards", AWARD, "level", "city"), ("courses", COURSE, "organizer", "党校")],
)
def test_what_stands_to_a_credit_is_entered_corrected_and_taken_out_with_a_reason(
    client, secretary, kind, typed, field, value
):
    client.force_login(secretary)
    member = make_member()
    rows = {"awards": member.awards, "courses": member.trainings}[kind]
    client.post(f"/en/desk/members/{member.pk}/{kind}/enter/", typed)
    row, address = rows.get(), f"/en/desk/records/{kind}/{rows.get().pk}/"
    for why in ("", "  "):
        refused = client.post(address, {**typed, field: value, "why": why})
        assert refused.context["form"].errors == {"why": ["This field is required."]}
    assert getattr(rows.get(), field) == typed[field]
    client.post(address, {**typed, field: value, "why": "证书上另有写法"})
    assert getattr(rows.get(), field) == value
    assert client.post(f"{address}remove/", {"reason": ""}).status_code == 200
    client.post(f"{address}remove/", {"reason": "重复"})
    assert not rows.exists()
    assert reasons_of(row) == ["", "证书上另有写法", "重复"]
    earlier = row.pgh_event_model.objects.filter(pgh_obj_id=row.pk, pgh_label="insert").get()
    assert getattr(earlier, field) == typed[field]


def test_a_time_away_is_corrected_with_a_reason_and_ended_without(client, secretary):
    client.force_login(secretary)
    period = away(secretary)
    address = f"/en/desk/mobile-members/{period.pk}/edit/"
    form = client.get(address).context["form"]
    typed = {name: form.input_text(name, form.initial.get(name)) for name in form.fields}

    def send(**changes):
        answer = client.post(address, {**typed, **changes})
        period.refresh_from_db()
        return answer

    assert send(place="别处").context["form"].errors == {"why": ["Give the reason."]}
    assert send(place="别处", until="2025-03-01").status_code == 200
    assert period.until is None
    assert send(until="2025-03-01").status_code == 302  # back again: no correction
    assert send(until="2025-03-02").context["form"].errors == {"why": ["Give the reason."]}
    assert send(until="2025-03-02", why="早回一天").status_code == 302
    assert period.until == D(2025, 3, 2)
    assert reasons_of(period) == ["", "", "早回一天"]


@pytest.mark.parametrize("act", [actions.remove_merit, actions.remove_contact, actions.correct_merit])
def test_without_a_reason_nothing_is_corrected_or_taken_out(secretary, act):
    period = away(secretary)
    contact = reach(period, D(2025, 3, 5), secretary)
    award = Award(member=period.member, title="先进个人", on=D(2024, 6, 28), level="branch")
    actions.enter_merit(award, by=secretary)
    with pytest.raises(ValidationError) as refusal:
        act(contact if act is actions.remove_contact else award, by=secretary, reason=" ")
    assert list(refusal.value.message_dict.values()) == [["Give the reason."]]
