"""The way into the Party: which step in which version of the rules, until when, and what is missing (handbook 4 and 14)."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from members import admission
from members.admission import Facts, State, case_of, is_trained, notice_ends_on, probation_end
from members.admission_rules import AD14, AD26, Paper, Step, version_on
from members.candidates import candidates
from members.models import TimelineEntry
from members.permissions import Role
from members.timeline import add_months
from tests.factories import make_event, make_member, make_user

D = datetime.date
ALL_PAPERS = frozenset(Paper.values)


@dataclass(frozen=True)
class Entry:
    kind: str
    on: datetime.date
    until: datetime.date | None = None


@dataclass(frozen=True)
class Course:
    started_on: datetime.date
    ended_on: datetime.date
    hours: Decimal


def case(*entries, today, **facts):
    return case_of(Facts(entries=[Entry(*entry) for entry in entries], **facts), today)


def line(found, step):
    return next(each for each in found.lines if each.step == step)


# --- versions -------------------------------------------------------------------------------------
def test_the_rules_of_2026_hold_from_their_publication_on():
    assert version_on(D(2026, 5, 17)) is AD14
    assert version_on(D(2026, 5, 18)) is AD26
    assert version_on(D(1999, 1, 1)) is AD14


@pytest.mark.parametrize(
    ("step", "old", "new"),
    [("talk", "6", "7"), ("pre_review", "19", "18"), ("admission", "20-21", "19-22"), ("oath", None, "29")],
)
def test_articles_differ_between_the_versions(step, old, new):
    articles = [rule.article if (rule := version.rule(step)) else None for version in (AD14, AD26)]
    assert articles == [old, new]


def test_a_step_is_judged_by_the_rules_of_its_own_day():
    found = case(
        ("applied", D(2024, 1, 10)),
        ("activist", D(2024, 6, 1)),
        ("target", D(2026, 6, 1)),
        today=D(2026, 7, 1),
    )
    versions = {each.step: each.version for each in found.lines}
    assert versions[Step.TALK] is AD14  # was over when the committee decided in 2024
    assert versions[Step.ACTIVIST] is AD14
    assert versions[Step.TARGET] is AD26
    assert versions[Step.ADMISSION] is AD26  # still to come: the rules of today


# --- dates: the worked examples of the handbook -----------------------------------------------------
def test_talk_within_one_month_ends_with_a_short_month():
    found = case(("applied", D(2026, 1, 31)), today=D(2026, 2, 1))
    assert line(found, Step.TALK).due_on == D(2026, 2, 28)


def test_probation_ends_a_year_after_the_vote_and_later_if_extended():
    admitted = Entry("admitted", D(2025, 1, 31))
    assert probation_end([admitted]) == D(2026, 1, 31)
    assert probation_end([admitted, Entry("extended", D(2026, 1, 31), D(2026, 7, 31))]) == D(2026, 7, 31)


def test_a_notice_that_starts_on_friday_ends_on_thursday():
    assert notice_ends_on(D(2026, 6, 5)) == D(2026, 6, 11)
    assert D(2026, 6, 5).isoweekday() == 5


def test_holidays_and_worked_weekends_count_as_the_calendar_says():
    # 1 to 7 October 2026 off, Saturday the 10th worked for it.
    holidays = {D(2026, 10, day) for day in range(1, 8)}
    assert notice_ends_on(D(2026, 9, 30), days_off=holidays) == D(2026, 10, 13)
    assert notice_ends_on(D(2026, 9, 30), days_off=holidays, worked={D(2026, 10, 10)}) == D(2026, 10, 12)


@given(starts=st.dates(D(2024, 1, 1), D(2030, 1, 1)), off=st.sets(st.integers(0, 20), max_size=8))
def test_a_notice_holds_exactly_five_working_days(starts, off):
    holidays = {starts + datetime.timedelta(days=number) for number in off}
    ends = notice_ends_on(starts, days_off=holidays)
    run = [starts + datetime.timedelta(days=number) for number in range((ends - starts).days + 1)]
    working = [day for day in run if day.isoweekday() < 6 and day not in holidays]
    assert len(working) == 5
    assert working[-1] == ends


def slowly(day: datetime.date, months: int) -> datetime.date:
    """Walk day by day into the month that is meant; the last day there that is not past the day's number."""
    year, month = day.year, day.month
    for _each in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    walk = D(year, month, 1)
    best = walk
    while walk.month == month:
        if walk.day <= day.day:
            best = walk
        walk += datetime.timedelta(days=1)
    return best


