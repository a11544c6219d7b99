from django.db import migrations, models


class Migration(migrations.Migration):
    """In which group a resource was used last, for its card. Additive: what stands gets an empty one."""

    dependencies = [("knowledgehub", "0002_words")]

    operations = [
        migrations.AddField(
            "resource",
            "used_last_in",
            models.CharField(blank=True, db_default="", default="", editable=False, max_length=80),
        ),
    ]
