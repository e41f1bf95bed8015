import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """The language of the desk, and from when a second factor is needed, on the account."""

    dependencies = [
        ('members', '0010_activation_slips'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='update_update',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='user',
            name='delete_delete',
        ),
        migrations.AddField(
            model_name='user',
            name='language',
            field=models.CharField(blank=True, choices=[('zh-hans', 'Simplified Chinese'), ('en', 'English')], help_text='Of the desk after signing in; empty: the one of the page on which you sign in.', max_length=7, verbose_name='language'),
        ),
        migrations.AddField(
            model_name='user',
            name='needs_factor_since',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='userevent',
            name='language',
            field=models.CharField(blank=True, choices=[('zh-hans', 'Simplified Chinese'), ('en', 'English')], help_text='Of the desk after signing in; empty: the one of the page on which you sign in.', max_length=7, verbose_name='language'),
        ),
        migrations.AddField(
            model_name='userevent',
            name='needs_factor_since',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_userevent" ("date_joined", "email", "id", "is_active", "is_administrator", "language", "member_id", "mobile", "needs_factor_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") VALUES (NEW."date_joined", NEW."email", NEW."id", NEW."is_active", NEW."is_administrator", NEW."language", NEW."member_id", NEW."mobile", NEW."needs_factor_since", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."username"); RETURN NULL;', hash='36b83bce2d8f733ff54bc3230ecccf3958c58c23', operation='INSERT', pgid='pgtrigger_insert_insert_ad80e', table='members_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_administrator" IS DISTINCT FROM (NEW."is_administrator") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."mobile" IS DISTINCT FROM (NEW."mobile") OR OLD."needs_factor_since" IS DISTINCT FROM (NEW."needs_factor_since") OR OLD."username" IS DISTINCT FROM (NEW."username"))', func='INSERT INTO "members_userevent" ("date_joined", "email", "id", "is_active", "is_administrator", "language", "member_id", "mobile", "needs_factor_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") VALUES (NEW."date_joined", NEW."email", NEW."id", NEW."is_active", NEW."is_administrator", NEW."language", NEW."member_id", NEW."mobile", NEW."needs_factor_since", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."username"); RETURN NULL;', hash='8ad06b1d79ab3b934d322401b21da7282a118c2f', operation='UPDATE', pgid='pgtrigger_update_update_3d12e', table='members_user', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='user',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "members_userevent" ("date_joined", "email", "id", "is_active", "is_administrator", "language", "member_id", "mobile", "needs_factor_since", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "username") VALUES (OLD."date_joined", OLD."email", OLD."id", OLD."is_active", OLD."is_administrator", OLD."language", OLD."member_id", OLD."mobile", OLD."needs_factor_since", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."username"); RETURN NULL;', hash='6d2fc78bcc9fcf66b293412203be13b0f70ff534', operation='DELETE', pgid='pgtrigger_delete_delete_d335d', table='members_user', when='AFTER')),
        ),
    ]