@given(day=st.dates(D(2000, 1, 1), D(2096, 12, 31)), months=st.integers(0, 36))
def test_months_are_added_as_a_slow_walk_through_the_calendar_adds_them(day, months):
    assert add_months(day, months) == slowly(day, months)


@given(admitted=st.dates(D(2015, 1, 1), D(2030, 12, 31)), later=st.integers(0, 500))
def test_the_state_of_a_probation_follows_its_end(admitted, later):
    today = admitted + datetime.timedelta(days=later)
    found = line(case(("admitted", admitted), today=today), Step.CONFIRMATION)
    end = slowly(admitted, 12)
    assert found.due_on == end
    assert found.state == (State.OVERDUE if today > end else State.NEXT)
    assert found.is_urgent_on(today) == (today >= end - datetime.timedelta(days=30))


@given(applied=st.dates(D(2015, 1, 1), D(2030, 1, 1)), wait=st.integers(0, 1500))
def test_the_next_half_yearly_review_is_never_past(applied, wait):
    today = applied + datetime.timedelta(days=wait)
    due = line(case(("activist", applied), today=today), Step.HALF_YEAR).due_on
    rounds = [slowly(applied, 6 * number) for number in range(1, 12)]
    assert due == min(day for day in rounds if day >= today)


# --- where a case stands ----------------------------------------------------------------------------
def states(found):
    return {each.step: each.state for each in found.lines}


def test_an_applicant_waits_for_the_committee():
    found = case(("applied", D(2026, 6, 1)), today=D(2026, 6, 20))
    assert states(found)[Step.APPLICATION] == State.DONE
    assert states(found)[Step.TALK] == State.CHECK
    assert found.next_line.step == Step.ACTIVIST
    assert states(found)[Step.TARGET] == State.LATER


def test_what_nothing_tells_of_is_not_called_done():
    found = states(case(("target", D(2025, 6, 1)), ("admitted", D(2026, 1, 10)), today=D(2026, 2, 1)))
    assert found[Step.TARGET] == State.DONE
    for step in (Step.APPLICATION, Step.TALK, Step.ACTIVIST, Step.POLITICAL_REVIEW, Step.TRAINING):
        assert found[step] == State.PASSED
    assert found[Step.INTRODUCERS] == State.MISSING  # the record has a field for them


def test_an_activist_waits_a_year():
    found = case(("activist", D(2024, 2, 29)), today=D(2024, 12, 1))
    assert found.next_line.step == Step.TARGET
    assert found.next_line.earliest_on == D(2025, 2, 28)
    assert line(found, Step.HALF_YEAR).due_on == D(2025, 2, 28)


def test_after_the_vote_the_higher_committee_has_three_months_at_most_six():
    found = line(case(("admitted", D(2025, 11, 30)), today=D(2025, 12, 1)), Step.DECISION)
    assert (found.due_on, found.at_most_on) == (D(2026, 2, 28), D(2026, 5, 30))
    assert not found.is_urgent_on(D(2026, 1, 1))
    assert found.is_urgent_on(D(2026, 2, 1))
    assert not found.is_urgent_on(D(2026, 3, 1))  # leaves no trace: no alarm for ever


