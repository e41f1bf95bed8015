"""People who were there before the timeline get the one that their record tells."""

from django.db import migrations

ENTRIES = """
    INSERT INTO members_timelineentry
           (member_id, kind, "on", party_group_id, organization, note, changed_at)
    SELECT id, kind, "on", party_group, '', '', now()
      FROM members_member, LATERAL (VALUES
        (1, CASE stage WHEN 'applicant' THEN 'applied' WHEN 'activist' THEN 'activist'
            WHEN 'target' THEN 'target' END, (now() AT TIME ZONE 'Asia/Shanghai')::date, NULL::bigint),
        (2, CASE WHEN admitted_on IS NOT NULL THEN 'admitted' END, admitted_on, NULL),
        (3, CASE WHEN confirmed_on IS NOT NULL THEN 'confirmed' END, confirmed_on, NULL),
        (4, CASE WHEN party_group_id IS NOT NULL THEN 'group' END,
            COALESCE(admitted_on, (now() AT TIME ZONE 'Asia/Shanghai')::date), party_group_id),
        (5, CASE WHEN left_on IS NOT NULL THEN 'moved_out' END, left_on, NULL)
      ) AS entry (place, kind, "on", party_group)
     WHERE kind IS NOT NULL AND NOT EXISTS (SELECT FROM members_timelineentry WHERE member_id = members_member.id)
     ORDER BY id, place
"""

# The plain reading stands before " !" in the sort key.
INITIALS = """
    UPDATE members_member
       SET initials = left(regexp_replace(split_part(sort_key, ' !', 1), '(\\w)\\w*\\s*', '\\1', 'g'), 60)
"""


class Migration(migrations.Migration):
    dependencies = [("members", "0004_records")]

    operations = [
        migrations.RunSQL(ENTRIES, migrations.RunSQL.noop),
        migrations.RunSQL(INITIALS, migrations.RunSQL.noop),
    ]
