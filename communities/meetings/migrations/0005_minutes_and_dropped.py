from django.db import migrations, models


class Migration(migrations.Migration):
    """Why an action point was dropped, and how often a version of minutes was written in by hand."""

    dependencies = [("meetings", "0004_protocol_library")]

    operations = [
        migrations.AddField(
            "actionpoint",
            "dropped_because",
            models.CharField(blank=True, max_length=200, verbose_name="why it need not be done"),
        ),
        migrations.AddField(
            "minutesversion",
            "edits",
            models.PositiveIntegerField(default=0, editable=False, help_text="How often it was written in by hand."),
        ),
    ]
