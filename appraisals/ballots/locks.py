"""Triggers that hold the rules of a ballot against everybody: the shell, a race, or us.

Rows that are rewritten at closing say so with ``portal.closing`` for their own transaction (``actions.closing``).
"""

from __future__ import annotations

from collections.abc import Sequence

import pgtrigger

CLOSING_SETTING = "portal.closing"
_CLOSING = f"COALESCE(current_setting('{CLOSING_SETTING}', true), '') <> ''"


def only_while(
    name: str, states: Sequence[str], message: str, operation, *, unless: str = "FALSE"
) -> pgtrigger.Trigger:
    """Rows of a table with ``ballot_id`` come, change and go only while their ballot is in one of the states."""
    allowed = ", ".join(f"'{state}'" for state in states)
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=operation,
        declare=[("allowed", "boolean")],
        func=f"""
            IF {unless} THEN
                RETURN COALESCE(NEW, OLD);
            END IF;
            IF TG_OP = 'INSERT' THEN
                SELECT bool_and(state IN ({allowed})) INTO allowed
                  FROM ballots_secretballot WHERE id = NEW.ballot_id;
            ELSIF TG_OP = 'DELETE' THEN
                SELECT bool_and(state IN ({allowed})) INTO allowed
                  FROM ballots_secretballot WHERE id = OLD.ballot_id;
            ELSE
                SELECT bool_and(state IN ({allowed})) INTO allowed
                  FROM ballots_secretballot WHERE id IN (OLD.ballot_id, NEW.ballot_id);
            END IF;
            IF allowed IS NOT TRUE THEN
                RAISE EXCEPTION '{message}';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,  # noqa: S608 - put together from constants
    )


def changes_only_in_setup() -> pgtrigger.Trigger:
    return only_while(
        "changes_only_in_setup",
        ["setup"],
        "this is frozen since the ballot was opened",
        pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    )


def roll_is_fixed_at_opening() -> pgtrigger.Trigger:
    """Nobody comes or goes after opening, but for the rewriting at closing."""
    return only_while(
        "roll_is_fixed_at_opening",
        ["setup"],
        "the roll is fixed since the ballot was opened",
        pgtrigger.Insert | pgtrigger.Delete,
        unless=_CLOSING,
    )


def way_changes_only_while_open() -> pgtrigger.Trigger:
    """Who is on the roll never changes by an update; once voting is open somebody may be given paper, for good."""
    return pgtrigger.Trigger(
        name="way_changes_only_while_open",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        declare=[("ballot_state", "text")],
        func=f"""
            IF {_CLOSING} THEN
                RETURN NEW;
            END IF;
            SELECT state INTO ballot_state FROM ballots_secretballot WHERE id = OLD.ballot_id;
            IF COALESCE(ballot_state NOT IN ('setup', 'open'), TRUE) THEN
                RAISE EXCEPTION 'the roll of a closed ballot stands still';
            END IF;
            IF (NEW.id, NEW.ballot_id, NEW.member_id) IS DISTINCT FROM (OLD.id, OLD.ballot_id, OLD.member_id)
               OR NEW.returned IS NOT NULL THEN
                RAISE EXCEPTION 'a place on the roll belongs to one person and says before closing nothing of a ballot';
            END IF;
            IF ballot_state = 'open' AND OLD.way = 'paper' AND NEW.way <> 'paper' THEN
                RAISE EXCEPTION 'paper that was issued is not taken back';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - put together from constants
    )


def seat_is_filled_only_while_open() -> pgtrigger.Trigger:
    """A ballot is cast or replaced while voting is open, and neither before nor after."""
    return only_while(
        "seat_is_filled_only_while_open",
        ["open"],
        "ballots are cast only while voting is open",
        pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    )


def seat_keeps_its_credential() -> pgtrigger.Trigger:
    """What lies on a seat changes, the seat itself does not."""
    return pgtrigger.Protect(
        name="seat_keeps_its_credential",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(_distinct(("handle", "ballot_id", "credential"))),
    )


