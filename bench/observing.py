"""An hour without a network: eight observers come back online with fifty notes each, and the network stammers.

Each sends over HTTP, all at once, what her device kept: every note, and every third of them in other words as well. The
requests go out of order, several times, and of some only the answer is lost. Then each note must stand there once, in
its last words, in the order in which it was written.
"""

import contextlib
import http.client
import json
import random
import threading
import time
import uuid
from urllib.parse import urlsplit

from bench.live import Process
from bench.together import signed_in

OBSERVERS, NOTES, BATCH, COPIES = 8, 50, 10, 3
SECONDS_APART = 60
LOST_ANSWERS = 0.2


def requests_of(person, number, began_ms):
    """What one device sends in the end: (requests, the words that must stand there, in order)."""
    notes, last = [], []
    for n in range(NOTES):
        said = {
            "key": str(uuid.uuid4()), "sequence": n + 1, "fact": f"waarnemer {number} zag {n}", "match": "expected",
            "made": began_ms + n * SECONDS_APART * 1000 + number,
        }  # fmt: skip
        notes.append(said)
        if n % 3 == 0:
            said = said | {"sequence": NOTES + n + 1, "fact": f"{said['fact']}, beter gezegd"}
            notes.append(said)
        last.append(said["fact"])
    batches = [notes[at : at + BATCH] for at in range(0, len(notes), BATCH)]
    bodies = [{"person": person.pk, "device": f"device {number}", "notes": batch} for batch in batches] * COPIES
    random.Random(number).shuffle(bodies)
    return bodies, last


def replay(lesson, people, *, pages, headers):
    """All of them at once. Returns how many of the notes stand there once, in place and in their last words."""
    began_ms = int(lesson.began_at.timestamp() * 1000)
    wanted, threads, faults = {}, [], []
    for number, person in enumerate(people):
        bodies, wanted[person.pk] = requests_of(person, number, began_ms)
        work = (f"/lessonstudy/observe/{lesson.pk}/send/", bodies, pages, headers(person), number, faults)
        threads.append(threading.Thread(target=_send_all, args=work))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(f"A request was refused: {faults[0]}")
    good = 0
    for person in people:
        rows = list(lesson.observations.filter(observer=person).in_order())
        found = [row.fact for row in rows]
        good += sum(a == b for a, b in zip(found, wanted[person.pk], strict=False)) - max(0, len(found) - NOTES)
        good -= sum(abs(row.offset_s - n * SECONDS_APART) > 1 for n, row in enumerate(rows))
    return good


def _send_all(path, bodies, pages, headers, number, faults):
    chance, address = random.Random(100 + number), urlsplit(pages)
    for body in bodies:
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
        with contextlib.closing(connection):
            connection.request("POST", path, json.dumps(body), headers | {"Content-Type": "application/json"})
            if chance.random() < LOST_ANSWERS:
                continue  # it hangs up before the answer came
            answer = connection.getresponse()
            told = answer.read()
            if answer.status != 200:
                faults.append(f"{answer.status} {told[:200]}")


def company():
    """A lesson that began an hour ago, with eight observers."""
    from datetime import timedelta

    from django.utils.timezone import localtime, now

    from bench.together import company as team
    from lessonstudy.models import ResearchLesson
    from people.models import User

    plan, people = team()
    mark = uuid.uuid4().hex[:6]
    for n in range(OBSERVERS - len(people)):
        person = User.objects.create_user(f"kijkt-{mark}-{n}@school.example", None, name=f"Kijker {n}", joined_at=now())
        plan.cycle.members.create(person=person)
        people.append(person)
    began = now() - timedelta(hours=1)
    lesson = ResearchLesson.objects.create(
        cycle=plan.cycle, round=1, plan=plan, held_on=localtime(began).date(), starts="09:00", ends="10:00",
        began_at=began.replace(microsecond=0),
    )  # fmt: skip
    return lesson, people


def figures():
    """How many of 400 notes are stored once, in order and as they were meant; and how long it took."""
    process = Process("observing", "--workers=2", "plg_platform.wsgi").start()
    try:
        lesson, people = company()
        began = time.perf_counter()
        good = replay(lesson, people, pages=f"http://127.0.0.1:{process.port}", headers=signed_in)
        yield "cycle.replay_stored_once", good, f"notes of {OBSERVERS * NOTES}"
        yield "cycle.replay_s", time.perf_counter() - began, "s"
    finally:
        process.stop()


if __name__ == "__main__":  # on services that run already: DATABASE_URL, REDIS_URL, BASE_URL
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "plg_platform.settings")
    django.setup()
    for name, value, unit in figures():
        print(f"{name} {value:.4g} {unit}")
