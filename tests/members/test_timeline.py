"""What a person is follows from the timeline: the database's derivation against a slow one, and who may not write it."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from members import actions
from members.models import Member, TimelineEntry
from members.permissions import Role
from members.timeline import add_months, first_problem, probation_ends_on
from tests.factories import make_event, make_group, make_member, make_user

pytestmark = pytest.mark.django_db

D = datetime.date
DEPARTED = {"moved_out", "withdrawn", "cancelled", "removed", "died"}
STAGES = ["applied", "activist", "target", "admitted", "confirmed"]
NAMES = {"applied": "applicant", "admitted": "probationary", "confirmed": "full"}


@pytest.fixture
def secretary():
    return make_user(Role.SECRETARY)


def now(member: Member) -> Member:
    return Member.objects.get(pk=member.pk)


# --- the rule, told slowly ------------------------------------------------------------------------
def slowly(entries: list[TimelineEntry]) -> dict:
    """Walk the events day by day and remember what each one changes."""
    state = {"stage": None, "standing": "normal", "left_on": None, "party_group_id": None}
    rank = {kind: place for place, kind in enumerate(STAGES)}
    # Being expected is before everything else, whatever its day: it counts where nothing else is said.
    in_turn = sorted(entries, key=lambda one: (one.kind != "expected", one.on, rank.get(one.kind, 9), one.pk))
    for entry in in_turn:
        if entry.kind in STAGES:
            state["stage"] = NAMES.get(entry.kind, entry.kind)
            state[entry.kind] = entry.on
        elif entry.kind == "group":
            state["party_group_id"] = entry.party_group_id
        elif entry.kind in {"moved_in", "restored"}:
            state |= {"standing": "normal", "left_on": None}
        elif entry.kind in {"lost_contact", "suspended"}:
            state |= {"standing": entry.kind, "left_on": None}
        elif entry.kind in {"expected", *DEPARTED}:
            state |= {"standing": entry.kind, "left_on": entry.on}
    return state


days = st.dates(D(2001, 1, 1), D(2001, 1, 20))
later = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "group",
                "expected",
                "moved_in",
                "moved_out",
                "lost_contact",
                "suspended",
                "restored",
                "removed",
                "confirmed",
            ]
        ),
        days,
    ),
    max_size=8,
    unique=True,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=later, taken_out=st.data())
def test_the_database_derives_what_a_slow_walk_finds(events, taken_out):
    with transaction.atomic():
        member = make_member(stage="probationary", admitted_on=D(2000, 6, 30))
        group = make_group()
        for kind, on in events:
            make_event(member, kind, on, party_group=group if kind == "group" and on.day % 2 else None)
        if events:
            victim = taken_out.draw(st.sampled_from(events))
            member.timeline.get(kind=victim[0], on=victim[1]).delete()
        found, expected = now(member), slowly(list(member.timeline.all()))
        assert found.stage == expected["stage"]
        assert found.standing == expected["standing"]
        assert found.left_on == expected["left_on"]
        assert found.party_group_id == expected["party_group_id"]
        assert found.admitted_on == D(2000, 6, 30)
        assert found.confirmed_on == (expected.get("confirmed") if found.stage == "full" else None)
        transaction.set_rollback(True)


def test_a_new_record_begins_on_the_day_that_it_is_in_the_configured_time_zone():
    """Between these two it is never the same day."""
    days = []
    with connection.cursor() as cursor:
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
            cursor.execute("SELECT set_config('portal.time_zone', %s, true)", [zone])
            member = make_member(stage="applicant", admitted_on=None, confirmed_on=None)
            cursor.execute("SELECT (now() AT TIME ZONE %s)::date", [zone])
            days.append(cursor.fetchone()[0])
            assert member.timeline.get(kind="applied").on == days[-1]
    assert days[0] > days[1]


def test_every_connection_is_told_the_configured_time_zone(settings):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('portal.time_zone')")
        assert cursor.fetchone() == (settings.TIME_ZONE,)


def test_a_session_that_was_told_none_goes_by_its_own():
    with connection.cursor() as cursor:
        for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
            cursor.execute(
                "SELECT set_config('portal.time_zone', '', true), set_config('TimeZone', %s, true)", [zone]
            )
            member = make_member(stage="applicant", admitted_on=None, confirmed_on=None)
            cursor.execute("SELECT current_date")
            assert member.timeline.get(kind="applied").on == cursor.fetchone()[0]


def test_a_new_record_begins_with_the_timeline_that_it_tells():
    member = make_member(admitted_on=D(2015, 6, 30), confirmed_on=D(2016, 6, 30), party_group=make_group())
    assert sorted(member.timeline.values_list("kind", "on")) == [
        ("admitted", D(2015, 6, 30)),
        ("confirmed", D(2016, 6, 30)),
        ("group", D(2015, 6, 30)),
    ]


@pytest.mark.parametrize(
    "change",
    [
        {"stage": "applicant"},
        {"left_on": D(2025, 1, 1)},
        {"standing": "removed"},
        {"admitted_on": D(2010, 1, 1)},
    ],
)
def test_nobody_writes_past_the_timeline(change):
    member = make_member()
    with pytest.raises(DatabaseError, match="follow from the timeline"), transaction.atomic():
        Member.objects.filter(pk=member.pk).update(**change)


def test_an_event_stays_with_its_person():
    entry = make_event(make_member(), "suspended")
    with pytest.raises(DatabaseError), transaction.atomic():
        TimelineEntry.objects.filter(pk=entry.pk).update(member=make_member())


# --- corrections ----------------------------------------------------------------------------------
def test_a_correction_keeps_the_earlier_text_and_the_reason(secretary):
    member = make_member()
    entry = make_event(member, "moved_out", D(2025, 4, 1))
    entry.on = D(2025, 4, 11)
    actions.correct_event(entry, by=secretary, reason="日期写错")
    events = entry.pgh_event_model.objects.filter(pgh_obj_id=entry.pk).order_by("pgh_id")
    assert [event.on for event in events] == [D(2025, 4, 1), D(2025, 4, 11)]
    assert events.last().pgh_context.metadata == {"user": secretary.pk, "reason": "日期写错"}
    assert now(member).left_on == D(2025, 4, 11)


def test_an_event_taken_out_leaves_the_record_as_it_was_before(secretary):
    member = make_member()
    entry = make_event(member, "removed")
    actions.take_out_event(entry, by=secretary, reason="从未发生")
    assert (now(member).left_on, now(member).standing) == (None, "normal")
    assert entry.pgh_event_model.objects.filter(pgh_label="delete").count() == 1


@pytest.mark.parametrize("act", [actions.correct_event, actions.take_out_event])
def test_a_correction_needs_a_reason(secretary, act):
    entry = make_event(make_member(), "suspended")
    with pytest.raises(ValidationError) as refusal:
        act(entry, by=secretary, reason="  ")
    assert list(refusal.value.message_dict.values()) == [["Give the reason."]]


def test_the_history_of_people_cannot_be_altered():
    entry = make_event(make_member(), "suspended")
    events = entry.pgh_event_model.objects.all()
    with pytest.raises(DatabaseError), transaction.atomic():
        events.update(note="anders")
    with pytest.raises(DatabaseError), transaction.atomic():
        events.delete()


# --- what makes no sense --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("kind", "fields", "message"),
    [
        ("confirmed", {}, "Nobody is confirmed who was not admitted before."),
        ("extended", {"until": D(2026, 1, 1)}, "Only a probation is extended."),
        ("cancelled", {}, "Only a probation is cancelled."),
    ],
)
def test_stages_come_in_their_order(secretary, kind, fields, message):
    member = make_member(stage="target")
    with pytest.raises(ValidationError) as refusal:
        actions.enter_event(TimelineEntry(member=member, kind=kind, on=D(2025, 4, 1), **fields), by=secretary)
    assert refusal.value.message_dict == {"on": [message]}


def test_an_admission_is_not_taken_out_from_under_a_confirmation(secretary):
    member = make_member()
    with pytest.raises(ValidationError):
        actions.take_out_event(member.timeline.get(kind="admitted"), by=secretary, reason="x")


def test_nothing_happens_after_a_death():
    dead = TimelineEntry(kind="died", on=D(2025, 1, 1))
    late = TimelineEntry(kind="group", on=D(2025, 1, 2))
    assert first_problem([late, dead]).message == "Nothing happens after a person's death."
    assert first_problem([dead]) is None


def test_whoever_is_suspended_has_no_vote():
    member = make_member()
    assert now(member).votes_on(D(2025, 4, 2))
    make_event(member, "suspended")
    assert not now(member).votes_on(D(2025, 4, 2))
    assert member not in Member.objects.with_voting_rights(D(2025, 4, 2))


def test_a_probation_within_the_party_takes_the_vote_to_its_last_day():
    member = make_member(voteless_until=D(2025, 4, 1))
    assert [member.votes_on(day) for day in (D(2025, 4, 1), D(2025, 4, 2))] == [False, True]
    for day, people in ((D(2025, 4, 1), 0), (D(2025, 4, 2), 1)):
        assert Member.objects.with_voting_rights(day).count() == people


# --- dates (handbook, 14) -------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (D(2026, 1, 31), 1, D(2026, 2, 28)),
        (D(2028, 1, 31), 1, D(2028, 2, 29)),
        (D(2025, 1, 31), 12, D(2026, 1, 31)),
        (D(2026, 1, 31), 6, D(2026, 7, 31)),
        (D(2025, 12, 31), 2, D(2026, 2, 28)),
    ],
)
def test_months_end_where_the_calendar_ends(day, months, expected):
    assert add_months(day, months) == expected


def test_a_probation_lasts_a_year_from_the_vote_or_as_long_as_it_was_extended():
    assert probation_ends_on(D(2025, 1, 31), None) == D(2026, 1, 31)
    assert probation_ends_on(D(2025, 1, 31), D(2026, 7, 31)) == D(2026, 7, 31)


def test_an_earlier_stage_is_not_entered_after_a_later_one(secretary):
    """Otherwise a slip of the hand would take the vote of a full member."""
    member = make_member(admitted_on=D(2020, 1, 1), confirmed_on=D(2021, 1, 1))
    with pytest.raises(ValidationError) as refusal:
        actions.enter_event(TimelineEntry(member=member, kind="activist", on=D(2025, 1, 1)), by=secretary)
    assert "on" in refusal.value.message_dict
    actions.enter_event(TimelineEntry(member=member, kind="withdrawn", on=D(2025, 1, 1)), by=secretary)
    actions.enter_event(TimelineEntry(member=member, kind="applied", on=D(2025, 6, 1)), by=secretary)


def test_other_members_read_of_a_timeline_what_a_list_tells(client):
    member = make_member(admitted_on=D(2020, 1, 1), confirmed_on=D(2021, 1, 1))
    make_event(member, "target", D(2019, 6, 1))
    client.force_login(make_user(member=make_member()))
    page = client.get(f"/en/desk/members/{member.pk}/").content.decode()
    assert "confirmed as full member" in page
    assert "recognised as development target" not in page


def test_taking_out_a_departure_says_what_is_not_restored(client, secretary):
    client.force_login(secretary)
    user = make_user()
    departure = make_event(user.member, "moved_out")
    shown = client.get(f"/en/desk/events/{departure.pk}/take-out/").content.decode()
    assert "are not restored" in shown
    assert f'href="/en/desk/members/{user.member_id}/#posts"' in shown
    assert f'href="/en/desk/accounts/{user.pk}/"' in shown
    other = make_event(make_member(), "lost_contact")
    assert "are not restored" not in client.get(f"/en/desk/events/{other.pk}/take-out/").content.decode()
