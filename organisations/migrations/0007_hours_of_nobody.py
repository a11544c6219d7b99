from django.conf import settings
from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    """The hours of somebody who was erased stand in the sums of her school, as nobody's."""

    dependencies = [
        ("organisations", "0006_innovation_time"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="hours",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=deletion.CASCADE, related_name="hours", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
