from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="letter_in_holidays",
            field=models.BooleanField(
                db_default=False, default=False, verbose_name="the PLG letter also in my holidays"
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="letter_weekday",
            field=models.PositiveSmallIntegerField(
                choices=[
                    (0, "Monday"),
                    (1, "Tuesday"),
                    (2, "Wednesday"),
                    (3, "Thursday"),
                    (4, "Friday"),
                    (5, "Saturday"),
                    (6, "Sunday"),
                    (7, "every working day"),
                ],
                default=4,
                verbose_name="day of the PLG letter",
            ),
        ),
    ]
