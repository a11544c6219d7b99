"""A hundred thousand resources with real Dutch text, searched by ten people at the same time.

`python -m bench.hub_scale PART` does one part in a database of its own; `figures` runs them one after the other.
"""

import contextlib
import gzip
import io
import json
import os
import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from statistics import quantiles
from urllib.parse import urlencode

from bench.hub_search import FOLDER
from bench.processes import BASE

DATABASE = "hub_scale"
RESOURCES = int(os.environ.get("HUB_RESOURCES", "100000"))
USERS, ROUNDS, AT_ONCE = 10, 30, 2000
#: Word -> in one of so many; each is asked for, alone and with a box ticked.
PLANTED = {"kikkervisje": 10_000, "schatkist": 100, "getallenlijn": 3}
ASKED = {
    "rare": [{"q": "kikkervisjes"}, {"q": "kikkervisjes", "kind": "video"}],
    "usual": [{"q": "schatkisten"}, {"q": "schatkisten", "may": "adapt"}],
    "common": [{"q": "getallenlijnen"}, {"q": "getallenlijnen", "kind": "lesson"}],
    "several": [{"q": "kinderen leren rekenen met geld"}, {"q": "natuur en milieu in de wijk", "kind": "practice"}],
}
TYPED = ["kik", "schat", "getal", "natuur en mil", "re", "kinderen ler"]


