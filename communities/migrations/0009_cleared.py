from django.db import migrations, models


class Migration(migrations.Migration):
    """When what a completed PLG made was over its term, and went."""

    dependencies = [("communities", "0008_former_members")]

    operations = [
        migrations.AddField(
            model_name="community",
            name="cleared_at",
            field=models.DateTimeField(editable=False, help_text="When what it made was over its term.", null=True),
        ),
    ]
