"""The pure calendar: the handbook's examples, each status, and random years against a slow formulation of its own."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetings.duties.calendar import Event, Happening, Month, Rule, Tally, Window, calendar_of, open_duties
from meetings.duties.defaults import DEFAULTS
from meetings.duties.vocabulary import TALKS, Frequency, Status

D = datetime.date
WINTER = Window(10, 1, 3, 31, ends_next_year=True)
EARLY = D(2019, 1, 1)
TODAY = D(2025, 6, 15)


def rule(kind="committee_meeting", frequency=Frequency.MONTH, since=EARLY, **fields) -> Rule:
    return Rule(kind, frequency, since, **fields)


def event(day: D, *kinds: str, for_year: int = 0, key: int = 1, what=Happening.HELD, group=None) -> Event:
    return Event(key, frozenset(kinds or ["committee_meeting"]), for_year or day.year, day, what, group)


def year_of(year, rules, events=(), *, today=TODAY, groups=(), tallies=None):
    return calendar_of(year, rules=rules, events=events, groups=groups, tallies=tallies, today=today)


def words(row) -> str:
    """A letter a month: Kept, Planned, Due, Missing, - (not asked), Future."""
    letters = {"kept": "K", "planned": "P", "due": "D", "missing": "M", "not_asked": "-", "future": "F"}
    return "".join(letters[cell.status] for cell in row.cells)


def only_row(*args, **kwargs):
    (row,) = year_of(*args, **kwargs).rows
    return row


def test_a_month_is_missing_after_it_ended_and_due_while_it_runs():
    row = only_row(2025, [rule()], [event(D(2025, 1, 31)), event(D(2025, 3, 1))])
    assert words(row) == "KMKMMDFFFFFF"
    assert (row.kept, row.asked) == (2, 12)
    last_day = only_row(2025, [rule()], today=D(2025, 5, 31))
    assert words(last_day) == "MMMMDFFFFFFF"


def test_twice_in_a_month_keeps_one_month():
    row = only_row(2025, [rule()], [event(D(2025, 1, 3)), event(D(2025, 1, 31), key=2)])
    assert (row.kept, row.asked) == (1, 12)


def test_a_quarter_is_kept_by_any_of_its_months():
    row = only_row(2025, [rule(frequency=Frequency.QUARTER)], [event(D(2025, 2, 3))])
    assert words(row) == "-K---DFFFFFF"
    assert (row.kept, row.asked) == (1, 4)
    nothing = only_row(2025, [rule(frequency=Frequency.QUARTER)])
    assert words(nothing) == "--M--DFFFFFF"


def test_the_meeting_of_24_march_2025_for_2024_counts_for_2024():
    meeting = event(D(2025, 3, 24), "life_meeting", "appraisal", for_year=2024)
    rules = [
        rule("life_meeting", Frequency.ONCE, window=WINTER),
        rule("appraisal", Frequency.ONCE, window=WINTER),
    ]
    for row in year_of(2024, rules, [meeting]).rows:
        assert words(row) == "-" * 14 + "K"
        assert row.cells[-1].month == Month(2025, 3)
        assert (row.kept, row.asked) == (1, 1)
    for row in year_of(2025, rules, [meeting]).rows:
        assert words(row) == "---------FFFFFF"
        assert row.kept == 0


@pytest.mark.parametrize(
    ("today", "shown"),
    [
        (D(2024, 9, 30), "---------FFFFFF"),
        (D(2024, 10, 1), "---------DFFFFF"),
        (D(2025, 1, 1), "------------DFF"),
        (D(2025, 3, 31), "--------------D"),
        (D(2025, 4, 1), "--------------M"),
    ],
)
def test_the_life_meeting_is_due_in_its_window_and_missing_after_it(today, shown):
    assert words(only_row(2024, [rule("life_meeting", Frequency.ONCE, window=WINTER)], today=today)) == shown


def test_a_duty_of_the_year_held_outside_its_window_is_held():
    life = rule("life_meeting", Frequency.ONCE, window=WINTER)
    early = only_row(2024, [life], [event(D(2024, 9, 10), "life_meeting")])
    assert (words(early), early.kept) == ("--------K------", 1)
    late = only_row(2024, [life], [event(D(2025, 5, 6), "life_meeting", for_year=2024)])
    assert (words(late), late.kept) == ("--------------K", 1)


def test_what_is_asked_every_month_and_was_held_after_the_year_stands_in_december():
    rules = [rule(), rule("life_meeting", Frequency.ONCE, window=WINTER)]
    row = year_of(2024, rules, [event(D(2025, 1, 3), for_year=2024)]).rows[0]
    assert words(row) == "MMMMMMMMMMMK---"
    assert row.cells[11].events[0].day == D(2025, 1, 3)


def test_one_event_counts_for_each_of_its_kinds():
    rules = [rule("theme_party_day"), rule("party_lesson", Frequency.QUARTER), rule("committee_meeting")]
    calendar = year_of(2025, rules, [event(D(2025, 2, 3), "theme_party_day", "party_lesson")])
    assert [row.kept for row in calendar.rows] == [1, 1, 0]


def test_a_plan_counts_up_to_its_day_and_not_after():
    today = D(2025, 6, 15)
    to_come = event(D(2025, 6, 15), what=Happening.PLANNED)
    assert words(only_row(2025, [rule()], [to_come], today=today))[5] == "P"
    passed = event(D(2025, 6, 14), what=Happening.PLANNED)
    assert words(only_row(2025, [rule()], [passed], today=today))[5] == "D"
    long_ago = only_row(2025, [rule()], [event(D(2025, 2, 14), what=Happening.PLANNED)], today=today)
    assert words(long_ago)[1] == "M"
    assert long_ago.cells[1].events  # and still leads to the meeting
    assert (
        words(only_row(2025, [rule()], [event(D(2025, 6, 1), what=Happening.UNDER_WAY)], today=today))[5]
        == "P"
    )


def test_several_times_a_year():
    twice = rule(frequency=Frequency.TIMES, times=2)
    assert words(only_row(2025, [twice], [event(D(2025, 2, 3))])) == "-K---DFFFFFF"
    both = only_row(
        2025, [twice], [event(D(2025, 2, 3)), event(D(2025, 2, 9), key=2), event(D(2025, 3, 9), key=3)]
    )
    assert (words(both), both.kept, both.asked) == ("-KK---------", 2, 2)
    over = only_row(2025, [twice], [event(D(2025, 12, 3))], today=D(2026, 1, 1))
    assert (words(over), over.kept) == ("----------MK", 1)


def test_group_meetings_have_a_row_a_group_and_none_without_groups():
    groups = rule("group_meeting", per_group=True)
    held = [event(D(2025, 1, 3), "group_meeting", group=7)]
    assert year_of(2025, [groups], held).rows == ()
    seven, eight = year_of(2025, [groups], held, groups=[7, 8]).rows
    assert (seven.group, seven.kept, eight.group, eight.kept) == (7, 1, 8, 0)
    together = only_row(2025, [rule("group_meeting")], held, groups=[7, 8])
    assert (together.group, together.kept) == (None, 1)


def test_nothing_is_asked_before_a_rule_begins_and_after_it_ends():
    begun = only_row(2025, [rule(since=D(2025, 3, 15))])
    assert words(begun) == "--MMMDFFFFFF"
    assert begun.asked == 10
    ended = only_row(2025, [rule(), rule(since=D(2025, 3, 1), is_active=False)], [event(D(2025, 5, 5))])
    assert words(ended) == "MM--K-------"
    assert (ended.kept, ended.asked) == (0, 2)
    assert year_of(2026, [rule(), rule(since=D(2025, 3, 1), is_active=False)]).rows == ()


def test_a_rule_that_changes_within_the_year_asks_for_no_month_twice():
    versions = [rule(), rule(since=D(2025, 8, 10), frequency=Frequency.QUARTER)]
    row = only_row(2025, versions, [event(D(2025, 7, 3))], today=D(2026, 1, 1))
    assert words(row) == "MMMMMMK-M--M"
    assert (row.kept, row.asked) == (1, 9)


def test_the_window_of_the_year_is_the_one_in_force_at_its_end():
    fourth_quarter = Window(10, 1, 12, 31, ends_next_year=False)
    versions = [
        rule(frequency=Frequency.ONCE, window=fourth_quarter),
        rule(frequency=Frequency.ONCE, window=WINTER, since=D(2026, 1, 1)),
    ]
    assert [period.last for period in only_row(2025, versions).periods] == [D(2025, 12, 31)]
    assert [period.last for period in only_row(2026, versions).periods] == [D(2027, 3, 31)]


def test_a_day_that_a_month_does_not_have_is_its_last():
    assert Window(2, 30, 9, 31, ends_next_year=False).of_year(2025) == (D(2025, 2, 28), D(2025, 9, 30))


def test_talks_have_a_row_once_another_app_counts_them():
    talks = rule(TALKS, Frequency.PAIRS)
    assert year_of(2025, [talks]).rows == ()
    row = only_row(2025, [talks], tallies={TALKS: Tally(asked=30, done=12)})
    assert (words(row), row.kept, row.asked) == ("-----DFFFFFF", 12, 30)
    done = only_row(2025, [talks], tallies={TALKS: Tally(asked=30, done=31)})
    assert (words(done), done.kept) == ("-----K------", 30)
    over = only_row(2025, [talks], tallies={TALKS: Tally(asked=30, done=29)}, today=D(2026, 2, 1))
    assert words(over) == "-----------M"


def test_open_duties_of_the_month_and_quarter():
    rules = [
        rule(),
        rule("members_meeting", Frequency.QUARTER),
        rule("life_meeting", Frequency.ONCE, window=WINTER),
    ]
    today = D(2025, 2, 10)
    calendars = [year_of(year, rules, [event(D(2025, 1, 9))], today=today) for year in (2024, 2025)]
    found = [(duty.row.kind, duty.period.last, duty.period.status) for duty in open_duties(calendars, today)]
    assert found == [
        ("committee_meeting", D(2024, 10, 31), Status.MISSING),
        ("committee_meeting", D(2024, 11, 30), Status.MISSING),
        ("committee_meeting", D(2024, 12, 31), Status.MISSING),
        ("members_meeting", D(2024, 12, 31), Status.MISSING),
        ("committee_meeting", D(2025, 2, 28), Status.DUE),
        ("life_meeting", D(2025, 3, 31), Status.DUE),
        ("members_meeting", D(2025, 3, 31), Status.DUE),
    ]


def test_a_rule_without_warning_opens_no_duty():
    calendars = [year_of(2025, [rule(warns=False)])]
    assert open_duties(calendars, D(2025, 6, 15)) == []


# --- against a slow formulation -----------------------------------------------------------------------
# Day by day, and without anything of the calendar's: the sets of days that are asked for, and lists of the events that
# fall into them.
def _days(first: D, last: D) -> list[D]:
    return [first + datetime.timedelta(days=by) for by in range((last - first).days + 1)]


def _slow_asked(one: Rule, following: Rule | None, year: int) -> list[tuple[list[D], int]]:
    """Every stretch of days that a version asks for in the year, with how many times."""

    def in_force(day: D) -> bool:
        return one.is_active and one.valid_from <= day and not (following and following.valid_from <= day)

    whole_year = _days(D(year, 1, 1), D(year, 12, 31))
    if one.frequency == "month":
        stretches = [[day for day in whole_year if day.month == month] for month in range(1, 13)]
    elif one.frequency == "quarter":
        stretches = [[day for day in whole_year if (day.month - 1) // 3 == number] for number in range(4)]
    elif one.frequency == "times":
        stretches = [whole_year]
    else:
        last_year = year + (1 if one.window.ends_next_year else 0)
        stretches = [
            _days(
                D(year, one.window.from_month, one.window.from_day),
                D(last_year, one.window.to_month, one.window.to_day),
            )
        ]
    found = []
    for stretch in stretches:
        decides = stretch[-1] if one.frequency in {"month", "quarter"} else D(year, 12, 31)
        left = [day for day in stretch if day >= one.valid_from]
        if in_force(decides) and left:
            found.append((left, one.times if one.frequency == "times" else 1))
    return found


def _slow(versions: list[Rule], year: int, events: list[Event], group: int | None, today: D):
    """Per stretch its status and how many were held, and per month of the year its status."""
    ordered = sorted(versions, key=lambda one: one.valid_from)
    asked = []
    for place, one in enumerate(ordered):
        following = ordered[place + 1] if place + 1 < len(ordered) else None
        asked += [(one, days, times) for days, times in _slow_asked(one, following, year)]
    of_the_year = [one for one in asked if one[0].frequency in {"once", "times"}]
    end = D(year, 12, 31)
    if any(one[0].frequency == "once" for one in of_the_year):
        end = max([end, *(days[-1] for _one, days, _times in asked)])
    mine = [
        each
        for each in events
        if each.for_year == year and versions[0].kind in each.kinds and (group is None or each.group == group)
    ]

    def month_of(each: Event) -> tuple[int, int]:
        day = D(year, 1, 1) if each.day < D(year, 1, 1) else min(each.day, end)
        return day.year, day.month

    def live(each: Event) -> bool:
        return each.happening == Happening.UNDER_WAY or (
            each.happening == Happening.PLANNED and each.day >= today
        )

    monthly = {
        (day.year, day.month)
        for one, days, _times in asked
        if one.frequency in {"month", "quarter"}
        for day in days
    }
    judged = []
    for one, days, times in asked:
        own = {(day.year, day.month) for day in days}
        if one.frequency in {"month", "quarter"}:
            share = [each for each in mine if month_of(each) in own]
        else:
            share = [each for each in mine if month_of(each) not in monthly]
        held = len([each for each in share if each.happening == Happening.HELD])
        planned = len([each for each in share if live(each)])
        if held >= times:
            status = "kept"
        elif held + planned >= times:
            status = "planned"
        elif today in days:
            status = "due"
        else:
            status = "missing" if today > days[-1] else "future"
        judged.append((days, times, held, status))

    shown = {}
    for number in range(1, 13):
        month = (year, number)
        here = [each for each in mine if month_of(each) == month]
        if any(each.happening == Happening.HELD for each in here):
            shown[month] = "kept"
            continue
        if any(live(each) for each in here):
            shown[month] = "planned"
            continue
        shown[month] = "not_asked"
        for days, _times, _held, status in judged:
            own = sorted({(day.year, day.month) for day in days})
            if month not in own:
                continue
            now = (today.year, today.month)
            if status == "future" or (status == "due" and month > now):
                shown[month] = "future"
            elif status == "due" and month == now:
                shown[month] = "due"
            elif status == "missing":
                empty = [
                    each
                    for each in own
                    if not any(
                        month_of(one) == each and (one.happening == Happening.HELD or live(one))
                        for one in mine
                    )
                ]
                if empty[-1] == month:
                    shown[month] = "missing"
    return judged, shown


YEARS = st.integers(2023, 2026)
DAYS = st.dates(D(2022, 11, 1), D(2027, 5, 31))
KINDS = ("committee_meeting", "life_meeting", "theme_party_day")
WINDOWS = st.sampled_from(
    [WINTER, Window(10, 1, 12, 31, False), Window(1, 1, 3, 31, True), Window(4, 15, 6, 14, False)]
)


@st.composite
def versions_of(draw, kind: str, *, per_group: bool) -> list[Rule]:
    days = draw(st.lists(DAYS | st.just(EARLY), min_size=1, max_size=3, unique=True))
    found = []
    for day in days:
        frequency = draw(st.sampled_from(["month", "quarter", "times", "once"]))
        found.append(
            Rule(
                kind,
                frequency,
                day,
                times=draw(st.integers(1, 5)),
                window=draw(WINDOWS) if frequency == "once" else None,
                per_group=per_group,
                is_active=draw(st.sampled_from([True, True, True, False])),
            )
        )
    return found


EVENTS = st.lists(
    st.builds(
        Event,
        key=st.integers(1, 10**6),
        kinds=st.frozensets(st.sampled_from(KINDS), min_size=1),
        for_year=YEARS,
        day=DAYS,
        happening=st.sampled_from(Happening),
        group=st.sampled_from([None, 1, 2]),
    ),
    max_size=40,
)


@settings(max_examples=120, deadline=None)
@given(data=st.data(), year=YEARS, events=EVENTS, today=DAYS, per_group=st.booleans())
def test_it_agrees_with_the_slow_formulation(data, year, events, today, per_group):
    rules = {kind: data.draw(versions_of(kind, per_group=per_group)) for kind in KINDS}
    calendar = calendar_of(
        year,
        rules=[one for rows in rules.values() for one in rows],
        events=events,
        groups=[1, 2],
        today=today,
    )
    seen = set()
    for row in calendar.rows:
        seen.add((row.kind, row.group))
        judged, shown = _slow(rules[row.kind], year, events, row.group, today)
        assert [(p.first, p.last, p.needed, p.held, p.status) for p in row.periods] == [
            (days[0], days[-1], times, held, status)
            for days, times, held, status in sorted(judged, key=lambda one: one[0][0])
        ]
        assert {tuple(cell.month): str(cell.status) for cell in row.cells[:12]} == shown
    expected = {
        (kind, group)
        for kind, rows in rules.items()
        for group in ([1, 2] if per_group else [None])
        if _slow(rows, year, [], group, today)[0]
    }
    assert seen == expected


@settings(max_examples=80, deadline=None)
@given(year=YEARS, events=EVENTS, today=DAYS)
def test_every_event_of_a_row_stands_in_exactly_one_of_its_cells(year, events, today):
    events = [Event(**{**vars(one), "key": key}) for key, one in enumerate(events)]
    for row in calendar_of(year, rules=DEFAULTS, events=events, groups=[1, 2], today=today).rows:
        placed = [one.key for cell in row.cells for one in cell.events]
        mine = [
            one.key
            for one in events
            if one.for_year == year and row.kind in one.kinds and row.group in {None, one.group}
        ]
        assert sorted(placed) == mine
        assert 0 <= row.kept <= row.asked
