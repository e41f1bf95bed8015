"""Triggers that keep signed minutes as they were signed, whoever asks: the shell, a race, or us.

While minutes are a draft, a change of what they say takes the signatures given so far out of force (``voiding``): nobody has
signed what stands there now. Once both have signed, nothing changes but by a correction (``actions.correcting``), which
says so by setting ``portal.correction`` for its own transaction. TRUNCATE of a meeting's own tables is not refused: nobody
empties those unseen, and their history refuses it (branch_portal.append_only).
"""

from __future__ import annotations

import pgtrigger

CORRECTION_SETTING = "portal.correction"
CORRECTING = f"COALESCE(current_setting('{CORRECTION_SETTING}', true), '') <> ''"
# Who changed a row last, and when: no part of what is signed.
_MARKS = ("revision", "changed_by_id", "changed_at")
_STEPS = ("state", "signed_off_by_id", "signed_off_at", "cancel_reason")
_BY = "(NULLIF(current_setting('pghistory.context_metadata', true), '')::jsonb ->> 'user')::bigint"


def says_the_same(*, apart_from: tuple[str, ...] = _MARKS) -> str:
    """SQL for an UPDATE: whether the row says what it said, whoever touched it."""
    columns = "'{" + ",".join(apart_from) + "}'::text[]"
    return f"to_jsonb(OLD) - {columns} = to_jsonb(NEW) - {columns}"


def voiding(meetings: str) -> str:
    """A piece of PL/pgSQL: no signature under the draft minutes of these meetings (SQL for their ids) stands any longer.

    The meetings' rows are locked, so that nobody signs between the change and its commit.
    """
    return f"""
            PERFORM 1 FROM meetings_meeting WHERE id IN ({meetings}) AND state = 'draft_minutes' FOR UPDATE;
            IF FOUND THEN
                INSERT INTO meetings_signaturevoid (signature_id, voided_at, voided_by_id)
                SELECT signature.id, clock_timestamp(), {_BY}
                  FROM meetings_signature AS signature
                  JOIN meetings_meeting AS signed ON signed.id = signature.meeting_id
                 WHERE signed.id IN ({meetings}) AND signed.state = 'draft_minutes'
                   AND NOT EXISTS (SELECT FROM meetings_signaturevoid WHERE signature_id = signature.id);
            END IF;
    """  # noqa: S608 - put together from constants


def minutes_are_signed_as_they_stand() -> pgtrigger.Trigger:
    """For a table with ``meeting_id`` whose rows are part of what is signed: they stand still once the meeting is signed off
    or cancelled, and before that a change takes the signatures given so far out of force."""
    return pgtrigger.Trigger(
        name="record_is_locked_when_signed",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("locked", "boolean"), ("old_id", "bigint"), ("new_id", "bigint")],
        func=f"""
            IF {CORRECTING} THEN
                RETURN COALESCE(NEW, OLD);
            END IF;
            IF TG_OP <> 'INSERT' THEN
                old_id := OLD.meeting_id;
            END IF;
            IF TG_OP <> 'DELETE' THEN
                new_id := NEW.meeting_id;
            END IF;
            SELECT bool_or(state IN ('signed_off', 'cancelled')) INTO locked
              FROM meetings_meeting WHERE id IN (old_id, new_id);
            IF locked THEN
                RAISE EXCEPTION 'the record of a signed or cancelled meeting is corrected, not edited';
            END IF;
            IF TG_OP = 'UPDATE' AND {says_the_same()} THEN
                RETURN NEW;
            END IF;
            {voiding("old_id, new_id")}
            RETURN COALESCE(NEW, OLD);
        """,  # noqa: S608 - put together from constants
    )


def record_is_locked_when_signed() -> pgtrigger.Trigger:
    """For a table with ``meeting_id`` that goes with a meeting without being part of its minutes: its rows stand still once
    the meeting is signed off or cancelled."""
    return pgtrigger.Trigger(
        name="record_is_locked_when_signed",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("locked", "boolean")],
        func=f"""
            IF {CORRECTING} THEN
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
            IF NOT {CORRECTING} THEN
                RAISE EXCEPTION 'a signed or cancelled meeting is corrected, not edited';
            END IF;
            RETURN NEW;
        """,
    )


def changed_facts_void_the_signatures() -> pgtrigger.Trigger:
    """What the minutes say of the meeting itself: time, place, chair, recorder …"""
    return pgtrigger.Trigger(
        name="changed_facts_void_the_signatures",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__state="draft_minutes"),
        func=f"""
            IF NOT ({says_the_same(apart_from=_MARKS + _STEPS)}) THEN
                {voiding("NEW.id")}
            END IF;
            RETURN NULL;
        """,
    )


