import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """How long slips are good, and how long a second factor may be missing."""

    dependencies = [
        ('members', '0011_language_and_grace'),
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
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_branchrulesevent" ("changed_by_id", "contact_days", "id", "letter_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_factor_grace_days", "slip_days", "study_hours_committee", "study_hours_member") VALUES (NEW."changed_by_id", NEW."contact_days", NEW."id", NEW."letter_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."second_factor_grace_days", NEW."slip_days", NEW."study_hours_committee", NEW."study_hours_member"); RETURN NULL;', hash='78ecec16c43cc180d4f76bd9dd28d2c8742f3b9f', operation='INSERT', pgid='pgtrigger_insert_insert_7e330', table='members_branchrules', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='branchrules',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."changed_by_id" IS DISTINCT FROM (NEW."changed_by_id") OR OLD."contact_days" IS DISTINCT FROM (NEW."contact_days") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."letter_days" IS DISTINCT FROM (NEW."letter_days") OR OLD."second_factor_grace_days" IS DISTINCT FROM (NEW."second_factor_grace_days") OR OLD."slip_days" IS DISTINCT FROM (NEW."slip_days") OR OLD."study_hours_committee" IS DISTINCT FROM (NEW."study_hours_committee") OR OLD."study_hours_member" IS DISTINCT FROM (NEW."study_hours_member"))', func='INSERT INTO "members_branchrulesevent" ("changed_by_id", "contact_days", "id", "letter_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_factor_grace_days", "slip_days", "study_hours_committee", "study_hours_member") VALUES (NEW."changed_by_id", NEW."contact_days", NEW."id", NEW."letter_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."second_factor_grace_days", NEW."slip_days", NEW."study_hours_committee", NEW."study_hours_member"); RETURN NULL;', hash='b1a651bb1d67e3d880155bce0a5b072ab2681f4b', operation='UPDATE', pgid='pgtrigger_update_update_c8bcd', table='members_branchrules', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='branchrules',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_branchrulesevent" ("changed_by_id", "contact_days", "id", "letter_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "second_factor_grace_days", "slip_days", "study_hours_committee", "study_hours_member") VALUES (OLD."changed_by_id", OLD."contact_days", OLD."id", OLD."letter_days", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."second_factor_grace_days", OLD."slip_days", OLD."study_hours_committee", OLD."study_hours_member"); RETURN NULL;', hash='3a1d99cee9887a0bc97df7b2aa346e5cf8eb94a2', operation='DELETE', pgid='pgtrigger_delete_delete_a3a8b', table='members_branchrules', when='AFTER')),
        ),
    ]
