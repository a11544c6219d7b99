"""Pages of figures at scale: a board of 57 schools with two million rows of hours, and all primary schools.

Each on a database of its own, filled by `seed_scale`; the months of the board are closed as the worker closes them. A
page is asked for over HTTP by one reader after the other, theme by theme and year by year, as nothing of it is kept.
"""

import json
import os
import subprocess
import sys
import time
from itertools import cycle, islice
from statistics import median, quantiles

from bench.digest import elsewhere
from bench.processes import BASE, Server
from plg_platform import embedded

PLACES = {
    "board": ["--people=2000", "--boards=1", "--schools=57", "--years=5", "--rows=1000"],
    "national": ["--people=130000", "--boards=749", "--schools=6122", "--years=5"],
}
ROUNDS, REQUESTS = 3, 100  # after one that warms up


def figures(house="bench"):
    """`leader.board_p95_ms` and `leader.national_p95_ms`, each with its processor time and queries."""
    for place, size in PLACES.items():
        environment = filled(house, f"leader_{place}", size)
        page = part(place, environment=environment)
        with Server(
            "plg_platform.wsgi", f"leader_{place}", environment, config="python:plg_platform.gunicorn"
        ) as server:
            asked = list(islice(cycle(page["paths"]), REQUESTS))
            before = server.spent()
            rounds = [[once(server, path, page["headers"]) for path in asked] for _round in range(1 + ROUNDS)]
            spent = (server.spent() - before) / (len(rounds) * REQUESTS)
        yield f"leader.{place}_p95_ms", median(quantiles(took, n=20)[-1] for took in rounds[1:]), "ms"
        yield f"leader.{place}.cpu_ms", 1000 * spent, "ms"  # also where the machine has other things to do
        yield f"leader.{place}.queries", page["queries"], "queries"


def once(server, path, headers):
    began = time.perf_counter()
    server.get(path, headers)
    return (time.perf_counter() - began) * 1000


def filled(house, database, size):
    """The environment of a database of this size."""
    with embedded.Postgres(house).superuser() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {database}")
        cursor.execute(f"CREATE DATABASE {database} OWNER {embedded.OWNER}")
    urls = {name: url for name, url in embedded.urls(house).items() if name != "REDIS_URL"}
    for name, url in urls.items():
        urls[name] = elsewhere(url, database)
    for command in (["migrate", "--verbosity=0"], ["seed_scale", "--quiet", *size]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=BASE,
            env={**os.environ, **urls, "DEBUG": "1"},
            check=True,
            stdout=sys.stderr,
        )
    return {**os.environ, **urls}


def part(place, *, environment):
    """Who looks, and at what: made in a process of that database."""
    command = [sys.executable, "-m", "bench.leader", place]
    return json.loads(subprocess.run(command, cwd=BASE, env=environment, check=True, stdout=subprocess.PIPE).stdout)


def reader(place):
    """An administrator of that board, or of the platform, who is signed in: paths, headers, queries of a page."""
    from django.test import Client
    from django.urls import reverse

    from bench.pages import HOST, Page
    from core.time import today
    from organisations.models import Board, Role
    from people.calendar import school_year
    from people.models import User

    board = Board.objects.get() if place == "board" else None
    person = User.objects.order_by("pk").last()
    Role.objects.get_or_create(person=person, kind="board_admin" if board else "platform_admin", board=board)
    client = Client(headers={"host": HOST})
    client.force_login(person, backend="people.backends.PersonBackend")
    session = client.session
    session["demo"] = True  # no second factor asked
    session.save()
    path = reverse("participation:board", args=[board.pk]) if board else reverse("participation:nation")
    year = school_year(today())
    page = Page("leader", path, client)
    paths = [path, *(f"{path}?year={year - n}&theme={theme}" for n in range(3) for theme in ("", "maths", "reading"))]
    return {"paths": paths, "headers": page.headers, "queries": page.queries()}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(reader(sys.argv[1])))
