"""What the database says of study parts beside the lock of every record: 8 hours a day, whoever writes."""

from __future__ import annotations

import pgtrigger

from meetings.study.credit import HOURS_OF_A_FULL_DAY


def study_keeps_to_eight_hours_a_day() -> pgtrigger.Trigger:
    """The parts of a meeting together, for each of its begun days. Writers of one meeting come one after the other: they
    hold the lock on its row."""
    return pgtrigger.Trigger(
        name="study_keeps_to_eight_hours_a_day",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("hours", "meeting_id"),
        declare=[("recorded", "numeric"), ("most", "numeric")],
        func=f"""
            SELECT sum(hours) INTO recorded FROM study_studypart WHERE meeting_id = NEW.meeting_id;
            SELECT {HOURS_OF_A_FULL_DAY}
                   * GREATEST(1, COALESCE(ceil(EXTRACT(epoch FROM ends_at - starts_at) / 86400), 1)) INTO most
              FROM meetings_meeting WHERE id = NEW.meeting_id;
            IF recorded > most THEN
                RAISE EXCEPTION 'a meeting has no more than 8 study hours a day';
            END IF;
            RETURN NULL;
        """,  # noqa: S608 - put together from a constant
    )
