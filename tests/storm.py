"""Letters under fire: workers killed in the middle, against the real mail server."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

from django.utils.timezone import now

from activity import outbox
from activity.choices import State
from activity.models import Delivery

BASE = Path(__file__).resolve().parent.parent
KIND = "communities.closed"  # any kind of the house will do: the worker is a process of its own
PATIENCE = 300


def letters(count, about, occasion="storm"):
    """So many letters in the outbox, to addresses without account."""
    addresses = [f"lid{n}@school.example" for n in range(count)]
    outbox.put(KIND, occasion=occasion, about=about, addresses=addresses)


def worker(environment, command="send_due"):
    """A process that sends what is due."""
    return subprocess.Popen(
        [sys.executable, "manage.py", command], cwd=BASE, env=environment, stdout=subprocess.DEVNULL
    )


def kill_while_sending(environment, mailserver, more):
    """Start a worker and end it with -9 as soon as it has sent so many more letters."""
    enough = len(mailserver.letters) + more
    process = worker(environment)
    until = time.monotonic() + PATIENCE
    while len(mailserver.letters) < enough and process.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    was_at_work = process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
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


def outcome(mailserver, count):
    """(lost, repeated): letters that never came, and extra copies. Copies must bear the same Message-ID."""
    times = Counter(letter["To"] for letter in mailserver.letters)
    ids = {(letter["To"], letter["Message-ID"]) for letter in mailserver.letters}
    assert len(ids) == len(times), "a repeated letter came under another Message-ID"
    return count - len(times), sum(times.values()) - len(times)
