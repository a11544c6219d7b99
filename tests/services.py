"""The real services under the tests: PostgreSQL and Valkey of their own, apart from those of `make run`.

Each test process (one, or one per xdist worker, of any number of runs at the same time) takes a *slot*:
a number that is its own as long as it lives. The slot's database is a copy of a template that was
migrated once for this state of the migrations; the slot's number is also its Valkey database.
Locks of the operating system hold the slots, so a killed run leaves nothing locked.
"""

import atexit
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO

from plg_platform import embedded

BASE = Path(__file__).resolve().parent.parent
HOUSE = "test"
SLOTS = 100
MOST_TEMPLATES = 6


@dataclass
class Slot:
    """What one test process has to itself."""

    number: int
    lock: IO[str]

    @property
    def database(self) -> str:
        return f"slot_{self.number}"

    @cached_property
    def folder(self) -> Path:
        """An empty folder for files and letters."""
        folder = BASE / "var" / "test" / str(self.number)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        return folder

    @property
    def environment(self) -> dict[str, str]:
        """Settings that lead to this slot, for this process and for those that a test starts."""
        return {
            "DATABASE_URL": embedded.database_url(house=HOUSE, database=self.database),
            "DATABASE_OWNER_URL": embedded.database_url(owner=True, house=HOUSE, database=self.database),
            "REDIS_URL": embedded.redis_url(house=HOUSE, number=self.number),
            "FILES_ROOT": str(self.folder / "files"),
            "CREDENTIAL_KEYS": str(self.folder / "keys"),
            "DEBUG": "",
            "DEMO": "",
            "BASE_URL": "http://testserver",
        }


def take_slot() -> Slot:
    """A slot nobody holds; the servers run and stay as long as anybody holds one."""
    home = embedded.home(HOUSE)
    users = (home / "users").open("w")
    fcntl.flock(users, fcntl.LOCK_SH)  # waits while the last user of another run stops the servers
    embedded.urls(HOUSE)
    for number in range(1, SLOTS):
        lock = (home / f"slot_{number}").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        slot = Slot(number, lock)
        atexit.register(leave, slot, users, os.getpid())
        return slot
    raise RuntimeError(f"{SLOTS} test processes run already.")


def leave(slot: Slot, users: IO[str], owner: int) -> None:
    """Drop what the slot held. The last one to leave stops the servers."""
    if os.getpid() != owner:  # a forked child is no user
        return
    with contextlib.suppress(Exception):
        drop(slot.database)
    slot.lock.close()
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    embedded.stop(HOUSE)
    users.close()


def fill(slot: Slot) -> None:
    """A fresh copy of the template for this slot, and an empty Valkey database."""
    import redis

    source = template()
    drop(slot.database)
    with embedded.Postgres(HOUSE).superuser() as cursor:
        cursor.execute(f"CREATE DATABASE {slot.database} TEMPLATE {source} OWNER {embedded.OWNER}")
        cursor.execute(f"ALTER DATABASE {slot.database} SET lock_timeout = '60s'")  # who waits for ever says for what
        cursor.execute("SELECT pg_advisory_lock(1)")  # what follows is of the whole server, one process at a time
        cursor.execute(f"GRANT SET ON PARAMETER deadlock_timeout TO {embedded.OWNER}")
    with redis.Redis.from_url(slot.environment["REDIS_URL"]) as client:
        client.flushdb()


def drop(database: str) -> None:
    with embedded.Postgres(HOUSE).superuser() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")


def template() -> str:
    """The name of a database as the migrations make it; made by the first who asks, kept for later runs."""
    name = f"template_{state_of_migrations()}"
    with (embedded.home(HOUSE) / "template").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with embedded.Postgres(HOUSE).superuser() as cursor:
            cursor.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE 'template!__%' ESCAPE '!' ORDER BY oid DESC"
            )
            known = [row[0] for row in cursor if row[0] not in ("template0", "template1")]
            if name in known:
                return name
            for old in known[MOST_TEMPLATES - 1 :]:  # of other branches; the oldest go
                with contextlib.suppress(Exception):  # somebody may be copying it right now
                    cursor.execute(f"DROP DATABASE {old}")
            cursor.execute("DROP DATABASE IF EXISTS unfinished WITH (FORCE)")
            cursor.execute(f"CREATE DATABASE unfinished OWNER {embedded.OWNER}")
            owner = embedded.database_url(owner=True, house=HOUSE, database="unfinished")
            environment = {
                **os.environ,
                "DEBUG": "1",
                "DJANGO_SETTINGS_MODULE": "plg_platform.settings",
                "DATABASE_URL": owner,
                "DATABASE_OWNER_URL": owner,
            }
            command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
            done = subprocess.run(command, cwd=BASE, env=environment, capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(f"The test database could not be migrated.\n{done.stderr}")
            cursor.execute(f"ALTER DATABASE unfinished RENAME TO {name}")
    return name


def state_of_migrations() -> str:
    """Changes whenever a migration, an app or a package does."""
    total = hashlib.sha256()
    paths = [BASE / "requirements-dev.txt", BASE / "plg_platform" / "settings.py", embedded.ROLES]
    paths += [*BASE.glob("*/migrations/*.py"), *BASE.glob("[a-z]*/*/migrations/*.py")]
    for path in sorted(paths):
        total.update(str(path.relative_to(BASE)).encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]
