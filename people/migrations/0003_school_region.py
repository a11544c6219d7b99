from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_day_of_letter")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="school_region",
            field=models.CharField(
                blank=True,
                choices=[("Noord", "North"), ("Midden", "Middle"), ("Zuid", "South")],
                db_default="",
                default="",
                editable=False,
                max_length=6,
            ),
        ),
    ]
