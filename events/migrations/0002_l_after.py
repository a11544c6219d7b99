"""What is left of a day: when it was rounded off, and posters with words and a small picture. Only columns more."""

from django.db import migrations, models

import core.files.paths


class Migration(migrations.Migration):
    dependencies = [("events", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="rounded_off_at",
            field=models.DateTimeField(
                editable=False, help_text="When who was there was thanked, and the evaluation opened.", null=True
            ),
        ),
        migrations.AddField(
            model_name="contribution",
            name="poster_alt",
            field=models.CharField(blank=True, max_length=400, verbose_name="what is on it, in words"),
        ),
        migrations.AddField(
            model_name="contribution",
            name="poster_small",
            field=models.FileField(blank=True, editable=False, upload_to=core.files.paths.private_path("posters")),
        ),
    ]
