"""Looking for traces of somebody: in every table, every file, the cache and the queue."""

from pathlib import Path

from django.conf import settings
from django.db import connection


def in_database(*needles):
    """{table: what was found} of all tables, whatever their columns are: text, JSON, lists, keys of search."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind IN ('r', 'm') AND relnamespace = 'public'::regnamespace"
        )
        for (table,) in cursor.fetchall():
            for needle in needles:
                cursor.execute(f'SELECT t::text FROM "{table}" AS t WHERE t::text ILIKE %s LIMIT 1', [f"%{needle}%"])
                if row := cursor.fetchone():
                    found.setdefault(table, []).append((needle, row[0][:300]))
    return found


def with_number(pk, besides=()):
    """{table.column: how many} of all columns that point at this person, by the keys that the database knows of."""
    found = {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT c.relname, a.attname FROM pg_class AS c
            JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace
              AND a.attname IN
                ('person_id', 'user_id', 'by_id', 'author_id', 'owner_id', 'given_by_id', 'invited_by_id')
            """
        )
        for table, column in cursor.fetchall():
            if table in besides:
                continue
            cursor.execute(f'SELECT count(*) FROM "{table}" WHERE "{column}" = %s', [pk])
            if count := cursor.fetchone()[0]:
                found[f"{table}.{column}"] = count
    return found


def in_files(*needles):
    """Files whose name or content says one of these."""
    found = []
    for path in Path(settings.FILES_ROOT).rglob("*"):
        said = path.name.encode() + (path.read_bytes() if path.is_file() else b"")
        found += [str(path) for needle in needles if needle.lower().encode() in said.lower()]
    return found


def in_broker(client, *needles):
    """Keys of the cache and the queue that say one of these."""
    found = []
    for key in client.scan_iter("*"):
        kind = client.type(key)
        if kind == b"string":
            values = [client.get(key) or b""]
        elif kind == b"list":
            values = client.lrange(key, 0, -1)
        elif kind == b"hash":
            values = [part for pair in client.hgetall(key).items() for part in pair]
        elif kind == b"set":
            values = list(client.smembers(key))
        else:
            values = [member for member, _score in client.zscan_iter(key)]
        said = b"\n".join([key, *values]).lower()
        found += [(key, needle) for needle in needles if needle.lower().encode() in said]
    return found
