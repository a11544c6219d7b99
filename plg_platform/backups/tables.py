"""The tables of the database, as they are written and read back."""

from django.db import connection

#: After a restore everybody signs in anew: a session that was ended since may not come back to life.
NOT_KEPT = {"django_session", "usersessions_usersession"}
# What PostgreSQL works out itself is not written.
COLUMNS = """
SELECT table_name, array_agg(column_name::text ORDER BY ordinal_position)
FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND is_generated = 'NEVER'
GROUP BY table_name ORDER BY table_name
"""
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL"
MIGRATIONS = "SELECT app || '.' || name FROM django_migrations ORDER BY 1"


def columns() -> dict[str, list[str]]:
    """{table: its columns}, without those that are generated."""
    return dict(_all(COLUMNS))


def sequences() -> dict[str, int]:
    """{sequence: the last number that it gave}."""
    return dict(_all(SEQUENCES))


def migrations() -> list[str]:
    """What was migrated, as `app.name`."""
    return [name for (name,) in _all(MIGRATIONS)]


def named(table: str, names: list[str]) -> str:
    """A table with these columns, as SQL writes it."""
    quote = connection.ops.quote_name
    return f"{quote(table)} ({', '.join(map(quote, names))})"


def _all(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()
