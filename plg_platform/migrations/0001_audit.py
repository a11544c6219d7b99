from django.db import migrations

# What happened may be written down and read by the application's role, never changed or deleted:
# the journal, and every table that django-pghistory fills. Erasure is done by the owner.
PROTECT = """
DO $$
DECLARE audit regclass;
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'plg_app') THEN
        FOR audit IN
            SELECT 'activity_activity'::regclass
            UNION ALL
            SELECT attrelid::regclass FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE attname = 'pgh_id' AND relkind = 'r' AND relnamespace = current_schema()::regnamespace
        LOOP
            EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %s FROM plg_app', audit);
        END LOOP;
    END IF;
END $$
"""


class Migration(migrations.Migration):
    """A later migration that adds a history table repeats this operation."""

    initial = True
    dependencies = [
        ("activity", "0002_first"),
        ("communities", "0003_first"),
        ("organisations", "0002_first"),
        ("people", "0001_first"),
        ("pghistory", "0001_initial"),
    ]
    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop)]
