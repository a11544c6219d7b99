from django.db import migrations, models


class Migration(migrations.Migration):
    """Makers who join later are named once they agreed; strangers can report, with an address if they like; what the
    page behind a link says of itself. Additive: who is a maker now is named already.
    """

    dependencies = [("knowledgehub", "0005_about")]

    operations = [
        migrations.AlterModelOptions(
            "author",
            options={
                "default_manager_name": "objects",
                "ordering": ["position", "pk"],
                "verbose_name": "maker",
                "verbose_name_plural": "makers",
            },
        ),
        migrations.AddField(
            "author",
            "is_named",
            models.BooleanField(
                db_default=True,
                default=True,
                editable=False,
                help_text="Not yet of who was added later, until she agreed.",
            ),
        ),
        migrations.AddField(
            "objection",
            "address",
            models.EmailField(blank=True, db_default="", default="", max_length=254, verbose_name="mail address"),
        ),
        migrations.AddField(
            "resourceversion",
            "link_says",
            models.JSONField(
                editable=False, help_text="What the page behind the link calls itself, to be confirmed.", null=True
            ),
        ),
    ]
