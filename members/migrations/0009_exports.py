"""Every list of people that leaves the portal is recorded."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0008_study_hours'),
    ]

    operations = [
        migrations.CreateModel(
            name='Export',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('format', models.CharField(choices=[('xlsx', 'Excel'), ('csv', 'CSV'), ('docx', 'Word'), ('json', 'JSON')], max_length=4, verbose_name='format')),
                ('columns', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), size=None, verbose_name='columns')),
                ('people', models.PositiveIntegerField(verbose_name='people')),
                ('filters', models.JSONField(blank=True, default=dict, verbose_name='filters')),
            ],
            options={
                'verbose_name': 'export',
                'ordering': ('-at', '-pk'),
            },
        ),
        migrations.AddField(
            model_name='export',
            name='by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='who'),
        ),
        migrations.AddIndex(
            model_name='export',
            index=models.Index(fields=['-at', '-id'], name='exports_by_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='export',
            trigger=pgtrigger.compiler.Trigger(name='is_never_changed_or_deleted', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='a1b3579070966d9cced2904b70de245559b84b76', operation='UPDATE OR DELETE', pgid='pgtrigger_is_never_changed_or_deleted_041f0', table='members_export', when='BEFORE')),
        ),
    ]
