"""`python -m bench`: floor and platform side by side on services of their own; prints figures, keeps var/bench.json.

Figures are processor time of server and database for a request, divided by
that of the floor, so that they hold on any machine.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
from itertools import chain
from pathlib import Path
from statistics import median

from bench import digest
from bench.processes import Server
from plg_platform import embedded

BASE = Path(__file__).resolve().parent.parent
HOUSE = "bench"
ROUNDS, REQUESTS, WARM_UP = 3, 80, 24
#: Modules beside this one that measure something of their own: `figures()` yields (name, value, unit).
MORE = ["imports", "planner", "live", "leader", "search", "together", "observing", "registration", "credentials"]
#: Of those the ones that fill databases of their own: asked for alone, they need neither the demo nor its pages.
APART = {"leader", "search", "credentials"}
#: Those that only reckon: they need no services, no demo and no platform.
RECKONING = ["allocation", "speeddate"]


def main():
    parser = argparse.ArgumentParser(description="Measure the platform.")
    parser.add_argument("--people", type=int, default=10_000, help="how many people stand behind the demo")
    parser.add_argument("--visits", type=int, default=2_000, help="over how many requests memory may not grow")
    parser.add_argument("--only", default="", help="measure only what begins with this name")
    parser.add_argument("--live-seconds", type=int, default=20, help="how long forty people are in one session")
    wish = parser.parse_args()
    os.environ["LIVE_SECONDS"] = str(wish.live_seconds)
    (BASE / "var").mkdir(exist_ok=True)
    alone = [name for name in RECKONING if wish.only and name.startswith(wish.only.partition(".")[0])]
    try:
        if alone:
            found = [tell(*figure) for figure in reckon(alone)]
        else:
            is_apart = wish.only in APART
            environment = prepare(0 if is_apart else wish.people)
            os.environ.clear()
            os.environ.update(environment)
            figures = [] if is_apart else measure(environment, wish.only, wish.visits)
            more = chain(measure_more(wish.only), [] if wish.only else reckon(RECKONING))
            found = [tell(*figure) for figure in chain(figures, more)]
    finally:
        if not alone:
            embedded.stop(HOUSE)
    kept = BASE / "var" / "bench.json"
    kept.write_text(json.dumps({name: {"value": value, "unit": unit} for name, value, unit in found}, indent=1))


def reckon(names):
    """The figures of what only reckons."""
    for name in names:
        yield from importlib.import_module(f"bench.{name}").figures()


def tell(name, value, unit):
    """Print a figure as it is found."""
    print(f"{name} {value:.4g} {unit}", flush=True)
    return name, value, unit


def prepare(people):
    """Services, migrated and filled: the demo, and so many people around it; without people nothing is.

    Returns the platform's environment.
    """
    urls = embedded.urls(HOUSE)
    production = {
        **{name: value for name, value in os.environ.items() if name not in ("DEBUG", "DEMO", "RELOAD")},
        **urls,
        "SECRET_KEY": "only-for-measuring-" + "x" * 40,
        "BASE_URL": "https://bench.example",
        "ALLOWED_HOSTS": "bench.example",
        "EMAIL_URL": "smtp://127.0.0.1:9",
        "STATIC_ROOT": str(BASE / "var" / "bench" / "static"),
        "FILES_ROOT": str(BASE / "var" / "bench" / "files"),
        "DEMO": "1",  # its people with a role need no second factor
        "SEARCHES_A_MINUTE": "1000000",
        "DB_MAX_AGE": "600",  # connections outlive the measurement: what they cost is read from them
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "plg_platform.settings",
    }
    developing = {**production, "DEBUG": "1"}
    if people:
        run("manage.py", "migrate", "--verbosity=0", environment=developing)
        run("manage.py", "demo", "--fresh", environment=developing)
        run("manage.py", "seed_scale", f"--people={people}", environment=developing)
    run("manage.py", "collectstatic", "--noinput", "--verbosity=0", environment=production)
    return production


def run(*command, environment):
    """Run a Python command to its end and return what it printed."""
    done = subprocess.run(
        [sys.executable, *command], cwd=BASE, env=environment, check=False, capture_output=True, text=True
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed.\n{done.stdout}{done.stderr}")
    return done.stdout


def measure(environment, only, visits):
    """The figures of pages, and of what stands with them in one database."""
    import django

    django.setup()
    from bench import pages

    floor_environment, headers = make_floor(environment)
    with (
        Server("bench.floor.wsgi", "floor", floor_environment) as floor,
        Server(
            "plg_platform.wsgi",
            embedded.DATABASE,
            environment,
            config="python:plg_platform.gunicorn",
            cache_pid=embedded.Valkey(HOUSE).client().info("server")["process_id"],
        ) as platform,
    ):
        floor.cost("/", headers, WARM_UP)
        for page in pages.all():
            if not page.name.startswith(only):
                continue
            platform.cost(page.path, page.headers, WARM_UP)
            ratios = [
                platform.cost(page.path, page.headers, REQUESTS) / floor.cost("/", headers, REQUESTS)
                for _round in range(ROUNDS)
            ]
            yield f"{page.name}.cpu_floor", median(ratios), "ratio"
            yield f"{page.name}.queries", page.queries(), "queries"
            yield f"{page.name}.html_kb", platform.get(page.path, page.headers) / 1000, "kB"
        yield "floor.cpu_ms", median(floor.cost("/", headers, REQUESTS) for _round in range(ROUNDS)), "ms"
        yield "worker.rss_mb", platform.rss_mb(), "MB"
        if "worker".startswith(only) or only.startswith("worker"):
            yield "worker.rss_growth_mb", growth(platform, pages.all(), visits), "MB"
        if "digest".startswith(only) or only.startswith("digest"):
            yield from digest.figures(HOUSE, lambda: floor.cost("/", headers, REQUESTS))


def measure_more(only):
    """The figures of the modules beside this one."""
    for name in MORE:
        if name.startswith(only):
            yield from importlib.import_module(f"bench.{name}").figures()


def growth(platform, measured, visits):
    """By how many MB the memory of the workers grew over so many requests, once they were warm."""
    for page in measured:
        platform.visit(page.path, page.headers, WARM_UP * 2)
    before = platform.rss_mb()
    for n in range(visits // 100):
        page = measured[n % len(measured)]
        platform.visit(page.path, page.headers, 100)
    return platform.rss_mb() - before


def make_floor(environment):
    """The floor's database, person and session: (environment, headers of a request)."""
    postgres = embedded.Postgres(HOUSE)
    with postgres.superuser() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = 'floor'")
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE floor OWNER {embedded.OWNER}")
    floor = {**environment, "FLOOR_HOST": str(postgres.sockets), "DJANGO_SETTINGS_MODULE": "bench.floor.settings"}
    key = run("-m", "bench.floor.fill", environment=floor).strip()
    return floor, {"Cookie": f"sessionid={key}"}


if __name__ == "__main__":
    main()
