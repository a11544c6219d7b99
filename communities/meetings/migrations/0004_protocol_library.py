from django.db import migrations

from communities.meetings import library


def load(apps, schema_editor):
    """The file as it is now, in the columns of then."""
    library.load(apps.get_model("meetings", "Protocol")._base_manager)


class Migration(migrations.Migration):
    dependencies = [("meetings", "0003_agendas_polls_sessions_minutes")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
