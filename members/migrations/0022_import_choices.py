"""A draft of an import remembers what its owner chose for dates without a day and for values that cannot be stored."""

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('members', '0021_number_follows')]

    operations = [
        migrations.AddField(
            model_name="importdraft",
            name="month_dates",
            field=models.CharField(
                choices=[("refuse", "refuse such rows"), ("first", "take the first of the month")],
                default="refuse",
                max_length=6,
            ),
        ),
        migrations.AddField(
            model_name="importdraft",
            name="left_out",
            field=ArrayField(base_field=models.CharField(max_length=20), default=list, size=None),
        ),
    ]
