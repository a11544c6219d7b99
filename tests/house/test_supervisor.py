"""`make run`: everything starts, what falls is put up again, and nothing outlives the supervisor."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from plg_platform.embedded import free_port
from tests.website import BASE

PATIENCE = 60


class Run:
    """A supervisor in a terminal of its own."""

    def __init__(self, environment, log: Path):
        port = next(port for port in iter(free_port, None) if free_port(port + 1) == port + 1)
        given = {key: value for key, value in environment.items() if key not in {"BASE_URL", "STREAM_URL"}}
        command = [sys.executable, "-m", "plg_platform.supervisor", "--port", str(port)]
        self.log = log
        with log.open("w") as output:
            self.popen = subprocess.Popen(
                command,
                cwd=BASE,
                env={**given, "DEMO": "0", "RELOAD": "0"},
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def says(self, words: str) -> str:
        """What it has said, as soon as these words are among it."""
        until = time.monotonic() + PATIENCE
        while words not in self.log.read_text():
            assert self.popen.poll() is None, self.log.read_text()
            assert time.monotonic() < until, self.log.read_text()
            time.sleep(0.1)
        return self.log.read_text()

    def family(self) -> list[psutil.Process]:
        return psutil.Process(self.popen.pid).children(recursive=True)

    def child(self, word: str) -> psutil.Process:
        """The process with this word in its command, as soon as it has become that program."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for child in psutil.Process(self.popen.pid).children():
                if word in child.cmdline():
                    return child
            time.sleep(0.1)
        raise AssertionError(f"No {word} runs.")


@pytest.fixture
def run(environment, django_db_setup, tmp_path):
    run = Run(environment, tmp_path / "log")
    yield run
    if run.popen.poll() is None:
        run.popen.send_signal(signal.SIGTERM)
        run.popen.wait(30)


def gone(family: list[psutil.Process]) -> bool:
    return not psutil.wait_procs(family, timeout=15)[1]


@pytest.mark.parametrize("goodbye", [signal.SIGINT, signal.SIGHUP])
def test_whoever_ends_it_no_child_stays(run, goodbye):
    said = run.says("The platform is open")
    assert re.search(r"open: +http://localhost:\d+", said)
    family = run.family()
    assert len(family) >= 4
    run.popen.send_signal(goodbye)
    assert run.popen.wait(30) == 0
    assert gone(family)


def test_a_process_that_falls_is_put_up_again(run):
    run.says("The platform is open")
    run.child("beat").kill()
    run.says("beat ended (exit code -9); starting it again.")
    run.child("beat")
    family = run.family()
    run.popen.send_signal(signal.SIGTERM)
    assert run.popen.wait(30) == 0
    assert gone(family)


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells children of their parent's death.")
def test_killed_outright_it_takes_its_children_along(run):
    run.says("The platform is open")
    family = run.family()
    os.kill(run.popen.pid, signal.SIGKILL)
    run.popen.wait()
    assert gone(family)
