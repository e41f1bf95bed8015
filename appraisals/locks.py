"""Triggers that hold what was agreed: the rules of a round once it is opened, the grades once they are approved."""

from __future__ import annotations

from collections.abc import Sequence

import pgtrigger


def rules_are_frozen_once_approved(fields: Sequence[str]) -> pgtrigger.Trigger:
    changed = " OR ".join(f'OLD."{field}" IS DISTINCT FROM NEW."{field}"' for field in fields)
    return pgtrigger.Protect(
        name="rules_are_frozen_once_approved",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"OLD.state <> 'plan' AND ({changed})"),
    )


def grades_are_locked_once_approved() -> pgtrigger.Trigger:
    """For a table with ``participant_id``: its rows change only until the round's assessments are approved.

    A row that is moved is asked for both rounds, the one it leaves and the one it comes into.
    """
    return pgtrigger.Trigger(
        name="grades_are_locked_once_approved",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("former", "bigint"), ("later", "bigint")],
        func="""
            IF TG_OP <> 'INSERT' THEN former := OLD.participant_id; END IF;
            IF TG_OP <> 'DELETE' THEN later := NEW.participant_id; END IF;
            IF EXISTS (
                SELECT FROM appraisals_participant p JOIN appraisals_round r ON r.id = p.round_id
                 WHERE p.id IN (former, later) AND r.state IN ('assessed', 'fed_back', 'archived')
            ) THEN
                RAISE EXCEPTION 'approved assessments stand';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,
    )


def is_never_deleted_once_approved() -> pgtrigger.Trigger:
    return pgtrigger.Protect(
        name="is_never_deleted_once_approved",
        operation=pgtrigger.Delete,
        condition=pgtrigger.Condition("OLD.state <> 'plan'"),
    )
