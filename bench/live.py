"""A live session of forty people: how long a step takes to stand on all screens, and what a restart loses.

Real processes, as `make run` starts them: gunicorn with the pages, and one with the streams. Each of the forty holds a
stream open and fetches the step when it hears of a change. Halfway the process with the pages is killed and started
anew, while people write. `LIVE_SECONDS` says how long it takes (`python -m bench --only live --live-seconds 300`).
"""

import contextlib
import http.client
import json
import os
import subprocess
import sys
import threading
import time
import uuid
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlencode, urlsplit

from plg_platform.embedded import free_port

BASE = Path(__file__).resolve().parent.parent
PEOPLE, PATIENCE = 40, 60
PAUSE_S = 1.0  # between two steps
WARM_UP_S = 2  # after each start, not counted: in five minutes the first steps do not matter, in twenty seconds they do
WRITERS = 5
BROKEN = (OSError, http.client.HTTPException)


class Process:
    """One of the two web processes, on a port of its own that survives a restart."""

    def __init__(self, name, *command, **environment):
        self.name, self.port = name, free_port()
        self.command = [sys.executable, "-m", "gunicorn", "-c", "python:plg_platform.gunicorn", *command]
        self.environment = {**os.environ, "PORT": str(self.port), "RELOAD": "", **environment}

    def start(self):
        with (BASE / "var" / f"bench-live-{self.name}.log").open("a") as log:
            self.popen = subprocess.Popen(self.command, cwd=BASE, env=self.environment, stdout=log, stderr=log)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                http.client.HTTPConnection("127.0.0.1", self.port, timeout=2).connect()
                return self
            time.sleep(0.05)
        raise RuntimeError(f"{self.name} does not answer")

    def kill(self):
        self.popen.kill()
        self.popen.wait()

    def stop(self):
        self.popen.terminate()
        try:
            self.popen.wait(20)
        except subprocess.TimeoutExpired:
            self.kill()


