from django.db import migrations, models


class Migration(migrations.Migration):
    """Until when somebody who keeps accounts has looked at used slips."""

    dependencies = [
        ('members', '0019_slips_end_factors'),
    ]

    operations = [
        migrations.AddField(
            model_name='user',
            name='slips_seen_until',
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
