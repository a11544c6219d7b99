import gzip
import shutil
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction

from people import erasing
from people.models import User
from plg_platform.backups import sums, tables


class NotPutBack(Exception):
    """It was not put back; the message says why."""


def put_back(folder: Path, *, over: bool = False) -> dict:
    """Make the platform what it was when this backup was made, without whoever was erased since.

    The rows come back in one transaction, all or none. Returns the manifest, with `erased` the people who were erased
    again. Raises Damaged or NotPutBack before anything changed; with `over` what stands there now goes.
    """
    manifest = sums.read(folder)
    if manifest["migrations"] != tables.migrations():
        raise NotPutBack(
            "The database stands at other migrations. Take the release of the backup, migrate, and try again."
        )
    if not over and User.objects.exists():
        raise NotPutBack("There are people in this database. With --over they go, and those of the backup come.")
    put_files_back(folder / "files")
    with transaction.atomic():
        put_rows_back(folder / "tables", manifest)
    cache.clear()
    return {**manifest, "erased": erasing.replay(erased_until_now(folder))}


def put_files_back(source: Path) -> None:
    """Every file where it stood; what came since stays, and goes by night when no row has it."""
    for path in sorted(source.rglob("*")):
        if path.is_file():
            copy = Path(settings.FILES_ROOT) / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copy)


def put_rows_back(source: Path, manifest: dict) -> None:
    """Rows and numbers as they were. Keys are looked at when all rows are there; no trigger writes history again."""
    quote = connection.ops.quote_name
    columns = tables.columns()
    names = [quote(table) for table in columns]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute(f"TRUNCATE {', '.join(names)}")
        for name in names:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        for table in manifest["rows"]:
            with gzip.open(source / f"{table}.gz", "rb") as stream:
                cursor.cursor.copy_expert(f"COPY {tables.named(table, columns[table])} FROM STDIN", stream)
            if cursor.cursor.rowcount != manifest["rows"][table]:
                raise NotPutBack(
                    f"{table} has {cursor.cursor.rowcount} rows, the manifest says {manifest['rows'][table]}."
                )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table whose keys wait to be looked at cannot be altered
        for name in names:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")
        for sequence, last in manifest["sequences"].items():
            cursor.execute("SELECT setval(%s, %s)", [quote(sequence), last])


def erased_until_now(folder: Path) -> list:
    """Who was erased, by the list of the backup and the one that stands here, which may know of more."""
    lists = [path for path in (folder / sums.ERASURES, settings.ERASURES) if path.exists()]
    lines = dict.fromkeys(line for path in lists for line in path.read_text().splitlines())
    if lines:
        settings.ERASURES.parent.mkdir(parents=True, exist_ok=True)
        settings.ERASURES.write_text("".join(f"{line}\n" for line in lines))
    return erasing.read_journal("\n".join(lines))
