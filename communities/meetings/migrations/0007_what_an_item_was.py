from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0006_why_an_item_is_dropped")]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="dropped_as",
            field=models.CharField(
                blank=True,
                choices=[
                    ("proposed", "proposed"),
                    ("planned", "on the agenda"),
                    ("done", "done"),
                    ("dropped", "dropped"),
                ],
                editable=False,
                help_text="What it was when it was taken away.",
                max_length=10,
            ),
        ),
    ]
