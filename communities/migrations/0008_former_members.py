from django.conf import settings
from django.db import migrations, models
from django.db.models import Q, deletion


class Migration(migrations.Migration):
    """What somebody who was erased leaves to a PLG stands without her."""

    dependencies = [
        ("communities", "0007_year_questions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="complaint",
            name="confidant",
            field=models.ForeignKey(
                null=True, on_delete=deletion.SET_NULL, related_name="complaints", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            model_name="logbookentry",
            name="person",
            field=models.ForeignKey(
                null=True, on_delete=deletion.CASCADE, related_name="logbook_entries", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="logbookentry",
            constraint=models.CheckConstraint(
                name="own_entry_of_somebody", condition=Q(person__isnull=False) | Q(is_of_the_plg=True)
            ),
        ),
    ]
