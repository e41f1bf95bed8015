"""How many study hours a year are asked for (R-5.1, R-5.2)."""

import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0007_requests'),
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
            name='study_hours_committee',
            field=models.PositiveSmallIntegerField(default=56, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)], verbose_name='study hours a year for secretary and commissioners'),
        ),
        migrations.AddField(
            model_name='branchrules',
            name='study_hours_member',
            field=models.PositiveSmallIntegerField(default=32, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)], verbose_name='study hours a year for every member'),
        ),
        migrations.AddField(
            model_name='branchrulesevent',
            name='study_hours_committee',
            field=models.PositiveSmallIntegerField(default=56, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)], verbose_name='study hours a year for secretary and commissioners'),
        ),
        migrations.AddField(
            model_name='branchrulesevent',
            name='study_hours_member',
            field=models.PositiveSmallIntegerField(default=32, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(500)], verbose_name='study hours a year for every member'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='branchrules',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_branchrulesevent" ("changed_by_id", "contact_days", "id", "letter_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "study_hours_committee", "study_hours_member") VALUES (NEW."changed_by_id", NEW."contact_days", NEW."id", NEW."letter_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."study_hours_committee", NEW."study_hours_member"); RETURN NULL;', hash='471a92801c3f2234f334bcc66af43a23b7b6b299', operation='INSERT', pgid='pgtrigger_insert_insert_7e330', table='members_branchrules', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='branchrules',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."changed_by_id" IS DISTINCT FROM (NEW."changed_by_id") OR OLD."contact_days" IS DISTINCT FROM (NEW."contact_days") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."letter_days" IS DISTINCT FROM (NEW."letter_days") OR OLD."study_hours_committee" IS DISTINCT FROM (NEW."study_hours_committee") OR OLD."study_hours_member" IS DISTINCT FROM (NEW."study_hours_member"))', func='INSERT INTO "members_branchrulesevent" ("changed_by_id", "contact_days", "id", "letter_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "study_hours_committee", "study_hours_member") VALUES (NEW."changed_by_id", NEW."contact_days", NEW."id", NEW."letter_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."study_hours_committee", NEW."study_hours_member"); RETURN NULL;', hash='18dbc2eea48d6ad1d795266458644104d28ef57d', operation='UPDATE', pgid='pgtrigger_update_update_c8bcd', table='members_branchrules', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='branchrules',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_branchrulesevent" ("changed_by_id", "contact_days", "id", "letter_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "study_hours_committee", "study_hours_member") VALUES (OLD."changed_by_id", OLD."contact_days", OLD."id", OLD."letter_days", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."study_hours_committee", OLD."study_hours_member"); RETURN NULL;', hash='b3f3aced10b38201942dc20a92cc22bc8b824e21', operation='DELETE', pgid='pgtrigger_delete_delete_a3a8b', table='members_branchrules', when='AFTER')),
        ),
    ]