def fill():
    """Resources of two halves of real pages each, with their files' text; every third has the common word."""
    from django.db import connection
    from django.utils.timezone import now

    from core.text import sort_key
    from knowledgehub.choices import Kind
    from knowledgehub.finding import facets, index, weighing
    from knowledgehub.finding.models import Entry
    from knowledgehub.models import Author, Resource, ResourceVersion, Term
    from organisations.models import Network, School
    from people.models import User

    chance, today = random.Random(7), now()
    terms = Term.objects.bulk_create(
        Term(vocabulary=name, key=f"{name}{n}", label=f"{label} {n}", sort_name=f"{label} {n}", position=n)
        for name, label, count in (("level", "groep", 8), ("subject", "vak", 12))
        for n in range(1, count + 1)
    )
    networks = list(Network.objects.values_list("pk", flat=True)[:5])
    schools = list(School.objects.values_list("pk", "board_id")[:50])
    people = list(User.objects.order_by("pk").values_list("pk", flat=True)[:2000])
    pages = read_pages()
    halves = [weighing.counted(half) for _title, *both in pages for half in both]
    titles = [weighing.counted(title) for title, *_both in pages]
    planted = {word: weighing.counted(word)[0] for word in PLANTED}
    written, licences = 0, ["cc-by-40", "cc-by-sa-40", "cc-by-nd-40", "here"]
    with owner() as cursor:
        cursor.execute("DROP INDEX IF EXISTS hub_by_words")
    for begin in range(0, RESOURCES, AT_ONCE):
        rows, numbers = [], range(begin, min(begin + AT_ONCE, RESOURCES))
        for n in numbers:
            one, other = pages[n % len(pages)], pages[(n * 7 + n // len(pages)) % len(pages)]
            licence, at = licences[n % 4], today - timedelta(minutes=5 * (RESOURCES - n))
            door = {8: {"audience": "network", "network_id": networks[n % len(networks)]}} if networks else {}
            door[9] = {"audience": "school", "school_id": schools[n % len(schools)][0]}
            place = door.get(n % 10) or {"audience": "public" if n % 10 > 6 and licence != "here" else "members"}
            row = Resource(
                title=one[0][:140], sort_name=sort_key(one[0]), summary=one[1][:300], kind=list(Kind)[n % 9],
                licence=licence, published_at=at, created_at=at, created_by_id=people[n % len(people)], used=n % 7,
                used_last_on=at.date(),
                **place,
            )  # fmt: skip
            row.extra = [word for word, each in PLANTED.items() if n % each == 0]
            row.text = "\n".join([one[1], other[2], *row.extra])
            written += len(row.title) + len(row.summary) + len(row.text)
            rows.append(row)
        rows = Resource.objects.bulk_create(rows)
        versions = ResourceVersion.objects.bulk_create(
            ResourceVersion(resource=row, number=1, title=row.title, summary=row.summary, text=row.text,
                            published_at=row.published_at) for row in rows
        )  # fmt: skip
        for row, version in zip(rows, versions, strict=True):
            row.current, row.state = version, "published"
        Resource.objects.bulk_update(rows, ["current", "state"])
        Author.objects.bulk_create(Author(resource=row, person_id=row.created_by_id) for row in rows)
        own = {row.pk: (chance.choice(terms[:8]), chance.choice(terms[8:])) for row in rows}
        through = Resource.terms.through
        through.objects.bulk_create(
            through(resource_id=pk, term_id=term.pk) for pk, both in own.items() for term in both
        )
        lines, seen = [], set()
        for n, row in zip(numbers, rows, strict=True):
            counts, length = (
                halves[2 * (n % len(pages))][0] + halves[2 * ((n * 7 + n // len(pages)) % len(pages)) + 1][0],
                170,
            )
            for word in row.extra:
                counts = counts + planted[word]
            weighed = weighing.summed(
                {"title": titles[n % len(pages)], "summary": halves[2 * (n % len(pages))], "text": (counts, length)}
            )
            seen.update(weighed)
            numbers_of = [facets.KINDS[row.kind], facets.MAY[("adapt", "adapt", "use", "here")[n % 4]], -30]
            school, board = schools[n % len(schools)]
            values = {
                "resource_id": row.pk, "door": door_of(row), "makers": [row.created_by_id], "at": row.published_at,
                "facets": sorted([*numbers_of, *(term.pk for term in own[row.pk])]), "community_id": None,
                "schools": [school], "boards": [board] if board else [], "theme": "", "used": row.used,
                "impacts": weighing.codes(weighed), "digest": "bench",
            }  # fmt: skip
            from plg_platform.demo.scale import text

            lines.append("\t".join(map(text, values.values())))
        index._know(seen)
        with connection.cursor() as cursor:
            names = ", ".join(values)
            cursor.copy_expert(f"COPY finding_entry ({names}) FROM STDIN", io.StringIO("\n".join(lines) + "\n"))
        print(begin + len(rows), file=sys.stderr, flush=True)
    with owner() as cursor:
        words = next(each for each in Entry._meta.indexes if each.name == "hub_by_words")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(str(words.create_sql(Entry, connection.schema_editor())))
    index.count_words()
    with owner() as cursor:
        for table in ("finding_entry", "finding_word", "knowledgehub_resource", "knowledgehub_resourceversion"):
            cursor.execute(f"VACUUM ANALYZE {table}")
        cursor.execute("SELECT pg_total_relation_size('finding_entry') + pg_total_relation_size('finding_word')")
        size = cursor.fetchone()[0]
    return {"resources": RESOURCES, "index_mb": size / 1e6, "text_mb": written / 1e6, "ratio": size / written}


def door_of(row):
    """What the database makes of its audience."""
    return {"network": f"n{row.network_id}", "school": f"s{row.school_id}", "public": "w"}.get(row.audience, "m")


def read_pages():
    """[(title, first half, second half)] of real pages."""
    with gzip.open(FOLDER / "long_dutch_pages.jsonl.gz", "rt") as lines:
        pages = [json.loads(line) for line in lines]
    found = []
    for page in pages:
        words = page["body"].split()
        found.append((page["title"], " ".join(words[: len(words) // 2]), " ".join(words[len(words) // 2 :])))
    return found


@contextlib.contextmanager
def owner():
    """A cursor that may change tables, and asks at once."""
    import psycopg2

    with contextlib.closing(psycopg2.connect(os.environ["DATABASE_OWNER_URL"])) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor


def reader():
    """Headers of somebody who is signed in, and the paths that are asked for."""
    from django.test import Client
    from django.urls import reverse

    from bench.pages import HOST, Page
    from people.models import User

    client = Client(headers={"host": HOST})
    client.force_login(User.objects.order_by("pk")[100], backend="people.backends.PersonBackend")
    session = client.session
    session["demo"] = True
    session.save()
    hub, suggest = reverse("finding:index"), reverse("finding:suggest")
    paths = {name: [f"{hub}?{urlencode(asked)}" for asked in each] for name, each in ASKED.items()}
    page = Page("hub", paths["usual"][0], client)
    return {
        "headers": page.headers,
        "queries": page.queries(),
        "paths": paths,
        "suggest": [f"{suggest}?{urlencode({'q': typed})}" for typed in TYPED],
    }


def figures(house="bench"):
    """`search.{rare,usual,common,several}_p95_ms`, `.p95_ms` of all, `.suggest_p95_ms`, `.cpu_ms`, `.index_ratio`."""
    from bench.leader import filled
    from bench.processes import Server

    environment = filled(house, DATABASE, ["--people=2000"]) | {"SEARCHES_A_MINUTE": "1000000"}
    size = part("fill", environment)
    yield "search.index_ratio", size["ratio"], "of text"
    asked = part("reader", environment)
    with Server("plg_platform.wsgi", DATABASE, environment, config="python:plg_platform.gunicorn") as server:
        yield from asking(server, asked)


def part(name, environment, module="bench.hub_scale"):
    """One part in a process of that database."""
    command = [sys.executable, "-m", module, name]
    done = subprocess.run(command, cwd=BASE, env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout.splitlines()[-1])


def asking(server, asked):
    """Ten people, each asking again as soon as she has her answer."""
    headers = asked["headers"]
    took = {name: at_once(server, paths, headers) for name, paths in asked["paths"].items()}
    for name, each in took.items():
        yield f"search.{name}_p95_ms", quantiles(each, n=20)[-1], "ms"
    before = server.spent()
    mixed = at_once(server, [path for paths in asked["paths"].values() for path in paths], headers)
    yield "search.p95_ms", quantiles(mixed, n=20)[-1], "ms"
    yield "search.cpu_ms", 1000 * (server.spent() - before) / len(mixed), "ms"
    suggested = at_once(server, asked["suggest"], headers)
    yield "search.suggest_p95_ms", quantiles(suggested, n=20)[-1], "ms"
    yield "search.queries", asked["queries"], "queries"


def at_once(server, paths, headers):
    """Milliseconds of each request."""
    for path in paths * 4:
        server.get(path, headers)

    def one(n):
        began = time.perf_counter()
        server.get(paths[n % len(paths)], headers)
        return (time.perf_counter() - began) * 1000

    with ThreadPoolExecutor(USERS) as users:
        return list(users.map(one, range(USERS * ROUNDS)))


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"fill": fill, "reader": reader}[sys.argv[1]]()))