class Screen:
    """Somebody's page: a session, a stream, and the version that stands on it."""

    def __init__(self, person, run, pages, streams):
        from django.conf import settings
        from django.test import Client

        from core.streams import address

        client = Client()
        client.force_login(person, backend="people.backends.PersonBackend")
        session = client.session
        session["demo"] = True
        session.save()
        secret = uuid.uuid4().hex
        cookies = {name: morsel.value for name, morsel in client.cookies.items()} | {settings.CSRF_COOKIE_NAME: secret}
        base = urlsplit(settings.BASE_URL)
        self.headers = {
            "Host": base.netloc,
            "X-Forwarded-Proto": base.scheme,
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "Origin": settings.BASE_URL,
            "Run-Part": "1",
            "X-CSRFToken": secret,
        }
        self.run, self.pages, self.streams = run, pages, streams
        self.stream_path = urlsplit(address(person, run.channel)).path
        self.connection = None
        self.version, self.moved = 0, threading.Condition()
        self.listens = threading.Event()

    def ask(self, method, path, data=None):
        """One request to the pages; the connection stays open. Tries once more when the other side closed it."""
        body = urlencode(data) if data is not None else None
        headers = self.headers | ({"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {})
        for attempt in (1, 2):
            if self.connection is None:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.pages.port, timeout=30)
            try:
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                return answer.status, answer.headers, answer.read()
            except BROKEN:
                self.connection.close()
                self.connection = None
                if attempt == 2:
                    raise
        raise RuntimeError

    def fetch(self):
        """The step as it is now, asked until it comes."""
        while True:
            try:
                status, headers, _text = self.ask("GET", f"/meetings/runs/{self.run.pk}/state/?only=step")
            except BROKEN:
                time.sleep(0.1)
                continue
            if status == 200:
                with self.moved:
                    self.version = max(self.version, int(headers["Run-Version"]))
                    self.at = time.monotonic()
                    self.moved.notify_all()
                return
            time.sleep(0.1)

    def listen(self, until):
        """Hear what changed, and fetch it; as a browser, begin anew when the stream breaks."""
        while not until.is_set():
            stream = http.client.HTTPConnection("127.0.0.1", self.streams.port, timeout=300)
            try:
                stream.request("GET", self.stream_path, headers=self.headers | {"Accept": "text/event-stream"})
                answer = stream.getresponse()
                if answer.status != 200:
                    raise RuntimeError(f"The stream answered {answer.status}.")
                while not until.is_set() and (line := answer.readline()):
                    if line.startswith(b"event: listening"):
                        self.fetch()
                        self.listens.set()
                    elif line.startswith(b"data: {") and json.loads(line[6:])["what"] == "step":
                        self.fetch()
            except BROKEN:
                time.sleep(0.2)
            finally:
                stream.close()

    def wait_for(self, version, deadline):
        """The moment at which this version stood here."""
        with self.moved:
            while self.version < version:
                if not self.moved.wait(max(deadline - time.monotonic(), 0)):
                    raise RuntimeError("A step did not reach every screen.")
            return self.at


def company():
    """A PLG of forty in a session that runs: (session, the facilitator, all of them)."""
    from django.utils.timezone import localtime, now

    from communities.choices import Kind, State
    from communities.meetings.actions import running
    from communities.meetings.models import AgendaItem, Meeting
    from communities.models import Community, Membership
    from organisations.models import Board
    from people.models import User

    plg = Community.objects.create(
        name="Veertig tegelijk", kind=Kind.LEARNING_NETWORK, state=State.ACTIVE, seats_max=PEOPLE, theme="maths",
        question="?", blurb="?", owner_board=Board.objects.order_by("pk").first(), started_on=localtime().date(),
    )  # fmt: skip
    mark = uuid.uuid4().hex[:6]
    people = [
        User.objects.create_user(f"live-{mark}-{n}@school.example", None, name=f"Deelnemer {n}", joined_at=now())
        for n in range(PEOPLE)
    ]
    Membership.objects.bulk_create(
        Membership(
            community=plg, person=person, role="facilitator" if n == 0 else "member", state="active", joined_at=now()
        )
        for n, person in enumerate(people)
    )
    day = localtime()
    meeting = Meeting.objects.create(community=plg, held_on=day.date(), starts="00:00", ends="23:59", title="Bench")
    AgendaItem.objects.bulk_create(
        AgendaItem(community=plg, meeting=meeting, title=f"Stap {n}", minutes=15, order=n) for n in range(6)
    )
    meeting = Meeting.objects.get(pk=meeting.pk)
    return running.start(meeting, by=people[0]), people[0], people


def figures():
    """(name, value, unit) of the live session."""
    seconds = int(os.environ.get("LIVE_SECONDS", "20"))
    pages = Process("pages", "plg_platform.wsgi").start()
    streams = Process(
        "streams", "--worker-class=asgi", "--workers=1", "--threads=1", "plg_platform.asgi", STREAMING="1"
    ).start()
    over = threading.Event()
    try:
        run, lead, people = company()
        leading = Screen(lead, run, pages, streams)
        screens = [Screen(person, run, pages, streams) for person in people]
        for screen in screens:
            threading.Thread(target=screen.listen, args=[over], daemon=True).start()
        for screen in screens:
            if not screen.listens.wait(PATIENCE):
                raise RuntimeError("A screen hears nothing.")
        steps(leading, screens, WARM_UP_S)
        took = steps(leading, screens, seconds / 2)
        lost, twice = restart(leading, screens, pages)
        steps(leading, screens, WARM_UP_S)
        took += steps(leading, screens, seconds / 2)
    finally:
        over.set()
        pages.stop()
        streams.stop()
    yield "live.steps", len(took), "steps"
    yield "live.step_p95_ms", 1000 * (quantiles(took, n=20)[18] if len(took) > 1 else took[0]), "ms"
    yield "live.restart_lost", lost, "lines"
    yield "live.restart_twice", twice, "lines"


def steps(leading, screens, seconds):
    """Step after step for so long: seconds from the tap of the facilitator until it stands on all screens."""
    took, until, forward = [], time.monotonic() + seconds, True
    while time.monotonic() < until or not took:
        leading.fetch()
        began = time.monotonic()
        name = "next" if forward else "back"
        status, headers, text = leading.ask(
            "POST", f"/meetings/runs/{leading.run.pk}/{name}/", {"version": leading.version}
        )
        if status != 200:
            raise RuntimeError(f"{name} answered {status}: {text[:300]!r}")
        version = int(headers["Run-Version"])
        took.append(max(screen.wait_for(version, began + PATIENCE) for screen in screens) - began)
        forward = not forward
        time.sleep(PAUSE_S)
    return took


def restart(leading, screens, pages):
    """Five people write while the pages are killed and started again: how many lines are lost, how many stand twice."""
    from django.db import connection

    from communities.meetings.models import Line

    sent, over = [], threading.Event()

    def write(screen, who):
        number = 0
        while not over.is_set():
            number += 1
            data = {"key": str(uuid.uuid4()), "kind": "insight", "text": f"{who}: {number}"}
            while True:  # as the queue on the device does: the same key until it is taken
                with contextlib.suppress(*BROKEN):
                    if screen.ask("POST", f"/meetings/runs/{screen.run.pk}/write/", data)[0] == 200:
                        break
                time.sleep(0.1)
            sent.append(data["text"])
            time.sleep(0.05)

    # Screens of their own: each connection belongs to one thread.
    writers = []
    for n, screen in enumerate(screens[:WRITERS]):
        twin = object.__new__(Screen)
        twin.__dict__ |= screen.__dict__ | {"connection": None}
        writers.append(threading.Thread(target=write, args=[twin, n]))
    for writer in writers:
        writer.start()
    time.sleep(1)
    pages.kill()
    time.sleep(0.5)
    pages.start()
    time.sleep(1.5)
    over.set()
    for writer in writers:
        writer.join(PATIENCE)
    stored = list(Line.objects.filter(run=leading.run).values_list("text", flat=True))
    connection.close()
    return len(set(sent) - set(stored)), len(stored) - len(set(stored))


if __name__ == "__main__":  # on services that run already: DATABASE_URL, REDIS_URL, BASE_URL
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plg_platform.settings")
    django.setup()
    for name, value, unit in figures():
        print(f"{name} {value:.4g} {unit}")
