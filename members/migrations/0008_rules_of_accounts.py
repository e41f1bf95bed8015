import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """How long slips are good, and how long a second factor may be missing."""

    dependencies = [
        ('members', '0007_language_and_grace'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='branchrules',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='branchrules',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='branchrules',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='branchrules',
            name='second_factor_grace_days',
            field=models.PositiveSmallIntegerField(default=14, help_text='For administrators, secretaries and the committee, from the first day their account is used with such a role.', validators=[django.core.validators.MaxValueValidator(90)], verbose_name='days to set up a second factor'),
        ),
        migrations.AddField(
            model_name='branchrules',
            name='slip_days',
            field=models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(90)], verbose_name='activation slips are good for (days)'),
        ),
        migrations.AddField(
            model_name='branchrulesevent',
            name='second_factor_grace_days',
            field=models.PositiveSmallIntegerField(default=14, help_text='For administrators, secretaries and the committee, from the first day their account is used with such a role.', validators=[django.core.validators.MaxValueValidator(90)], verbose_name='days to set up a second factor'),
        ),
        migrations.AddField(
            model_name='branchrulesevent',
            name='slip_days',
            field=models.PositiveSmallIntegerField(default=14, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(90)], verbose_name='activation slips are good for (days)'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='branchrules',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_branchrulesevent" ("changed_by_id", "contact_days", "id", "letter_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_factor_grace_days", "slip_days") VALUES (NEW."changed_by_id", NEW."contact_days", NEW."id", NEW."letter_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."second_factor_grace_days", NEW."slip_days"); RETURN NULL;', hash='0e397e5f53a4de33010724744b6d8deb3ed918b4', operation='INSERT', pgid='pgtrigger_insert_insert_7e330', table='members_branchrules', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='branchrules',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."changed_by_id" IS DISTINCT FROM (NEW."changed_by_id") OR OLD."contact_days" IS DISTINCT FROM (NEW."contact_days") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."letter_days" IS DISTINCT FROM (NEW."letter_days") OR OLD."second_factor_grace_days" IS DISTINCT FROM (NEW."second_factor_grace_days") OR OLD."slip_days" IS DISTINCT FROM (NEW."slip_days"))', func='INSERT INTO "members_branchrulesevent" ("changed_by_id", "contact_days", "id", "letter_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_factor_grace_days", "slip_days") VALUES (NEW."changed_by_id", NEW."contact_days", NEW."id", NEW."letter_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."second_factor_grace_days", NEW."slip_days"); RETURN NULL;', hash='4697d5f93547bc24f78d55b5a765dd68200742d3', operation='UPDATE', pgid='pgtrigger_update_update_c8bcd', table='members_branchrules', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='branchrules',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_branchrulesevent" ("changed_by_id", "contact_days", "id", "letter_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_factor_grace_days", "slip_days") VALUES (OLD."changed_by_id", OLD."contact_days", OLD."id", OLD."letter_days", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."second_factor_grace_days", OLD."slip_days"); RETURN NULL;', hash='7de724217827d1b3561857d1f7e02a8eeb39e5f4', operation='DELETE', pgid='pgtrigger_delete_delete_a3a8b', table='members_branchrules', when='AFTER')),
        ),
    ]
