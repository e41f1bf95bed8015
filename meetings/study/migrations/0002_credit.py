"""The rule of meetings/study/credit.py for everybody at once, in the database: hours reckoned when they are asked for.

A function, since PostgreSQL does not look into its text: the columns it reads can still be altered by later migrations, as
those of a view could not. It is inlined into the query that asks.
"""

from django.db import migrations

_FUNCTION = """
CREATE FUNCTION study_credits()
RETURNS TABLE (attendance_id uuid, meeting_id bigint, member_id bigint, hours numeric)
LANGUAGE sql STABLE AS $$
    SELECT attendance.id, attendance.meeting_id, attendance.member_id,
           LEAST(
               round(
                   (100 * held.hours + COALESCE(taught.hours, 0) * (held.teacher_percent - 100))
                   * CASE attendance.status WHEN 'online' THEN held.online_percent ELSE 100 END
                   * CASE WHEN held.seconds IS NULL THEN 1 ELSE GREATEST(0, floor(EXTRACT(epoch FROM
                       LEAST(attendance.left_at, held.ends_at)
                       - CASE
                           WHEN attendance.arrived_at > held.starts_at + held.grace_minutes * interval '1 minute'
                           THEN attendance.arrived_at
                           ELSE held.starts_at
                         END
                   ))) END
                   / (10000 * COALESCE(held.seconds, 1)),
                   1
               ),
               held.most
           )
      FROM (
        SELECT meeting.id, meeting.starts_at, meeting.ends_at, meeting.grace_minutes, sum(part.hours) AS hours,
               NULLIF(floor(EXTRACT(epoch FROM meeting.ends_at - meeting.starts_at)), 0) AS seconds,
               8 * GREATEST(
                   1, COALESCE(ceil(EXTRACT(epoch FROM meeting.ends_at - meeting.starts_at) / 86400), 1)
               ) AS most,
               COALESCE(rules.online_percent, 100) AS online_percent,
               COALESCE(rules.teacher_percent, 100) AS teacher_percent
          FROM study_studypart AS part
          JOIN meetings_meeting AS meeting ON meeting.id = part.meeting_id
          LEFT JOIN LATERAL (
            SELECT online_percent, teacher_percent FROM study_studyrules
             WHERE begins_at <= meeting.starts_at ORDER BY begins_at DESC LIMIT 1
          ) AS rules ON TRUE
         GROUP BY meeting.id, rules.online_percent, rules.teacher_percent
      ) AS held
      JOIN meetings_attendance AS attendance
        ON attendance.meeting_id = held.id AND attendance.status IN ('present', 'online')
      LEFT JOIN (
        SELECT meeting_id, teacher_id, sum(hours) AS hours FROM study_studypart GROUP BY meeting_id, teacher_id
      ) AS taught ON taught.meeting_id = held.id AND taught.teacher_id = attendance.member_id
$$
"""


class Migration(migrations.Migration):

    dependencies = [
        ('study', '0001_study'),
    ]

    operations = [
        migrations.RunSQL(_FUNCTION, "DROP FUNCTION study_credits()"),
        migrations.RunSQL(
            "CREATE VIEW study_credit AS SELECT * FROM study_credits()", "DROP VIEW study_credit"
        ),
    ]
