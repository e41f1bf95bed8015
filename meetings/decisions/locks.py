"""Triggers that keep a decision as it was taken, whoever asks: the shell, a race, or us. While its minutes are a draft, a
change of what is on their record takes the signatures given so far out of force (``meetings.locks.voiding``)."""

from __future__ import annotations

from collections.abc import Sequence

import pgtrigger

from meetings.locks import CORRECTING, says_the_same, voiding

_CLOSED = "('signed_off', 'cancelled')"
OPEN = ("proposed", "reviewed", "discussed")
_OPEN = ", ".join(f"'{state}'" for state in OPEN)
_ANY = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


def decision_stands_as_it_was_taken(content: Sequence[str]) -> pgtrigger.Trigger:
    """Once a matter is decided, rejected or deferred its text and its votes never change: only a new decision does. There
    is no correction of it either."""
    changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in content)
    return pgtrigger.Protect(
        name="decision_stands_as_it_was_taken",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"OLD.state NOT IN ({_OPEN}) AND ({changed})"),
    )


def decision_is_never_deleted_once_discussed() -> pgtrigger.Trigger:
    return pgtrigger.Protect(
        name="decision_is_never_deleted_once_discussed",
        operation=pgtrigger.Delete,
        condition=pgtrigger.Condition("OLD.state NOT IN ('proposed', 'reviewed')"),
    )


def decision_is_taken_before_the_minutes_are_signed(content: Sequence[str]) -> pgtrigger.Trigger:
    """Nothing is put on the record of a signed or cancelled meeting, or taken from it. What becomes of a decision
    afterwards goes on."""
    changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in content)
    return pgtrigger.Trigger(
        name="decision_is_taken_before_the_minutes_are_signed",
        when=pgtrigger.Before,
        operation=_ANY,
        declare=[("locked", "boolean"), ("old_id", "bigint"), ("new_id", "bigint")],
        func=f"""
            IF TG_OP = 'UPDATE' AND NOT ({changed}) AND (OLD.state = NEW.state OR OLD.state NOT IN ({_OPEN})) THEN
                RETURN NEW;
            END IF;
            IF TG_OP <> 'INSERT' THEN
                old_id := OLD.meeting_id;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                new_id := NEW.meeting_id;
            END IF;
            SELECT bool_or(state IN {_CLOSED}) INTO locked FROM meetings_meeting WHERE id IN (old_id, new_id);
            IF locked THEN
                RAISE EXCEPTION 'nothing is decided any more in a signed or cancelled meeting';
            END IF;
            {voiding("old_id, new_id")}
            RETURN COALESCE(NEW, OLD);
        """,  # noqa: S608 - put together from constants
    )


def _by_decision(name: str, refused: str, message: str) -> pgtrigger.Trigger:
    """For a table with ``decision_id``; ``refused`` is a condition on the decision and its meeting."""
    decisions = """
                CASE WHEN TG_OP <> 'DELETE' THEN NEW.decision_id END, CASE WHEN TG_OP <> 'INSERT' THEN OLD.decision_id END
    """
    meetings = f"SELECT meeting_id FROM decisions_decision WHERE id IN ({decisions})"  # noqa: S608
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=_ANY,
        declare=[("refused", "boolean")],
        func=f"""
            SELECT bool_or({refused}) INTO refused
              FROM decisions_decision AS decision
              LEFT JOIN meetings_meeting AS meeting ON meeting.id = decision.meeting_id
             WHERE decision.id IN ({decisions});
            IF refused THEN
                RAISE EXCEPTION '{message}';
            END IF;
            IF TG_OP = 'UPDATE' AND {says_the_same()} THEN
                RETURN NEW;
            END IF;
            {voiding(meetings)}
            RETURN COALESCE(NEW, OLD);
        """,  # noqa: S608 - put together from constants
    )


def comes_before_the_vote() -> pgtrigger.Trigger:
    return _by_decision(
        "comes_before_the_vote",
        f"decision.state NOT IN ({_OPEN}) OR COALESCE(meeting.state IN {_CLOSED}, FALSE)",
        "this is entered before the vote",
    )


def comes_before_the_minutes_are_signed() -> pgtrigger.Trigger:
    return _by_decision(
        "comes_before_the_minutes_are_signed",
        f"COALESCE(meeting.state IN {_CLOSED}, FALSE)",
        "the minutes with this decision are signed",
    )


def exclusion_is_locked_with_its_meeting() -> pgtrigger.Trigger:
    """As every other row of the record: signed minutes are corrected, not edited."""
    attendances = """
                CASE WHEN TG_OP <> 'DELETE' THEN NEW.attendance_id END,
                CASE WHEN TG_OP <> 'INSERT' THEN OLD.attendance_id END
    """
    meetings = f"SELECT meeting_id FROM meetings_attendance WHERE id IN ({attendances})"  # noqa: S608
    return pgtrigger.Trigger(
        name="exclusion_is_locked_with_its_meeting",
        when=pgtrigger.Before,
        operation=_ANY,
        declare=[("locked", "boolean")],
        func=f"""
            IF {CORRECTING} THEN
                RETURN COALESCE(NEW, OLD);
            END IF;
            SELECT bool_or(meeting.state IN {_CLOSED}) INTO locked
              FROM meetings_attendance AS attendance
              JOIN meetings_meeting AS meeting ON meeting.id = attendance.meeting_id
             WHERE attendance.id IN ({attendances});
            IF locked THEN
                RAISE EXCEPTION 'the record of a signed or cancelled meeting is corrected, not edited';
            END IF;
            IF TG_OP = 'UPDATE' AND {says_the_same()} THEN
                RETURN NEW;
            END IF;
            {voiding(meetings)}
            RETURN COALESCE(NEW, OLD);
        """,  # noqa: S608 - put together from constants
    )


def only_a_voter_is_left_out() -> pgtrigger.Trigger:
    """R-3.8 is about full members with a vote: nobody else is due anyway."""
    return pgtrigger.Trigger(
        name="only_a_voter_is_left_out",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("attendance_id"),
        func="""
            IF NOT EXISTS (SELECT FROM meetings_attendance WHERE id = NEW.attendance_id AND has_vote) THEN
                RAISE EXCEPTION 'only somebody with the right to vote is left out of those due';
            END IF;
            RETURN NEW;
        """,
    )
