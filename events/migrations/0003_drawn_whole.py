"""The programme as it is drawn without a filter. Only a column more; what was released before is drawn when asked for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0002_l_after")]

    operations = [
        migrations.AddField(
            model_name="release",
            name="page",
            field=models.JSONField(
                default=dict, help_text="The programme as it is shown without a filter, by language."
            ),
        ),
        migrations.AlterField(
            model_name="release",
            name="html",
            field=models.JSONField(default=dict, help_text="The programme in pieces that a filter joins, by language."),
        ),
    ]