def minutes_are_signed_off_by_both() -> pgtrigger.Trigger:
    """The last step asks for a signature of the recorder and one of the chair under the text as it stands."""
    return pgtrigger.Trigger(
        name="minutes_are_signed_off_by_both",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__state="draft_minutes", new__state="signed_off"),
        func=f"""
            IF NOT ({says_the_same(apart_from=_MARKS + _STEPS)}) THEN
                RAISE EXCEPTION 'minutes are signed as they were read';
            END IF;
            IF 2 <> (
                SELECT count(*) FROM meetings_signature AS signature
                 WHERE signature.meeting_id = NEW.id
                   AND (signature.capacity = 'recorder' OR signature.capacity = 'chair'
                        AND signature.signed_by_id = NEW.signed_off_by_id AND signature.signed_at = NEW.signed_off_at)
                   AND NOT EXISTS (SELECT FROM meetings_signaturevoid WHERE signature_id = signature.id)
            ) THEN
                RAISE EXCEPTION 'minutes are signed off by recorder and chair';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - put together from constants
    )


def signature_follows_the_rules() -> pgtrigger.Trigger:
    """First the recorder, then the chair, each once for a text, each in person or with a reason; a correction is signed
    while it is made."""
    return pgtrigger.Trigger(
        name="signature_follows_the_rules",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        declare=[("signed", "record")],
        func=f"""
            SELECT state, chair_id, recorder_id INTO signed
              FROM meetings_meeting WHERE id = NEW.meeting_id FOR UPDATE;
            IF NEW.capacity = 'correction' THEN
                IF signed.state <> 'signed_off' OR NOT {CORRECTING} OR NOT EXISTS (
                    SELECT FROM meetings_correction AS correction
                     WHERE correction.id = NEW.correction_id AND correction.meeting_id = NEW.meeting_id
                       AND correction.made_by_id = NEW.signed_by_id
                ) THEN
                    RAISE EXCEPTION 'a correction is signed by whoever makes it, while it is made';
                END IF;
                RETURN NEW;
            END IF;
            IF signed.state <> 'draft_minutes' THEN
                RAISE EXCEPTION 'minutes are signed while they are a draft';
            END IF;
            IF NEW.is_from_sign_off THEN
                RAISE EXCEPTION 'a new signature names its text';
            END IF;
            IF NEW.signed_for_id <> (CASE NEW.capacity WHEN 'chair' THEN signed.chair_id ELSE signed.recorder_id END) THEN
                RAISE EXCEPTION 'this is neither the chair nor the recorder of the meeting';
            END IF;
            IF (NEW.in_place_because = '') <> EXISTS (
                SELECT FROM members_user WHERE id = NEW.signed_by_id AND member_id = NEW.signed_for_id
            ) THEN
                RAISE EXCEPTION 'whoever signs in place of somebody says why, and nobody else does';
            END IF;
            IF EXISTS (
                SELECT FROM meetings_signature AS other
                 WHERE other.meeting_id = NEW.meeting_id AND other.capacity = NEW.capacity
                   AND NOT EXISTS (SELECT FROM meetings_signaturevoid WHERE signature_id = other.id)
            ) THEN
                RAISE EXCEPTION 'this text is signed already';
            END IF;
            IF NEW.capacity = 'chair' AND NOT EXISTS (
                SELECT FROM meetings_signature AS other
                 WHERE other.meeting_id = NEW.meeting_id AND other.capacity = 'recorder' AND other.digest = NEW.digest
                   AND NOT EXISTS (SELECT FROM meetings_signaturevoid WHERE signature_id = other.id)
            ) THEN
                RAISE EXCEPTION 'the chair signs the text that the recorder has signed';
            END IF;
            RETURN NEW;
        """,  # noqa: S608 - put together from constants
    )


def correction_is_signed() -> pgtrigger.Trigger:
    """By the end of the transaction that makes it."""
    return pgtrigger.Trigger(
        name="correction_is_signed",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        timing=pgtrigger.Deferred,
        func="""
            IF NOT EXISTS (SELECT FROM meetings_signature WHERE correction_id = NEW.id) THEN
                RAISE EXCEPTION 'a correction is signed by whoever makes it';
            END IF;
            RETURN NULL;
        """,
    )


def is_never_deleted() -> pgtrigger.Trigger:
    return pgtrigger.Protect(name="is_never_deleted", operation=pgtrigger.Delete)
