import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """Whether the number for signing in was changed with the record's."""

    dependencies = [
        ('members', '0020_slips_seen'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='changerequest',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='changerequest',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='changerequest',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='changerequest',
            name='sign_in_too',
            field=models.BooleanField(default=False, editable=False, verbose_name='number for signing in changed too'),
        ),
        migrations.AddField(
            model_name='changerequestevent',
            name='sign_in_too',
            field=models.BooleanField(default=False, editable=False, verbose_name='number for signing in changed too'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changerequest',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_changerequestevent" ("after", "asked_at", "before", "changed_by_id", "decided_at", "decided_by_id", "field", "id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sign_in_too", "state") VALUES (NEW."after", NEW."asked_at", NEW."before", NEW."changed_by_id", NEW."decided_at", NEW."decided_by_id", NEW."field", NEW."id", NEW."member_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."sign_in_too", NEW."state"); RETURN NULL;', hash='85fbc77089233b326304d085e1ef7527b750160e', operation='INSERT', pgid='pgtrigger_insert_insert_5ea5a', table='members_changerequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changerequest',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."after" IS DISTINCT FROM (NEW."after") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."before" IS DISTINCT FROM (NEW."before") OR OLD."changed_by_id" IS DISTINCT FROM (NEW."changed_by_id") OR OLD."decided_at" IS DISTINCT FROM (NEW."decided_at") OR OLD."decided_by_id" IS DISTINCT FROM (NEW."decided_by_id") OR OLD."field" IS DISTINCT FROM (NEW."field") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."sign_in_too" IS DISTINCT FROM (NEW."sign_in_too") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "members_changerequestevent" ("after", "asked_at", "before", "changed_by_id", "decided_at", "decided_by_id", "field", "id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sign_in_too", "state") VALUES (NEW."after", NEW."asked_at", NEW."before", NEW."changed_by_id", NEW."decided_at", NEW."decided_by_id", NEW."field", NEW."id", NEW."member_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."sign_in_too", NEW."state"); RETURN NULL;', hash='9af37dd12fcee22c143f2c55425eea4645ffb3d2', operation='UPDATE', pgid='pgtrigger_update_update_9d6b6', table='members_changerequest', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='changerequest',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_changerequestevent" ("after", "asked_at", "before", "changed_by_id", "decided_at", "decided_by_id", "field", "id", "member_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "sign_in_too", "state") VALUES (OLD."after", OLD."asked_at", OLD."before", OLD."changed_by_id", OLD."decided_at", OLD."decided_by_id", OLD."field", OLD."id", OLD."member_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."sign_in_too", OLD."state"); RETURN NULL;', hash='93c3579f27f80d99a49713d123d2e72ce318b258', operation='DELETE', pgid='pgtrigger_delete_delete_37301', table='members_changerequest', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='changerequest',
            constraint=models.CheckConstraint(condition=models.Q(('sign_in_too', False), models.Q(('field', 'phone'), ('state', 'approved')), _connector='OR'), name='number_for_signing_in_follows_an_approved_one'),
        ),
    ]
