"""Triggers that hold the ledger's rules against everybody: the shell, a race, or us.

Every insert and every change of an entry, and every piece of evidence, becomes one event of the history, written by the
database itself. Each event carries the hash of the one before, so that what is changed afterwards, even by somebody who
takes the triggers away, does not fit any more (``chain``, ``manage.py verify_history``).
"""

from __future__ import annotations

import pgtrigger

from meetings.rectification import workflow
from meetings.rectification.chain import BEFORE_THE_FIRST

# One chain: whoever writes an event waits for whoever is writing one. Also taken to give entries their numbers.
CHAIN_LOCK = 8_141_921
# What a moment is like when it is hashed is said by the event itself, apart from the payload.
_MOMENTS = {"entry": "changed_at", "evidence": "added_at"}


def is_never_deleted() -> pgtrigger.Trigger:
    return pgtrigger.Protect(name="is_never_deleted", operation=pgtrigger.Delete)


def entry_follows_the_workflow() -> pgtrigger.Trigger:
    """The table of ``workflow`` and the rules of closing, whoever asks."""
    moves = ", ".join(
        f"('{act}', '{before}', '{after}')"
        for act, rule in workflow.RULES.items()
        if act not in {workflow.Act.EVIDENCE, workflow.Act.RECUR}  # these change no entry
        for before, after in rule.moves.items()
    )
    return pgtrigger.Trigger(
        name="entry_follows_the_workflow",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            IF TG_OP = 'INSERT' THEN
                IF (NEW.revision, NEW.act, NEW.state) <> (1, 'enter', 'open') THEN
                    RAISE EXCEPTION 'an entry begins by being entered';
                END IF;
                RETURN NEW;
            END IF;
            IF NEW.revision <> OLD.revision + 1 THEN
                RAISE EXCEPTION 'every change of an entry is a step of its own';
            END IF;
            IF (NEW.act, OLD.state, NEW.state) NOT IN ({moves}) THEN
                RAISE EXCEPTION 'the workflow knows no step % from % to %', NEW.act, OLD.state, NEW.state;
            END IF;
            IF (NEW.id, NEW.key, NEW.year, NEW.number, NEW.level, NEW.source)
               IS DISTINCT FROM (OLD.id, OLD.key, OLD.year, OLD.number, OLD.level, OLD.source)
               OR (NEW.meeting_id, NEW.problem_row, NEW.recurs_from_id)
               IS DISTINCT FROM (OLD.meeting_id, OLD.problem_row, OLD.recurs_from_id) THEN
                RAISE EXCEPTION 'where an entry comes from and what it is called stays';
            END IF;
            IF NEW.level = 'member' AND NEW.in_charge_id <> OLD.in_charge_id THEN
                RAISE EXCEPTION 'a personal entry stays that person''s';
            END IF;
            IF NEW.act <> 'change' AND (NEW.problem, NEW.cause, NEW.measure, NEW.leader_id, NEW.in_charge_id, NEW.started_on)
               IS DISTINCT FROM (OLD.problem, OLD.cause, OLD.measure, OLD.leader_id, OLD.in_charge_id, OLD.started_on) THEN
                RAISE EXCEPTION 'this step changes nothing of what the entry says';
            END IF;
            IF NEW.due_on IS DISTINCT FROM OLD.due_on AND NOT (
                NEW.act IN ('extend', 'long_term') OR (NEW.act = 'change' AND OLD.state = 'open')
            ) THEN
                RAISE EXCEPTION 'the day by which it is due changes by an extension';
            END IF;
            IF NEW.act = 'extend' AND NOT (NEW.due_on > COALESCE(OLD.due_on, NEW.due_on - 1)) THEN
                RAISE EXCEPTION 'an extension leads to a later day';
            END IF;
            IF NEW.act = 'close' THEN
                IF NOT EXISTS (SELECT FROM rectification_evidence WHERE entry_id = NEW.id) THEN
                    RAISE EXCEPTION 'an entry is closed on evidence';
                END IF;
                IF NEW.checker_id IS DISTINCT FROM (SELECT member_id FROM members_user WHERE id = NEW.changed_by_id) THEN
                    RAISE EXCEPTION 'whoever closes an entry is its checker';
                END IF;
                IF EXISTS (
                    SELECT FROM rectification_ledgerevent
                     WHERE entry_id = NEW.id AND subject = 'entry'
                       AND (payload::jsonb ->> 'in_charge_id')::bigint = NEW.checker_id
                ) THEN
                    RAISE EXCEPTION 'nobody closes an entry that is or was the own';
                END IF;
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - put together from constants
    )


def evidence_is_for_an_active_entry() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="evidence_is_for_an_active_entry",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="""
            IF (SELECT state FROM rectification_ledgerentry WHERE id = NEW.entry_id) = 'closed' THEN
                RAISE EXCEPTION 'nothing is added to a closed entry';
            END IF;
            RETURN NEW;
        """,
    )


def becomes_an_event(subject: str) -> pgtrigger.Trigger:
    """The row as it stands is written into the history, in the spelling of ``chain.canonical``.

    The moment is left out of the payload: the event has it itself, and the spelling of moments hangs on the session.
    """
    moment = _MOMENTS[subject]
    entry, by, act = {
        "entry": ("NEW.id", "NEW.changed_by_id", "NEW.act"),
        "evidence": ("NEW.entry_id", "NEW.added_by_id", "'evidence'"),
    }[subject]
    return pgtrigger.Trigger(
        name="becomes_an_event",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=f"""
            INSERT INTO rectification_ledgerevent
                (sequence, entry_id, subject, at, by_id, act, payload, previous_hash, hash)
            SELECT 0, {entry}, '{subject}', NEW.{moment}, {by}, {act},
                   '{{' || string_agg(to_jsonb(pair.key)::text || ':' || pair.value::text, ','
                                      ORDER BY pair.key COLLATE "C") || '}}',
                   '', ''
              FROM jsonb_each(to_jsonb(NEW) - '{moment}') AS pair;
            RETURN NULL;
        """,  # noqa: S608 - put together from constants
    )


def event_joins_the_chain() -> pgtrigger.Trigger:
    """Number and hashes are the database's, whatever was asked for; concurrent events come one after the other.

    ``chain.digest`` says the same in Python. Only the ledger's own triggers write events.
    """
    return pgtrigger.Trigger(
        name="event_joins_the_chain",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("latest", "record")],
        func=f"""
            IF pg_trigger_depth() < 2 THEN
                RAISE EXCEPTION 'events are written by the ledger itself';
            END IF;
            PERFORM pg_advisory_xact_lock({CHAIN_LOCK});
            SELECT sequence, hash INTO latest FROM rectification_ledgerevent ORDER BY sequence DESC LIMIT 1;
            NEW.sequence := COALESCE(latest.sequence, 0) + 1;
            NEW.previous_hash := COALESCE(latest.hash, '{BEFORE_THE_FIRST}');
            NEW.hash := encode(sha256(convert_to(concat_ws(E'\\n',
                NEW.previous_hash, NEW.sequence, NEW.entry_id, NEW.subject,
                to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                NEW.by_id, NEW.act, NEW.payload
            ), 'UTF8')), 'hex');
            RETURN NEW;
        """,  # noqa: S608 - put together from constants
    )
