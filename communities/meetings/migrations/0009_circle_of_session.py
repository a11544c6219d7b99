import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [migrations.swappable_dependency(settings.AUTH_USER_MODEL), ("meetings", "0008_action_of_case")]

    operations = [
        migrations.AddField(
            model_name="run",
            name="circle",
            field=models.CharField(
                blank=True, db_default="", default="", editable=False, max_length=24,
                help_text="Who takes part when it is not the whole PLG: a name that an upper app knows.",
            ),
        ),
        migrations.AddField(
            model_name="run",
            name="led_by",
            field=models.ForeignKey(
                editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+",
                to=settings.AUTH_USER_MODEL, help_text="Who leads it, besides those who always may.",
            ),
        ),
    ]  # fmt: skip
