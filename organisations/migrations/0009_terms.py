import django.utils.timezone
from django.conf import settings
from django.db import migrations, models
from django.db.models import deletion


class Migration(migrations.Migration):
    """How long a board keeps what, and what each night took away."""

    dependencies = [
        ("organisations", "0008_mergers_and_bulk_deeds"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="TermReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("counts", models.JSONField(default=dict)),
                ("failed", models.JSONField(default=list)),
            ],
            options={
                "verbose_name": "report of a night",
                "verbose_name_plural": "reports of nights",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="BoardTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("days", models.PositiveIntegerField(verbose_name="days")),
                ("set_at", models.DateTimeField(auto_now=True)),
                (
                    "board",
                    models.ForeignKey(on_delete=deletion.CASCADE, related_name="terms", to="organisations.board"),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        null=True, on_delete=deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "retention term of a board",
                "verbose_name_plural": "retention terms of boards",
                "constraints": [models.UniqueConstraint(fields=("board", "kind"), name="one_term_a_kind")],
            },
        ),
    ]
