"""The embedded servers: two roles, closed to others, started once, and gone when asked."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg2
import pytest
import redis
from django.db import ProgrammingError, connection, transaction

from plg_platform import embedded


class Checkout:
    """A checkout of its own, with nothing in it but what the servers need."""

    def __init__(self, folder: Path):
        self.program = folder / "plg_platform" / "embedded.py"
        self.program.parent.mkdir(parents=True)
        for path in (Path(embedded.__file__), embedded.ROLES):
            shutil.copy(path, self.program.with_name(path.name))

    def ask(self, verb: str) -> dict[str, str]:
        """What the program answers to `start`, `stop` or `urls`."""
        hidden = {"DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"}
        environment = {name: value for name, value in os.environ.items() if name not in hidden}
        command = [sys.executable, str(self.program), verb]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        return dict(line.split("=", 1) for line in done.stdout.splitlines())

    def sockets(self) -> Path:
        return Path(parse_qs(urlsplit(self.ask("urls")["DATABASE_URL"]).query)["host"][0])

    def home(self) -> Path:
        code = "import embedded; print(embedded.home('run'))"
        return Path(subprocess.check_output([sys.executable, "-c", code], cwd=self.program.parent, text=True).strip())


@pytest.fixture
def checkout(tmp_path):
    checkout = Checkout(tmp_path / "a folder with a name that is much longer than the path of a socket may be")
    yield checkout
    checkout.ask("stop")
    home = checkout.home()
    shutil.rmtree(home.parent)


def test_two_who_ask_at_once_get_the_same_servers(checkout):
    with ThreadPoolExecutor() as pool:
        first, second = pool.map(checkout.ask, ["urls", "urls"])
    assert first == second
    with redis.Redis.from_url(first["REDIS_URL"]) as broker:
        assert broker.ping()


def test_no_other_user_can_enter(checkout):
    answer = checkout.ask("urls")
    assert stat.S_IMODE(checkout.sockets().stat().st_mode) == 0o700
    assert stat.S_IMODE((checkout.home() / "valkey.json").stat().st_mode) == 0o600
    without_password = f"redis://127.0.0.1:{urlsplit(answer['REDIS_URL']).port}/0"
    with redis.Redis.from_url(without_password) as broker, pytest.raises(redis.AuthenticationError):
        broker.ping()


def test_data_outlives_a_stop_and_a_crash(checkout):
    url = checkout.ask("urls")["DATABASE_OWNER_URL"]
    with psycopg2.connect(url) as one, one.cursor() as cursor:
        cursor.execute("CREATE TABLE kept (word text)")
    one.close()
    checkout.ask("stop")
    checkout.ask("start")
    postmaster = int((checkout.home() / "postgresql" / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    with psycopg2.connect(checkout.ask("urls")["DATABASE_URL"]) as two, two.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM kept")
        assert cursor.fetchone() == (0,)
    two.close()


def test_after_a_stop_nothing_answers(checkout):
    answer = checkout.ask("urls")
    checkout.ask("stop")
    with pytest.raises(psycopg2.OperationalError):
        psycopg2.connect(answer["DATABASE_URL"])
    with redis.Redis.from_url(answer["REDIS_URL"]) as broker, pytest.raises(redis.ConnectionError):
        broker.ping()


def test_the_application_works_with_rows_but_changes_no_structure(db, as_application):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == ("plg_app",)
        cursor.execute("SELECT count(*) FROM django_migrations")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            cursor.execute("CREATE TABLE mine (id int)")
