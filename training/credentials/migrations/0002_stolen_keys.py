from django.db import migrations, models


class Migration(migrations.Migration):
    """A key in other hands: nothing that it signed counts."""

    dependencies = [("credentials", "0001_first")]
    operations = [
        migrations.AddField(
            model_name="issuerkey",
            name="stolen_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
