"""The help of "without a vote until" speaks to its readers, without the number of the rule."""

from django.db import migrations, models


def _voteless_until(model: str) -> migrations.AlterField:
    return migrations.AlterField(
        model_name=model,
        name="voteless_until",
        field=models.DateField(
            blank=True,
            help_text="The last day of a probation within the Party: until then no vote.",
            null=True,
            verbose_name="without a vote until",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("members", "0015_expected")]

    operations = [_voteless_until("member"), _voteless_until("memberevent")]
