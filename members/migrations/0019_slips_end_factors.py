import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """A slip can end the passkeys and codes of a lost device."""

    dependencies = [
        ('members', '0018_known_devices'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='activationslip',
            name='slip_ends_once',
        ),
        migrations.AddField(
            model_name='activationslip',
            name='ends_factors',
            field=models.BooleanField(default=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activationslip',
            trigger=pgtrigger.compiler.Trigger(name='slip_ends_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.used_at IS NOT NULL OR OLD.revoked_at IS NOT NULL OR OLD."user_id" IS DISTINCT FROM NEW."user_id" OR OLD."given_id" IS DISTINCT FROM NEW."given_id" OR OLD."digest" IS DISTINCT FROM NEW."digest" OR OLD."good_until" IS DISTINCT FROM NEW."good_until" OR OLD."ends_factors" IS DISTINCT FROM NEW."ends_factors")', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='763c08dd9552a5ee6e9476d5f8df29b31eb699c4', operation='UPDATE', pgid='pgtrigger_slip_ends_once_46aa8', table='members_activationslip', when='BEFORE')),
        ),
    ]
