import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What was a list of passwords given becomes the list of every way in that one person gave to another."""

    dependencies = [
        ('members', '0009_exports'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(model_name='passwordgiven', name='is_append_only'),
        migrations.RenameModel(old_name='PasswordGiven', new_name='AccessGiven'),
        migrations.AlterField(
            model_name='accessgiven',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='access_given', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AlterField(
            model_name='accessgiven',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='ActivationSlip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('good_until', models.DateTimeField()),
                ('used_at', models.DateTimeField(null=True)),
                ('revoked_at', models.DateTimeField(null=True)),
            ],
            options={
                'ordering': ('-pk',),
            },
        ),
        migrations.AddField(
            model_name='accessgiven',
            name='kind',
            field=models.CharField(choices=[('password', 'a new password was given'), ('slip', 'an activation slip was issued'), ('factors', 'the second factors were taken away')], default='password', max_length=8),
        ),
        migrations.AddField(
            model_name='accessgiven',
            name='reason',
            field=models.CharField(blank=True, max_length=200),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='accessgiven',
            trigger=pgtrigger.compiler.Trigger(name='is_append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='4ba594c56d592b85715bebff7be8a9ff38fdbf7f', operation='UPDATE OR DELETE', pgid='pgtrigger_is_append_only_7b143', table='members_accessgiven', when='BEFORE')),
        ),
        migrations.AddConstraint(
            model_name='accessgiven',
            constraint=models.CheckConstraint(condition=models.Q(('kind', 'factors'), ('reason', ''), _negated=True), name='factors_are_taken_away_for_a_reason'),
        ),
        migrations.AddField(
            model_name='activationslip',
            name='given',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='slip', to='members.accessgiven'),
        ),
        migrations.AddField(
            model_name='activationslip',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slips', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='activationslip',
            constraint=models.UniqueConstraint(condition=models.Q(('revoked_at', None), ('used_at', None)), fields=('user',), name='account_has_one_open_slip'),
        ),
        migrations.AddConstraint(
            model_name='activationslip',
            constraint=models.CheckConstraint(condition=models.Q(('used_at', None), ('revoked_at', None), _connector='OR'), name='slip_is_used_or_revoked_not_both'),
        ),
        migrations.AddConstraint(
            model_name='activationslip',
            constraint=models.CheckConstraint(condition=models.Q(('digest__regex', '^[0-9a-f]{64}$')), name='slip_keeps_a_digest_and_no_code'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activationslip',
            trigger=pgtrigger.compiler.Trigger(name='slip_ends_once', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.used_at IS NOT NULL OR OLD.revoked_at IS NOT NULL OR OLD."user_id" IS DISTINCT FROM NEW."user_id" OR OLD."given_id" IS DISTINCT FROM NEW."given_id" OR OLD."digest" IS DISTINCT FROM NEW."digest" OR OLD."good_until" IS DISTINCT FROM NEW."good_until")', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='a9f2937ab831d9c8a4ec4ebf80d8e53411984712', operation='UPDATE', pgid='pgtrigger_slip_ends_once_46aa8', table='members_activationslip', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='activationslip',
            trigger=pgtrigger.compiler.Trigger(name='slip_is_never_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='25a145ba85a8e1bcabf12530c47d1f18db7cc4f9', operation='DELETE', pgid='pgtrigger_slip_is_never_deleted_9d923', table='members_activationslip', when='BEFORE')),
        ),
    ]
