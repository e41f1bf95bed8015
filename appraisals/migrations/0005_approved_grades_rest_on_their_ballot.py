"""Grades that were approved before: the ballots on which they rest stand from now on, too."""

from django.db import migrations

RELY = """
    UPDATE ballots_secretballot SET relied_on_at = now()
     WHERE state = 'counted'
       AND id IN (SELECT ballot_id FROM appraisals_round WHERE state IN ('assessed', 'fed_back', 'archived'))
"""


class Migration(migrations.Migration):
    dependencies = [
        ("appraisals", "0004_feedback_and_report"),
        ("ballots", "0007_what_something_rests_on"),
    ]

    operations = [migrations.RunSQL(RELY, migrations.RunSQL.noop)]