def test_papers_are_missing_from_the_step_on_that_needs_them():
    entries = [("applied", D(2024, 1, 1)), ("activist", D(2024, 6, 1)), ("target", D(2025, 6, 1))]
    found = case(*entries, today=D(2025, 7, 1), papers={"application"}, has_introducers=True)
    assert {each.step for each in found.missing} == {Step.POLITICAL_REVIEW, Step.TRAINING}
    facts = Facts([Entry(*entry) for entry in entries], papers={"application"}, has_introducers=True)
    assert admission.papers_missing(facts, found) == [Paper.REVIEW, Paper.TRAINING, Paper.ADMISSION]


def test_nothing_is_called_missing_while_nobody_knows_the_file():
    found = case(("target", D(2025, 6, 1)), today=D(2025, 7, 1), has_introducers=True)
    assert found.missing == []
    assert states(found)[Step.POLITICAL_REVIEW] == State.CHECK


def test_the_application_for_confirmation_is_overdue_after_the_probation():
    entries, today = [("admitted", D(2025, 1, 31))], D(2026, 2, 1)
    found = case(*entries, today=today, papers=ALL_PAPERS - {"confirmation"})
    assert states(found)[Step.PROBATION_REQUEST] == State.OVERDUE
    assert states(case(*entries, today=today, papers=ALL_PAPERS))[Step.PROBATION_REQUEST] == State.DONE


@pytest.mark.parametrize(
    ("courses", "expected"),
    [
        ([Course(D(2025, 6, 2), D(2025, 6, 4), Decimal(12))], True),
        ([Course(D(2025, 6, 2), D(2025, 6, 3), Decimal("23.5"))], False),
        ([Course(D(2025, 6, 2), D(2025, 6, 3), Decimal(24))], True),
        ([Course(D(2023, 6, 2), D(2023, 6, 9), Decimal(60))], False),
    ],
)
def test_training_is_three_days_or_24_hours_since_becoming_an_activist(courses, expected):
    assert is_trained(courses, D(2024, 6, 1)) == expected


def test_a_case_that_was_cancelled_begins_anew():
    found = case(
        ("admitted", D(2020, 1, 10)),
        ("cancelled", D(2021, 2, 1)),
        ("applied", D(2025, 3, 1)),
        today=D(2025, 3, 2),
    )
    assert found.next_line.step == Step.ACTIVIST


def test_whoever_moves_in_takes_the_case_along():
    found = case(
        ("activist", D(2024, 1, 10)),
        ("moved_out", D(2024, 5, 1)),
        ("moved_in", D(2024, 6, 1)),
        today=D(2024, 7, 1),
    )
    assert found.next_line.earliest_on == D(2025, 1, 10)


# --- what does not fit the rules --------------------------------------------------------------------
EXTENDED = ("extended", D(2026, 1, 31))


@pytest.mark.parametrize(
    ("until", "fits"),
    [(D(2026, 7, 30), False), (D(2026, 7, 31), True), (D(2027, 1, 31), True), (D(2027, 2, 1), False)],
)
def test_an_extension_lasts_six_to_twelve_months(until, fits):
    found = case(("admitted", D(2025, 1, 31)), (*EXTENDED, until), today=D(2026, 3, 1))
    assert (found.warnings == ()) == fits


@pytest.mark.parametrize(
    ("entries", "facts", "words"),
    [
        (
            [
                ("admitted", D(2025, 1, 31)),
                (*EXTENDED, D(2026, 7, 31)),
                ("extended", D(2026, 7, 31), D(2027, 1, 31)),
            ],
            {},
            "more than once",
        ),
        (
            [("activist", D(2024, 6, 1)), ("target", D(2025, 5, 31))],
            {},
            "before the year as activist was over",
        ),
        ([("applied", D(2020, 5, 1))], {"born": D(2002, 5, 2)}, "before the age of 18"),
        ([("admitted", D(2025, 1, 31)), ("confirmed", D(2026, 1, 30))], {}, "before the probation ended"),
    ],
)
def test_what_does_not_fit_the_rules_is_said(entries, facts, words):
    found = case(*entries, today=D(2027, 6, 1), **facts)
    assert len(found.warnings) == 1
    assert words in found.warnings[0]