def seat_is_never_deleted() -> pgtrigger.Trigger:
    """Seats go all at once, at closing, when the table is emptied."""
    return pgtrigger.Protect(name="seat_is_never_deleted", operation=pgtrigger.Delete)


def sealed_ballot_comes_only_at_closing() -> pgtrigger.Trigger:
    """Into the ballot that is just being closed, and into no other."""
    return pgtrigger.Trigger(
        name="sealed_ballot_comes_only_at_closing",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=f"""
            IF NOT EXISTS (
                SELECT FROM ballots_secretballot
                 WHERE id = NEW.ballot_id AND state = 'open'
                   AND uuid = current_setting('{CLOSING_SETTING}', true)
            ) THEN
                RAISE EXCEPTION 'sealed ballots are taken over at closing and at no other time';
            END IF;
            RETURN NEW;
        """,
    )


def is_never_deleted_once_opened() -> pgtrigger.Trigger:
    return pgtrigger.Protect(
        name="is_never_deleted_once_opened",
        operation=pgtrigger.Delete,
        condition=pgtrigger.Q(old__opened_at__isnull=False),
    )


def _distinct(fields: Sequence[str]) -> str:
    return " OR ".join(f'OLD."{field}" IS DISTINCT FROM NEW."{field}"' for field in fields)


def is_frozen_once_opened(fields: Sequence[str]) -> pgtrigger.Trigger:
    """The columns keep what they held when the ballot was opened."""
    return pgtrigger.Protect(
        name="is_frozen_once_opened",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"OLD.opened_at IS NOT NULL AND ({_distinct(fields)})"),
    )


def is_written_once(fields: Sequence[str]) -> pgtrigger.Trigger:
    """A column that has a value keeps it; what was counted, or withheld, stays so."""
    changed = " OR ".join(
        [
            *(
                f'(OLD."{field}" IS NOT NULL AND OLD."{field}" IS DISTINCT FROM NEW."{field}")'
                for field in fields
            ),
            f"(OLD.counted_at IS NOT NULL AND ({_distinct(('result', 'is_withheld'))}))",
        ]
    )
    return pgtrigger.Protect(
        name="is_written_once", operation=pgtrigger.Update, condition=pgtrigger.Condition(f"({changed})")
    )


def key_is_fixed_at_opening() -> pgtrigger.Trigger:
    """A scrutineer's row: before opening anything; afterwards nothing but the share in the count, while closed."""
    return pgtrigger.Trigger(
        name="key_is_fixed_at_opening",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("ballot_state", "text")],
        func="""
            IF TG_OP = 'UPDATE' AND NEW.ballot_id IS DISTINCT FROM OLD.ballot_id THEN
                RAISE EXCEPTION 'a scrutineer belongs to one ballot';
            END IF;
            SELECT state INTO ballot_state FROM ballots_secretballot
             WHERE id = (CASE WHEN TG_OP = 'INSERT' THEN NEW.ballot_id ELSE OLD.ballot_id END);
            IF ballot_state = 'setup' THEN
                IF TG_OP <> 'DELETE' AND NEW.partial_decryption IS NOT NULL THEN
                    RAISE EXCEPTION 'there is nothing to decrypt before closing';
                END IF;
                RETURN COALESCE(NEW, OLD);
            END IF;
            IF TG_OP <> 'UPDATE'
               OR (NEW.member_id, NEW.position) IS DISTINCT FROM (OLD.member_id, OLD.position)
               OR NEW.public_key IS DISTINCT FROM OLD.public_key THEN
                RAISE EXCEPTION 'scrutineers and their keys are fixed since the ballot was opened';
            END IF;
            IF NEW.partial_decryption IS DISTINCT FROM OLD.partial_decryption
               AND (ballot_state <> 'closed' OR OLD.partial_decryption IS NOT NULL) THEN
                RAISE EXCEPTION 'a share is handed in once, after closing and before the count';
            END IF;
            RETURN NEW;
        """,
    )
