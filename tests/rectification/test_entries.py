"""An entry from the problem to its closing: every step, every refusal, in words and by the database."""

from __future__ import annotations

import datetime
import itertools

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InternalError, transaction
from django.utils import timezone

from meetings.rectification import actions, workflow
from meetings.rectification.models import Evidence, LedgerEntry
from meetings.rectification.states import Act, State
from members.permissions import Role
from tests.factories import make_member, make_position, make_user
from tests.rectification.factories import (
    DUE,
    LATER,
    add_evidence,
    make_discipline_commissioner,
    make_entry,
    make_keeper,
    make_life_meeting,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return make_user(Role.SECRETARY)


@pytest.fixture
def keeper():
    return make_keeper()


@pytest.fixture
def owner():
    return make_user()


def by_the_database(entry: LedgerEntry, **changes) -> None:
    """What somebody would write past the actions, as one step."""
    values = {"revision": entry.revision + 1, "note": "x", **changes}
    with transaction.atomic():
        LedgerEntry.objects.filter(pk=entry.pk).update(**values)


# --- closing -------------------------------------------------------------------------------
def test_owner_closes_own_entry_refused(keeper):
    """Handbook 14: owner closes own entry → refused, even the secretary's own, even with evidence."""
    entry = make_entry(by=keeper, in_charge=keeper.member, state=State.CLAIMED)
    add_evidence(entry, by=keeper)
    with pytest.raises(ValidationError, match="in charge of this entry"):
        actions.close(entry, "同意", by=keeper)
    entry.refresh_from_db()
    assert entry.state == State.CLAIMED


def test_the_database_refuses_the_owner_as_checker(keeper):
    entry = make_entry(by=keeper, in_charge=keeper.member, state=State.CLAIMED)
    add_evidence(entry, by=keeper)
    closing = {
        "act": "close",
        "state": "closed",
        "checker": keeper.member,
        "check_opinion": "同意",
        "closed_on": DUE,
        "changed_by": keeper,
    }
    with pytest.raises((IntegrityError, InternalError), match="own"):
        by_the_database(entry, **closing)


def test_whoever_closes_is_the_checker(keeper, secretary):
    entry = make_entry(by=keeper, state=State.CLAIMED)
    add_evidence(entry, by=keeper)
    closing = {"act": "close", "state": "closed", "check_opinion": "同意", "closed_on": DUE}
    with pytest.raises(InternalError, match="is its checker"):
        by_the_database(entry, **closing, checker=secretary.member, changed_by=keeper)


def test_closing_needs_evidence(keeper, secretary):
    entry = make_entry(by=keeper, state=State.CLAIMED)
    with pytest.raises(ValidationError, match="no evidence"):
        actions.close(entry, "同意", by=secretary)
    closing = {"act": "close", "state": "closed", "check_opinion": "同意", "closed_on": DUE}
    with pytest.raises(InternalError, match="closed on evidence"):
        by_the_database(entry, **closing, checker=secretary.member, changed_by=secretary)


def test_closing_needs_an_opinion(keeper, secretary):
    entry = make_entry(by=keeper, state=State.CLAIMED)
    add_evidence(entry, by=keeper)
    with pytest.raises(ValidationError, match="few words"):
        actions.close(entry, "  ", by=secretary)
    closing = {"act": "close", "state": "closed", "checker": secretary.member, "closed_on": DUE}
    with pytest.raises(IntegrityError, match="entry_is_closed_with_checker_opinion_and_day"):
        by_the_database(entry, **closing, changed_by=secretary)


def test_another_person_closes(keeper, secretary):
    entry = make_entry(by=keeper, in_charge=keeper.member, state=State.CLAIMED)
    add_evidence(entry, by=keeper)
    actions.close(entry, "同意销号", by=secretary)
    entry.refresh_from_db()
    assert (entry.state, entry.checker, entry.closed_on) == (
        State.CLOSED,
        secretary.member,
        timezone.localdate(),
    )


def test_whoever_hands_the_work_on_does_not_close_it_either(keeper, secretary):
    """A way around: being in charge, giving it to somebody else, closing it."""
    entry = make_entry(by=keeper, in_charge=keeper.member)
    LedgerEntry.objects.filter(pk=entry.pk).update(
        revision=2, act="change", in_charge=make_member(), changed_by=secretary
    )
    actions.note_progress(entry, "进展", by=secretary)
    actions.claim(entry, "完成", by=secretary)
    add_evidence(entry, by=secretary)
    with pytest.raises(ValidationError, match="were in charge"):
        actions.close(entry, "同意", by=keeper)
    entry.refresh_from_db()
    closing = {"act": "close", "state": "closed", "check_opinion": "同意", "closed_on": DUE}
    with pytest.raises(InternalError, match="is or was the own"):
        by_the_database(entry, **closing, checker=keeper.member, changed_by=keeper)


@pytest.mark.parametrize("step", ["extend", "keep_up_for_long", "send_back"])
def test_nobody_gives_the_own_work_more_time_or_judges_it(keeper, step):
    entry = make_entry(by=keeper, in_charge=keeper.member, state=State.CLAIMED)
    arguments = (LATER, "理由") if step == "extend" else ("理由",)
    with pytest.raises(ValidationError, match="in charge of this entry"):
        getattr(actions, step)(entry, *arguments, by=keeper)


def test_a_member_in_charge_reports_and_closes_nothing(owner, keeper):
    entry = make_entry(by=keeper, in_charge=owner.member)
    actions.note_progress(entry, "已走访三家", by=owner)
    actions.claim(entry, "已走访六家", by=owner)
    entry.refresh_from_db()
    assert (entry.state, entry.claimed_on) == (State.CLAIMED, timezone.localdate())
    with pytest.raises(ValidationError, match="in charge of this entry"):
        actions.close(entry, "同意", by=owner)


def test_somebody_elses_entry_is_not_a_members_business(keeper, owner):
    entry = make_entry(by=keeper)
    with pytest.raises(PermissionDenied):
        actions.note_progress(entry, "进展", by=owner)


# --- the table of states --------------------------------------------------------------------------
_STEPS = {
    Act.CHANGE: {},
    Act.NOTE: {},
    Act.CLAIM: {"claimed_on": DUE},
    Act.RETURN: {"claimed_on": None},
    Act.EXTEND: {"due_on": datetime.date(2030, 1, 1), "claimed_on": None},
    Act.LONG_TERM: {"due_on": None, "claimed_on": None},
}


@pytest.mark.parametrize("state", list(State))
def test_the_database_knows_the_same_table_of_steps(secretary, keeper, state):
    """Every act from every state to every state: what the table does not name, no writer can do."""
    entry = make_entry(by=keeper, state=state, checker=secretary)
    add_to = {"closed_on": None, "checker": None, "check_opinion": ""} if state == State.CLOSED else {}
    possible = set()
    for act, target in itertools.product(_STEPS, State):
        try:
            with transaction.atomic():
                by_the_database(entry, act=act, state=target, changed_by=secretary, **_STEPS[act] | add_to)
                possible.add((act, target))
                transaction.set_rollback(True)
        except (InternalError, IntegrityError):
            pass
    expected = {
        (act, rule.moves[state])
        for act, rule in workflow.RULES.items()
        if act in _STEPS and state in rule.moves
    }
    assert possible == expected


@pytest.mark.parametrize("state", list(State))
def test_a_step_that_makes_no_sense_is_refused_in_words(secretary, keeper, state):
    entry = make_entry(by=keeper, state=state, checker=secretary)
    for act, rule in workflow.RULES.items():
        if state not in rule.moves:
            with pytest.raises(ValidationError, match=r"in the state"):
                workflow.check(secretary, act, entry)


def test_returned_work_goes_on_and_is_reported_again(keeper, secretary):
    entry = make_entry(by=keeper, state=State.RETURNED, checker=secretary)
    assert entry.claimed_on is None
    with pytest.raises(ValidationError, match="in the state"):
        actions.claim(entry, "又完成", by=keeper)
    actions.note_progress(entry, "补齐材料", by=keeper)
    actions.claim(entry, "又完成", by=keeper)
    entry.refresh_from_db()
    assert entry.state == State.CLAIMED


@pytest.mark.parametrize("state", list(workflow.ACTIVE))
def test_any_active_entry_can_be_extended(keeper, secretary, state):
    entry = make_entry(by=keeper, state=state, checker=secretary)
    later = datetime.date(2030, 1, 1)
    actions.extend(entry, later, "理由", by=secretary)
    entry.refresh_from_db()
    assert (entry.state, entry.due_on, entry.note, entry.changed_by) == (
        State.EXTENDED,
        later,
        "理由",
        secretary,
    )


def test_an_extension_leads_to_a_later_day_and_has_a_reason(keeper, secretary):
    entry = make_entry(by=keeper)
    with pytest.raises(ValidationError) as refused:
        actions.extend(entry, DUE, "理由", by=secretary)
    assert "due_on" in refused.value.message_dict
    with pytest.raises(ValidationError):
        actions.extend(entry, LATER, "", by=secretary)
    with pytest.raises(InternalError, match="later day"):
        by_the_database(entry, act="extend", state="extended", due_on=DUE)


def test_a_long_term_task_stays_active_without_a_day(keeper, secretary):
    entry = make_entry(by=keeper, state=State.LONG_TERM, checker=secretary)
    assert (entry.is_active, entry.due_on, entry.is_overdue_on(datetime.date(2099, 1, 1))) == (
        True,
        None,
        False,
    )
    actions.note_progress(entry, "坚持", by=keeper)
    entry.refresh_from_db()
    assert entry.state == State.LONG_TERM


def test_the_day_changes_by_an_extension_alone_once_work_has_begun(keeper):
    entry = make_entry(by=keeper, state=State.IN_PROGRESS)
    with pytest.raises(InternalError, match="changes by an extension"):
        by_the_database(entry, act="change", due_on=LATER)


@pytest.mark.parametrize("field", ["number", "year", "level", "source", "problem_row"])
def test_where_an_entry_comes_from_stays(keeper, field):
    values = {"number": 9, "year": 2020, "level": "member", "source": "inspection", "problem_row": None}
    meeting = make_life_meeting(by=make_user(Role.SECRETARY))
    problem = meeting.problems.first()
    entry = _of_problem(problem)
    actions.enter_problems(meeting, [entry], by=keeper)
    with pytest.raises(InternalError, match="where an entry comes from"):
        by_the_database(entry, act="change", **{field: values[field]})


def test_an_entry_is_never_deleted_and_never_born_further_on(keeper):
    entry = make_entry(by=keeper)
    with pytest.raises(InternalError), transaction.atomic():
        LedgerEntry.objects.filter(pk=entry.pk)._raw_delete("default")
    born_closed = LedgerEntry(
        year=2024,
        number=7,
        problem="问题",
        measure="措施",
        in_charge=make_member(),
        started_on=DUE,
        due_on=DUE,
        state=State.IN_PROGRESS,
        changed_by=keeper,
    )
    with pytest.raises(InternalError, match="begins by being entered"), transaction.atomic():
        born_closed.save()


def test_evidence_stays_and_comes_to_no_closed_entry(keeper, secretary):
    entry = make_entry(by=keeper, state=State.CLOSED, checker=secretary)
    evidence = entry.evidence.get()
    for write in (evidence.delete, lambda: Evidence.objects.filter(pk=evidence.pk).update(text="改")):
        with pytest.raises(InternalError), transaction.atomic():
            write()
    with pytest.raises(ValidationError, match="in the state"):
        add_evidence(entry, by=keeper)
    with pytest.raises(InternalError, match="closed entry"), transaction.atomic():
        Evidence.objects.create(entry=entry, text="x", added_by=keeper)


def test_evidence_says_something(keeper):
    entry = make_entry(by=keeper)
    with pytest.raises(ValidationError):
        add_evidence(entry, by=keeper, text=" ")
    with pytest.raises(IntegrityError, match="evidence_is_words_or_a_paper"), transaction.atomic():
        Evidence.objects.create(entry=entry, added_by=keeper)


# --- double clicks and two at once ----------------------------------------------------------------
def test_the_same_step_sent_twice_is_done_once(keeper):
    entry = make_entry(by=keeper)
    actions.note_progress(entry, "进展", by=keeper, revision=1)
    with pytest.raises(ValidationError, match="meanwhile"):
        actions.note_progress(entry, "进展", by=keeper, revision=1)
    assert entry.events.filter(act="note").count() == 1


def test_the_same_entry_sent_twice_is_one(keeper):
    values = {"year": 2024, "problem": "问题", "measure": "措施", "started_on": DUE, "due_on": DUE}
    first = actions.enter(LedgerEntry(in_charge=keeper.member, **values), by=keeper)
    again = actions.enter(LedgerEntry(in_charge=keeper.member, key=first.key, **values), by=keeper)
    assert (again, LedgerEntry.objects.count()) == (first, 1)


def test_the_same_evidence_sent_twice_is_one(keeper):
    entry = make_entry(by=keeper)
    evidence = add_evidence(entry, by=keeper)
    actions.add_evidence(Evidence(pk=evidence.pk, entry=entry, text="再来"), None, by=keeper)
    assert entry.evidence.get().text == evidence.text


def test_numbers_run_by_year_and_personal_ones_by_person(keeper, secretary):
    one, two = make_member(), make_member()
    labels = [
        make_entry(by=keeper).label,
        make_entry(by=keeper).label,
        make_entry(by=keeper, year=2025).label,
        make_entry(by=secretary, level="member", in_charge=one).label,
        make_entry(by=secretary, level="member", in_charge=two).label,
        make_entry(by=secretary, level="member", in_charge=two).label,
    ]
    assert labels == ["2024-01", "2024-02", "2025-01", "2024-P1", "2024-P1", "2024-P2"]


# --- from the problems of a life meeting ----------------------------------------------------------
def _of_problem(problem, **fields) -> LedgerEntry:
    return LedgerEntry(
        problem_row=problem.pk,
        level=problem.level,
        problem=problem.description,
        measure=problem.measure,
        started_on=DUE,
        due_on=DUE,
        **{"in_charge": problem.in_charge or make_member(), **fields},
    )


def test_problems_become_entries_once(secretary):
    meeting = make_life_meeting(by=secretary)
    problems = list(meeting.problems.all())
    made = actions.enter_problems(meeting, map(_of_problem, problems), by=secretary)
    again = actions.enter_problems(meeting, map(_of_problem, problems), by=secretary)
    assert ([entry.label for entry in made], again) == (["2024-01", "2024-02", "2024-P1"], [])
    assert {entry.meeting for entry in LedgerEntry.objects.all()} == {meeting}
    copy = _of_problem(problems[0], year=2024, number=99, changed_by=secretary)
    with pytest.raises(IntegrityError, match="problem_row"), transaction.atomic():
        copy.save()


def test_problems_wait_for_the_signature(secretary):
    meeting = make_life_meeting(by=secretary, state="draft_minutes")
    with pytest.raises(ValidationError, match="signed off"):
        actions.enter_problems(meeting, [_of_problem(meeting.problems.first())], by=secretary)


def test_a_problem_of_another_meeting_is_no_problem_of_this_one(secretary):
    meeting, other = make_life_meeting(by=secretary), make_life_meeting(by=secretary)
    assert actions.enter_problems(meeting, [_of_problem(other.problems.first())], by=secretary) == []


def test_personal_problems_are_entered_by_those_who_keep_them(secretary, keeper):
    meeting = make_life_meeting(by=secretary)
    personal = meeting.problems.get(level="member")
    with pytest.raises(PermissionDenied):
        actions.enter_problems(meeting, [_of_problem(personal)], by=keeper)
    assert actions.enter_problems(meeting, [_of_problem(personal)], by=make_discipline_commissioner())


# --- R-8.2 ----------------------------------------------------------------------------------------
def test_what_recurs_is_a_new_entry_linked_to_the_old_one(keeper, secretary):
    closed = make_entry(by=keeper, state=State.CLOSED, checker=secretary)
    again = LedgerEntry(
        year=2025, problem="又出现", measure="措施", started_on=DUE, due_on=LATER, in_charge=make_member()
    )
    actions.enter_again(closed, again, by=keeper)
    closed.refresh_from_db()
    assert (again.recurs_from, again.state, closed.state) == (closed, State.OPEN, State.CLOSED)
    with pytest.raises(ValidationError, match="in the state"):
        actions.enter_again(again, LedgerEntry(year=2025), by=keeper)


def test_overdue_is_reckoned_from_the_day(keeper, secretary):
    open_, waiting, closed = (
        make_entry(by=keeper, state=state, checker=secretary) for state in ("open", "claimed", "closed")
    )
    assert not LedgerEntry.objects.overdue_on(DUE).filter(pk=open_.pk).exists()
    day_after = DUE + datetime.timedelta(days=1)
    late = set(LedgerEntry.objects.overdue_on(day_after))
    # The one reported as done today was reported years after its day.
    assert late == {open_, waiting}
    assert {entry for entry in (open_, waiting, closed) if entry.is_overdue_on(day_after)} == late


def test_reported_in_time_is_not_overdue(keeper):
    far = timezone.localdate() + datetime.timedelta(days=1)
    entry = make_entry(by=keeper, state=State.CLAIMED, due_on=far)
    long_after = far + datetime.timedelta(days=90)
    assert not entry.is_overdue_on(long_after)
    assert not LedgerEntry.objects.overdue_on(long_after).exists()


# --- R-8.4 ---------------------------------------------------------------------------------
def test_next_years_meeting_has_last_years_entries_and_older_ones_still_active(keeper, secretary):
    last_closed = make_entry(by=keeper, year=2024, state=State.CLOSED, checker=secretary)
    older_active = make_entry(by=keeper, year=2022)
    make_entry(by=keeper, year=2022, state=State.CLOSED, checker=secretary)
    make_entry(by=keeper, year=2025)
    found = LedgerEntry.objects.for_life_meeting_of(2025)
    assert set(found) == {last_closed, older_active}


def test_personal_entries_are_seen_by_three_people(secretary, keeper):
    member = make_user()
    entry = make_entry(by=secretary, level="member", in_charge=member.member)
    commissioner = make_discipline_commissioner()
    leader = make_user(member=make_position(make_member(), "organization").member)
    seeing = {secretary, commissioner, member}
    for user in (*seeing, keeper, leader, make_user(), make_user(Role.ADMINISTRATOR)):
        assert LedgerEntry.objects.visible_to(user).filter(pk=entry.pk).exists() == (user in seeing)


def test_a_personal_entry_has_no_leader_and_stays_the_persons(secretary):
    with pytest.raises(ValidationError, match="no other leader"):
        make_entry(by=secretary, level="member", leader=make_member())
    entry = make_entry(by=secretary, level="member")
    with pytest.raises(InternalError, match="stays that person"):
        by_the_database(entry, act="change", in_charge=make_member())


def test_the_committee_reads_and_keeps_members_read_the_administrator_neither(keeper):
    entry = make_entry(by=keeper)
    visible = LedgerEntry.objects.visible_to
    assert visible(make_user()).get() == entry
    assert not visible(make_user(Role.ADMINISTRATOR)).exists()
    with pytest.raises(PermissionDenied):
        make_entry(by=make_user())
