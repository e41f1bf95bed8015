"""Triggers that keep signed minutes as they were signed, whoever asks: the shell, a race, or us.

A correction (``actions.correct_minutes``) says so by setting ``portal.correction`` for its own
transaction. TRUNCATE of a meeting's own tables is not refused: nobody empties those unseen, and their history
refuses it (branch_portal.append_only).
"""

from __future__ import annotations

import pgtrigger

CORRECTION_SETTING = "portal.correction"
_CORRECTING = f"COALESCE(current_setting('{CORRECTION_SETTING}', true), '') <> ''"


def record_is_locked_when_signed() -> pgtrigger.Trigger:
    """For a table with ``meeting_id``: its rows stand still once the meeting is signed off or cancelled."""
    return pgtrigger.Trigger(
        name="record_is_locked_when_signed",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("locked", "boolean")],
        func=f"""
            IF {_CORRECTING} THEN
                RETURN COALESCE(NEW, OLD);
            END IF;
            IF TG_OP = 'INSERT' THEN
                SELECT bool_or(state IN ('signed_off', 'cancelled')) INTO locked
                  FROM meetings_meeting WHERE id = NEW.meeting_id;
            ELSIF TG_OP = 'DELETE' THEN
                SELECT bool_or(state IN ('signed_off', 'cancelled')) INTO locked
                  FROM meetings_meeting WHERE id = OLD.meeting_id;
            ELSE
                SELECT bool_or(state IN ('signed_off', 'cancelled')) INTO locked
                  FROM meetings_meeting WHERE id IN (OLD.meeting_id, NEW.meeting_id);
            END IF;
            IF locked THEN
                RAISE EXCEPTION 'the record of a signed or cancelled meeting is corrected, not edited';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,  # noqa: S608 - put together from constants
    )


def meeting_is_locked_when_signed() -> pgtrigger.Trigger:
    """The meeting's own row: a signed or cancelled one changes only by a correction."""
    return pgtrigger.Trigger(
        name="meeting_is_locked_when_signed",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__state__in=["signed_off", "cancelled"]),
        func=f"""
            IF NOT {_CORRECTING} THEN
                RAISE EXCEPTION 'a signed or cancelled meeting is corrected, not edited';
            END IF;
            RETURN NEW;
        """,
    )


def is_never_deleted() -> pgtrigger.Trigger:
    return pgtrigger.Protect(name="is_never_deleted", operation=pgtrigger.Delete)
