"""Which version of our writing made the HTML of a post, and where the nights look for what is old or long removed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("discussions", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="post",
            name="made_by",
            field=models.PositiveSmallIntegerField(
                db_default=1, editable=False, help_text="Which version of our writing made the HTML."
            ),
        ),
        migrations.AddIndex(model_name="post", index=models.Index(fields=["made_by"], name="post_made_by")),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("removed_at__isnull", False)), fields=["removed_at"], name="post_removed"
            ),
        ),
    ]
