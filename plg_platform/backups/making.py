import gzip
import json
import shutil
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import now

from plg_platform.backups import sums, tables

SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"


def make(folder: Path) -> dict:
    """Write everything to a new folder that only its owner can read. Returns the manifest.

    It is made under another name and gets its own at the end: a folder of this name is a whole backup. Raises
    FileExistsError when it is there already.
    """
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    if folder.exists():
        raise FileExistsError(folder)
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700, parents=True)
    copy_files(unfinished / "files")
    manifest = {"made_at": now().isoformat(), **write_tables(unfinished / "tables")}
    copy_files(unfinished / "files")
    if settings.ERASURES.exists():
        shutil.copyfile(settings.ERASURES, unfinished / sums.ERASURES)
    manifest["parts"] = sums.parts(unfinished)
    (unfinished / sums.MANIFEST).write_text(json.dumps(manifest, indent=1))
    unfinished.rename(folder)
    return manifest


def copy_files(target: Path) -> None:
    """What stands in FILES_ROOT and not yet here."""
    target.mkdir(exist_ok=True)
    for path in sorted(Path(settings.FILES_ROOT).rglob("*")):
        copy = target / path.relative_to(settings.FILES_ROOT)
        if path == settings.ERASURES or copy.exists() or not path.is_file():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copy2(path, copy)
        except FileNotFoundError:  # it went meanwhile, and its row with it
            continue


def write_tables(target: Path) -> dict:
    """All rows as they were at one moment. Returns what the manifest says of them."""
    target.mkdir()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SNAPSHOT)
        rows = {}
        for table, columns in tables.columns().items():
            if table in tables.NOT_KEPT:
                continue
            with gzip.open(target / f"{table}.gz", "wb", compresslevel=6) as stream:
                cursor.cursor.copy_expert(f"COPY {tables.named(table, columns)} TO STDOUT", stream)
            rows[table] = cursor.cursor.rowcount
        return {"migrations": tables.migrations(), "sequences": tables.sequences(), "rows": rows}
