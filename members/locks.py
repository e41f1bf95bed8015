"""Triggers that keep records of people true, whoever writes: the shell, a race, or us.

What a person *is* now follows from the timeline. The database derives it whenever an entry comes, changes or goes; no
other writer may touch the derived columns.
"""

from __future__ import annotations

from collections.abc import Sequence

import pgtrigger

DERIVING_SETTING = "portal.deriving"
TIME_ZONE_SETTING = "portal.time_zone"
_DERIVING = f"COALESCE(current_setting('{DERIVING_SETTING}', true), '') <> ''"

# In this order where several stand on one day.
STAGES = ("applied", "activist", "target", "admitted", "confirmed")
DEPARTURES = ("moved_out", "withdrawn", "cancelled", "removed", "died")
# Entered because a letter of introduction brings the person: not of the branch until something else is said.
EXPECTED = "expected"
STANDINGS = (EXPECTED, "moved_in", "restored", "lost_contact", "suspended", *DEPARTURES)


def _array(words: Sequence[str]) -> str:
    return "ARRAY[" + ", ".join(f"'{word}'" for word in words) + "]"


def derives_the_person() -> pgtrigger.Trigger:
    """On the timeline: writes into the person's row what the entries now say."""
    return pgtrigger.Trigger(
        name="derives_the_person",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[
            ("person", "bigint"),
            ("last_stage", "text"),
            ("last_standing", "text"),
            ("standing_day", "date"),
            ("now_group", "bigint"),
        ],
        func=f"""
            person := COALESCE(NEW.member_id, OLD.member_id);
            SELECT kind INTO last_stage FROM members_timelineentry
             WHERE member_id = person AND kind = ANY ({_array(STAGES)})
             ORDER BY "on" DESC, array_position({_array(STAGES)}, kind::text) DESC LIMIT 1;
            SELECT kind, "on" INTO last_standing, standing_day FROM members_timelineentry
             WHERE member_id = person AND kind = ANY ({_array(STANDINGS)})
             ORDER BY kind = '{EXPECTED}', "on" DESC, id DESC LIMIT 1;
            SELECT party_group_id INTO now_group FROM members_timelineentry
             WHERE member_id = person AND kind = 'group' ORDER BY "on" DESC, id DESC LIMIT 1;
            PERFORM set_config('{DERIVING_SETTING}', 'on', true);
            UPDATE members_member SET
                stage = COALESCE(CASE last_stage WHEN 'applied' THEN 'applicant' WHEN 'admitted' THEN 'probationary'
                                 WHEN 'confirmed' THEN 'full' ELSE last_stage END, stage),
                admitted_on = CASE WHEN last_stage IN ('admitted', 'confirmed') THEN
                    (SELECT max("on") FROM members_timelineentry WHERE member_id = person AND kind = 'admitted') END,
                confirmed_on = CASE WHEN last_stage = 'confirmed' THEN
                    (SELECT max("on") FROM members_timelineentry WHERE member_id = person AND kind = 'confirmed') END,
                standing = CASE WHEN last_standing IS NULL OR last_standing IN ('moved_in', 'restored')
                                THEN 'normal' ELSE last_standing END,
                left_on = CASE WHEN last_standing = ANY ({_array((EXPECTED, *DEPARTURES))}) THEN standing_day END,
                party_group_id = now_group
             WHERE id = person;
            PERFORM set_config('{DERIVING_SETTING}', '', true);
            RETURN NULL;
        """,  # noqa: S608 - put together from constants
    )


def belongs_to_one_person() -> pgtrigger.Trigger:
    """An entry is corrected, but never becomes another person's."""
    return pgtrigger.Protect(
        name="belongs_to_one_person",
        operation=pgtrigger.Update,
        condition=pgtrigger.Q(old__member__df=pgtrigger.F("new__member")),
    )


def derived_by_the_timeline_alone(columns: Sequence[str]) -> pgtrigger.Trigger:
    """On people: the derived columns are written by ``derives_the_person`` and by nobody else."""
    changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in columns)
    return pgtrigger.Trigger(
        name="derived_by_the_timeline_alone",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(changed),
        func=f"""
            IF NOT {_DERIVING} THEN
                RAISE EXCEPTION 'stage, standing, group and dates of a person follow from the timeline';
            END IF;
            RETURN NEW;
        """,
    )


# Django's sessions speak UTC; the branch's own time zone is told to each of them (``apps``). A session without it, of psql, has
# its own.
_TIME_ZONE = (
    f"COALESCE(NULLIF(current_setting('{TIME_ZONE_SETTING}', true), ''), current_setting('TimeZone'))"
)


def begins_with_a_timeline() -> pgtrigger.Trigger:
    """On people: a record put in with a stage, a group and dates gets the entries that say the same."""
    return pgtrigger.Trigger(
        name="begins_with_a_timeline",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        declare=[("today", "date")],
        func=f"""
            today := (now() AT TIME ZONE {_TIME_ZONE})::date;
            INSERT INTO members_timelineentry
                   (member_id, kind, "on", party_group_id, organization, note, changed_by_id, changed_at)
            SELECT NEW.id, kind, "on", party_group, '', '', NEW.changed_by_id, now()
              FROM (VALUES
                (1, CASE NEW.stage WHEN 'applicant' THEN 'applied' WHEN 'activist' THEN 'activist'
                    WHEN 'target' THEN 'target' END, today, NULL::bigint),
                (2, CASE WHEN NEW.admitted_on IS NOT NULL THEN 'admitted' END, NEW.admitted_on, NULL),
                (3, CASE WHEN NEW.confirmed_on IS NOT NULL THEN 'confirmed' END, NEW.confirmed_on, NULL),
                (4, CASE WHEN NEW.party_group_id IS NOT NULL THEN 'group' END,
                    COALESCE(NEW.admitted_on, today), NEW.party_group_id),
                (5, CASE WHEN NEW.left_on IS NOT NULL THEN
                    CASE NEW.standing WHEN 'normal' THEN 'moved_out' ELSE NEW.standing END END, NEW.left_on, NULL)
              ) AS entry (place, kind, "on", party_group)
             WHERE kind IS NOT NULL
             ORDER BY place;
            RETURN NULL;
        """,  # noqa: S608 - put together from constants
    )


def slip_ends_once() -> pgtrigger.Trigger:
    """A slip stands as it was issued; it ends by its use or by being revoked, and then for ever."""
    kept = ("user_id", "given_id", "digest", "good_until", "ends_factors")
    changed = " OR ".join(f'OLD."{column}" IS DISTINCT FROM NEW."{column}"' for column in kept)
    return pgtrigger.Protect(
        name="slip_ends_once",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(f"OLD.used_at IS NOT NULL OR OLD.revoked_at IS NOT NULL OR {changed}"),
    )


def slip_is_never_deleted() -> pgtrigger.Trigger:
    """Who gave whom a way in is kept."""
    return pgtrigger.Protect(name="slip_is_never_deleted", operation=pgtrigger.Delete)
