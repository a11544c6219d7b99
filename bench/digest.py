"""The PLG letter at scale: gathering for 10,000 and 100,000 people, and what a letter costs that really goes out.

Gathering and composing run in processes of their own, on a database of their own. `gather` lays the letters of so many
people in the outbox (`digest.put_due`) and gathers what stands in them, five hundred at a time, without drawing them.
`mail` sends letters as a worker does, to a real SMTP server in another process that throws them away: its figure is
the processor time of that worker and of its database connection, drawing, checks, marks and SMTP included.
`DIGEST_PEOPLE` says how many people there are.
"""

import json
import os
import subprocess
import sys
import time
from statistics import median
from urllib.parse import urlsplit, urlunsplit

from bench.processes import BASE, memory, seconds
from plg_platform import embedded
from plg_platform.embedded import free_port

DATABASE = "digest"
SMALL, LARGE = 10_000, 100_000
LETTERS, WARM_UP, ROUNDS = 1000, 100, 3
PATIENCE = 60


def figures(house, floor_ms):
    """All of them; `floor_ms()` measures a page of the floor."""
    large = int(os.environ.get("DIGEST_PEOPLE", LARGE))
    small = min(SMALL, large // 2)
    environment = filled(house, large)
    few, many = (part("gather", str(people), environment=environment) for people in (small, large))
    yield "digest.people_per_s", many["people"] / many["seconds"], "people/s"
    yield "digest.queries_per_chunk", many["queries"], "queries"
    yield f"digest.peak_mb_{named(small)}", few["peak_mb"], "MB"
    yield f"digest.peak_mb_{named(large)}", many["peak_mb"], "MB"
    with Sink() as sink:
        environment |= {"EMAIL_URL": sink.url}
        rounds = [(part("mail", str(LETTERS), environment=environment), floor_ms()) for _round in range(ROUNDS)]
    yield "digest.mail_cpu_ms", median(mail["cpu_ms"] for mail, _floor in rounds), "ms"
    yield "digest.mail_cpu_floor", median(mail["cpu_ms"] / floor for mail, floor in rounds), "ratio"
    yield "digest.mails_per_s", median(mail["per_s"] for mail, _floor in rounds), "mails/s"


def named(people):
    return f"{people // 1000}k"


def filled(house, people):
    """The environment of a database with so many people and their last week."""
    with embedded.Postgres(house).superuser() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
        cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {embedded.OWNER}")
    urls = {name: elsewhere(url) for name, url in embedded.urls(house).items() if name != "REDIS_URL"}
    environment = {**os.environ, **urls, "DEBUG": "1"}
    for command in (["migrate", "--verbosity=0"], ["seed_scale", f"--people={people}"]):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=BASE, env=environment, check=True, stdout=sys.stderr
        )
    return {**os.environ, **urls}


def elsewhere(url, database=DATABASE):
    """The same server, the other database."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


def part(*arguments, environment):
    """Run one part of this module in a process of its own; what it found."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.digest", *arguments],
        cwd=BASE,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)


class Sink:
    """An SMTP server in a process of its own, that takes everything and keeps nothing."""

    def __enter__(self):
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}"
        self.process = subprocess.Popen([sys.executable, "-m", "bench.digest", "sink", str(self.port)], cwd=BASE)
        import smtplib

        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                smtplib.SMTP("127.0.0.1", self.port).quit()
            except OSError:
                time.sleep(0.1)
            else:
                return self
        raise RuntimeError("The mail sink does not answer.")

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait(PATIENCE)


# What the processes do ---------------------------------------------------------------------------


class Counter:
    """Counts queries: `with connection.execute_wrapper(counter)`."""

    count = 0

    def __call__(self, execute, *call):
        self.count += 1
        return execute(*call)


def gather(people):
    """The letters of so many people: laid out, and gathered in chunks."""
    from django.db import connection

    from activity import digest

    ids, at = due(people)
    counter, chunks = Counter(), []
    with connection.execute_wrapper(counter):
        began = time.monotonic()
        laid = digest.put_due(at)
        laying = counter.count
        for n in range(0, len(ids), digest.CHUNK):
            before = counter.count
            readers = people_of(ids[n : n + digest.CHUNK])
            found = digest.contents_of(readers)
            assert len(found) == len(readers)
            chunks.append(counter.count - before)
        took = time.monotonic() - began
    assert laid == len(ids), (laid, len(ids))
    return {
        "people": len(ids),
        "seconds": took,
        "queries": max(chunks) + round(laying / len(chunks)),
        "peak_mb": memory(os.getpid(), "VmHWM"),  # of this program; getrusage counts its parent's in
    }


def people_of(ids):
    from people.models import User

    return list(User.objects.filter(pk__in=ids))


def due(people):
    """So many people get their letter at this moment and the others much later; nothing was sent yet."""
    from datetime import timedelta

    from django.utils.timezone import now

    from activity.models import Delivery, Notification
    from people.models import User

    at = now()
    Delivery.objects.all().delete()
    Notification.objects.exclude(in_letter_at=None).update(in_letter_at=None)
    User.objects.update(digest_next_at=at + timedelta(days=30))
    ids = list(User.objects.order_by("pk").values_list("pk", flat=True)[:people])
    User.objects.filter(pk__in=ids).update(digest_next_at=at)
    return ids, at


def mail(letters):
    """So many letters sent as a worker sends them."""
    from django.db import connection
    from django.utils.timezone import now

    from activity import digest, sending
    from activity.choices import State
    from activity.models import Delivery

    _ids, at = due(2 * letters)
    digest.put_due(at)
    waiting = list(Delivery.objects.filter(state=State.PENDING).order_by("pk").values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=waiting[letters + WARM_UP :]).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = cursor.fetchone()[0]
    for _chunk in range(WARM_UP // sending.CHUNK):
        sending.send(sending.claim(now()))
    cpu, began = time.process_time() + seconds(server), time.monotonic()
    sent = 0
    while claimed := sending.claim(now()):
        sent += sending.send(claimed)
    took, cpu = time.monotonic() - began, time.process_time() + seconds(server) - cpu
    assert sent == letters, (sent, letters)
    return {"cpu_ms": 1000 * cpu / sent, "per_s": sent / took}


def sink(port):
    """Take mail until somebody ends this process."""
    import asyncio

    from aiosmtpd.smtp import SMTP

    class Taker:
        async def handle_DATA(self, server, session, envelope):  # noqa: N802
            return "250 OK"

    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(Taker()), "127.0.0.1", port)
        await server.serve_forever()

    asyncio.run(serve())


if __name__ == "__main__":
    deed, number = sys.argv[1], int(sys.argv[2])
    if deed == "sink":
        sink(number)
    else:
        import django

        django.setup()
        print(json.dumps({"gather": gather, "mail": mail}[deed](number)))
