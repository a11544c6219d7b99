from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0007_what_an_item_was")]

    operations = [
        migrations.AddField(
            model_name="actionpoint",
            name="is_case",
            field=models.BooleanField(
                db_default=False,
                default=False,
                editable=False,
                help_text="Agreed while a case was told: mail says no more of it than that.",
            ),
        ),
    ]
