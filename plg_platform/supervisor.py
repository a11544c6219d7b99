"""``make run``: everything the platform consists of, in one terminal, until Ctrl-C.

Starts the embedded servers, migrates, fills the demo on the first run, then keeps four processes
running: web (pages), stream (live updates), worker and beat. On SIGINT, SIGTERM or SIGHUP every one
of them is stopped, and the embedded servers with them. Signals are blocked from the first moment and
only taken up where this program waits, so none can arrive at a bad time and leave an orphan.
"""

import argparse
import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from plg_platform import embedded

BASE = Path(__file__).resolve().parent.parent
LAST_ORDERS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
PATIENCE = 10  # seconds between asking a process to stop and killing it
TOO_SOON, TOO_OFTEN = 5, 3  # a process that thrice in a row lives less than five seconds is broken
PR_SET_PDEATHSIG = 1


class Stopped(Exception):
    """Somebody asked the platform to stop."""


class Failed(Exception):
    """The platform cannot run; the message says why."""


@dataclass
class Process:
    """One process of the platform, in a group of its own so that it can be stopped with its children."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    popen: subprocess.Popen[bytes] | None = None
    started_at: float = 0
    short_lives: int = 0

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.popen = subprocess.Popen(
            self.command,
            cwd=BASE,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=be_a_good_child,  # noqa: PLW1509 (this program has no threads)
        )

    def has_ended(self) -> bool:
        return self.popen is not None and self.popen.poll() is not None

    def restart(self) -> None:
        """Start anew what ended by itself. Raises Failed when that happens again and again."""
        assert self.popen
        self.signal(signal.SIGKILL)  # what its children may still be doing
        lived = time.monotonic() - self.started_at
        self.short_lives = self.short_lives + 1 if lived < TOO_SOON else 0
        if self.short_lives >= TOO_OFTEN:
            raise Failed(f"{self.name} does not stay up (exit code {self.popen.returncode}).")
        say(f"{self.name} ended (exit code {self.popen.returncode}); starting it again.")
        self.start()

    def signal(self, number: signal.Signals) -> None:
        if self.popen:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.popen.pid, number)


def be_a_good_child() -> None:
    """In the child, before it becomes another program: hear signals again, and die with the parent."""
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {*LAST_ORDERS, signal.SIGCHLD})
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait(seconds: float) -> None:
    """Wait this long, or until a child ends. Raises Stopped when asked to stop."""
    # Python offers no sigtimedwait on macOS; there, a short sleep and a look at what is pending.
    if hasattr(signal, "sigtimedwait"):
        taken = signal.sigtimedwait({*LAST_ORDERS, signal.SIGCHLD}, seconds)
        number = taken.si_signo if taken else None
    else:
        time.sleep(min(seconds, 0.2))
        number = next(iter(signal.sigpending() & LAST_ORDERS), None)
        if number:
            signal.sigwait({number})
    if number in LAST_ORDERS:
        raise Stopped


def run_step(name: str, *command: str, **environment: str) -> None:
    """Run a command of Python to its end, hearing signals meanwhile. Raises Failed when it fails."""
    step = Process(name, [sys.executable, *command], environment)
    step.start()
    try:
        while not step.has_ended():
            wait(1)
    except Stopped:
        stop([step])
        raise
    if step.popen and step.popen.returncode:
        raise Failed(f"{name} failed (exit code {step.popen.returncode}).")


def prepare() -> None:
    """Database and broker are there, the tables are as the code expects, and somebody lives here."""
    if needs_embedded():
        run_step("The start of database and broker", "-m", "plg_platform.embedded", "start")
        for name, value in embedded.missing_urls().items():
            os.environ[name] = value
    owner = os.environ.setdefault("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
    run_step("The migration", "manage.py", "migrate", "--verbosity=0", DATABASE_URL=owner)
    if os.environ["DEMO"] == "1" and is_empty("people_user"):
        say("First run: filling the demo …")
        run_step("The demo", "manage.py", "demo")
    elif is_empty("training_programme"):
        run_step("The loading of programmes", "manage.py", "load_programmes")


def needs_embedded() -> bool:
    return "DATABASE_URL" not in os.environ or "REDIS_URL" not in os.environ


def is_empty(table: str) -> bool:
    """Is no row in this table yet? Without an account it is the first run."""
    import psycopg2
    from psycopg2.sql import SQL, Identifier

    with (
        contextlib.closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection,
        connection.cursor() as cursor,
    ):
        cursor.execute(SQL("SELECT NOT EXISTS (SELECT FROM {})").format(Identifier(table)))
        return bool(cursor.fetchone()[0])


def processes(port: int) -> list[Process]:
    """The four processes of the platform."""
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "python:plg_platform.gunicorn"]
    celery = [sys.executable, "-m", "celery", "--quiet", "-A", "plg_platform"]
    schedule = f"--schedule={BASE / 'var' / 'beat'}"
    level, alone = "--loglevel=WARNING", ["--without-mingle", "--without-gossip"]
    return [
        Process("web", [*gunicorn, "plg_platform.wsgi"], {"PORT": str(port)}),
        Process(
            "stream",
            [*gunicorn, "--worker-class=asgi", "--workers=1", "--threads=1", "plg_platform.asgi"],
            {"PORT": str(port + 1), "STREAMING": "1"},
        ),
        Process("worker", [*celery, "worker", "--concurrency=2", *alone, level], {"PYTHONWARNINGS": "ignore"}),
        Process("beat", [*celery, "beat", schedule, "--pidfile=", level]),
    ]


def stop(children: list[Process]) -> None:
    """Ask all to stop, wait, and kill whoever does not."""
    for child in children:
        child.signal(signal.SIGTERM)
    until = time.monotonic() + PATIENCE
    while not all(child.has_ended() for child in children if child.popen) and time.monotonic() < until:
        time.sleep(0.05)
    for child in children:
        child.signal(signal.SIGKILL)
        if child.popen:
            child.popen.wait()


def watch(children: list[Process], port: int) -> None:
    """Keep the children running until somebody says stop. Says when the first page can be seen."""
    is_open = False
    while True:
        wait(1 if is_open else 0.1)
        for child in children:
            if child.has_ended():
                child.restart()
        if not is_open and answers(port):
            is_open = True
            greet(port)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=5):
            return True
    except OSError:
        return False


def greet(port: int) -> None:
    """Print the address, and where the demo accounts are."""
    address = os.environ["BASE_URL"]
    say(f"The platform is open:  {address}")
    if os.environ["DEMO"] == "1":
        say("Demo accounts:         on its sign-in page, one button for each role")
    say("Ctrl-C stops everything.")


def say(sentence: str) -> None:
    print(sentence, flush=True)


def refuse_busy(*ports: int) -> None:
    """Raises Failed when another program already listens on one of the ports."""
    for port in ports:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                raise Failed(f"Port {port} is in use. Choose another one: make run PORT=8100") from error


def configure(port: int) -> None:
    """The environment of development; whatever is set already stays."""
    os.environ.setdefault("DEBUG", "1")
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("RELOAD", "1")
    os.environ.setdefault("BASE_URL", f"http://localhost:{port}")
    os.environ.setdefault("STREAM_URL", f"http://localhost:{port + 1}")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plg_platform.settings")


def main() -> int:
    parser = argparse.ArgumentParser(description="Run the whole platform until Ctrl-C.")
    parser.add_argument("--port", type=int, default=8000, help="of the pages; streams take the next one")
    port = parser.parse_args().port
    signal.pthread_sigmask(signal.SIG_BLOCK, {*LAST_ORDERS, signal.SIGCHLD})
    (BASE / "var").mkdir(exist_ok=True)
    configure(port)
    children: list[Process] = []
    has_embedded = needs_embedded()
    try:
        refuse_busy(port, port + 1)
        prepare()
        children = processes(port)
        for child in children:
            child.start()
        watch(children, port)
    except Stopped:
        say("\nStopping …")
        return 0
    except (Failed, embedded.EmbeddedError) as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        stop(children)
        if has_embedded:
            embedded.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
