import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    """A word with a box ticked is found in the index alone: of a word that is everywhere most rows need no look."""

    dependencies = [
        ("finding", "0003_plain"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="entry",
            name="hub_by_words",
        ),
        migrations.AddIndex(
            model_name="entry",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["impacts", "facets"], name="hub_by_words"
            ),
        ),
    ]
