from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """The operators' page lists what failed. Built beside the traffic: letters go on being written meanwhile."""

    atomic = False
    dependencies = [("activity", "0003_bounces")]
    operations = [
        AddIndexConcurrently(
            model_name="delivery",
            index=models.Index(condition=models.Q(("state", "failed")), fields=["-due_at"], name="delivery_failed"),
        ),
    ]