def test_what_fits_the_rules_is_not_warned_of():
    found = case(
        ("applied", D(2020, 5, 2)),
        ("activist", D(2021, 6, 1)),
        ("target", D(2022, 6, 1)),
        ("admitted", D(2023, 1, 31)),
        ("confirmed", D(2024, 1, 31)),
        today=D(2027, 6, 1),
        born=D(2002, 5, 2),
    )
    assert found.warnings == ()


# --- pages ------------------------------------------------------------------------------------------
@pytest.fixture
def today():
    return datetime.date.today()


@pytest.mark.django_db
def test_an_extension_too_short_is_entered_and_warned_of(client):
    client.force_login(make_user(Role.SECRETARY))
    member = make_member(stage="probationary", admitted_on=D(2025, 1, 31))
    event = {"kind": "extended", "on": "2026-01-31", "until": "2026-05-31"}
    page = client.post(f"/en/desk/members/{member.pk}/events/new/", event, follow=True).content.decode()
    assert TimelineEntry.objects.filter(member=member, kind="extended").exists()
    assert "An extension lasts 6 to 12 months" in page
    page = client.get(f"/en/desk/members/{member.pk}/").content.decode()
    assert "An extension lasts 6 to 12 months" in page


@pytest.mark.django_db
def test_the_section_stands_on_records_of_people_on_the_way_only(client, today):
    client.force_login(make_user(Role.SECRETARY))
    newcomer, full = make_member(stage="probationary", admitted_on=today), make_member()
    assert 'id="admission"' in client.get(f"/en/desk/members/{newcomer.pk}/").content.decode()
    assert 'id="admission"' not in client.get(f"/en/desk/members/{full.pk}/").content.decode()


@pytest.mark.django_db
def test_a_member_sees_the_own_case_and_not_another_ones(client, today):
    own, other = (make_member(stage="probationary", admitted_on=today) for _each in range(2))
    client.force_login(make_user(member=own))
    assert 'id="admission"' in client.get(f"/en/desk/members/{own.pk}/").content.decode()
    assert 'id="admission"' not in client.get(f"/en/desk/members/{other.pk}/").content.decode()


@pytest.mark.django_db
def test_the_desk_reminds_of_a_probation_that_ends_within_a_month(client, today):
    client.force_login(make_user(Role.COMMITTEE))
    words = "admissions and probations with a date near or past"
    make_member(stage="probationary", admitted_on=add_months(today, -12) + datetime.timedelta(days=40))
    # Its decision above was due long ago and leaves no trace: not counted.
    assert words not in client.get("/en/desk/").content.decode()
    make_member(stage="probationary", admitted_on=add_months(today, -12) + datetime.timedelta(days=5))
    assert words in client.get("/en/desk/").content.decode()


@pytest.mark.django_db
def test_the_list_has_the_urgent_first_and_asks_equally_much_for_many(
    client, today, django_assert_num_queries
):
    client.force_login(make_user(Role.SECRETARY))
    calm = make_member(stage="target")
    late = make_member(stage="probationary", admitted_on=D(2020, 1, 31))
    gone = make_member(stage="probationary", admitted_on=D(2020, 1, 31), left_on=D(2021, 1, 1))
    make_member()
    assert [each.member for each in candidates(today)] == [late, calm]
    assert gone not in [each.member for each in candidates(today)]
    client.get("/en/desk/admissions/")
    with django_assert_num_queries(4):
        candidates(today)
    for _each in range(5):
        make_event(make_member(stage="activist"), "target", D(2025, 4, 1))
    with django_assert_num_queries(4):
        assert len(candidates(today)) == 7
    page = client.get("/en/desk/admissions/").content.decode()
    assert "overdue" in page
    assert "7 people" in page
