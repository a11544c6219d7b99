"""A hundred thousand resources with real Dutch text, searched by ten people at the same time.

`python -m bench.hub_scale PART` does one part in a database of its own; `figures` runs them one after the other.
"""

import contextlib
import gzip
import json
import os
import random
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import cache
from itertools import cycle, islice
from statistics import quantiles
from urllib.parse import urlencode
from uuid import UUID

from bench.hub_search import FOLDER
from bench.processes import BASE, seconds, titles

DATABASE = "hub_scale"
RESOURCES = int(os.environ.get("HUB_RESOURCES", "100000"))
USERS, REQUESTS, AT_ONCE = 10, 300, 5000
#: Word -> in one of so many.
PLANTED = {"kikkervisje": 10_000, "schatkist": 100, "getallenlijn": 3}
#: What is asked once more and once more, beside words that are asked once.
AGAIN = [
    {"q": "kikkervisjes"}, {"q": "kikkervisjes", "kind": "video"}, {"q": "schatkisten"},
    {"q": "schatkisten", "may": "adapt"}, {"q": "getallenlijnen"}, {"q": "getallenlijnen", "kind": "lesson"},
    {"q": "kinderen leren rekenen met geld"}, {"q": "natuur en milieu in de wijk", "kind": "practice"},
]  # fmt: skip
#: Name -> in which part of all resources a word of this sort stands.
SORTS = {"rare": (0.0001, 0.001), "usual": (0.005, 0.03), "common": (0.28, 0.7)}
TICKED = [{}, {"kind": "video"}, {}, {"may": "adapt"}]
SYNONYMS = 200


def fill():
    """Resources of two halves of real pages each, as COPY writes them; every third has the common word."""
    from django.db import connection, transaction
    from django.utils.timezone import now

    from core.text import sort_key
    from knowledgehub.choices import Kind
    from knowledgehub.finding import facets, index, weighing
    from knowledgehub.finding.models import Entry, Synonym, Word
    from knowledgehub.models import Author, Resource, ResourceVersion, Term
    from organisations.models import Network, School
    from people.models import User
    from plg_platform.demo.scale import Table

    chance, today, kinds = random.Random(7), now(), list(Kind)
    terms = Term.objects.bulk_create(
        Term(vocabulary=name, key=f"{name}{n}", label=f"{label} {n}", sort_name=f"{label} {n}", position=n)
        for name, label, count in (("level", "groep", 8), ("subject", "vak", 12))
        for n in range(1, count + 1)
    )
    networks = list(Network.objects.values_list("pk", flat=True)[:5])
    schools = list(School.objects.values_list("pk", "board_id")[:50])
    people = list(User.objects.order_by("pk").values_list("pk", flat=True)[:2000])
    pages = read_pages()
    counted = [[weighing.counted(part)[0] for part in page] for page in pages]
    planted = {word: weighing.counted(word)[0] for word in PLANTED}
    licences = ["cc-by-40", "cc-by-sa-40", "cc-by-nd-40", "here"]
    tables = {model: Table(model) for model in (Resource, ResourceVersion, Author, Resource.terms.through)}
    first, version, keys, written = tables[Resource].first, tables[ResourceVersion].first, set(), 0
    Synonym.objects.bulk_create(Synonym(words=f"{one}, {other}") for one, other in pairs(pages, chance))

    @cache
    def code(key, weight):
        return weighing.code(key, min(weighing.STEPS - 1, int(weight * weighing.STEPS)))

    def made(n):
        """(the resource, its text, what the index holds of it)."""
        one, other = n % len(pages), (n * 7 + n // len(pages)) % len(pages)
        licence, at, person = licences[n % 4], today - timedelta(minutes=5 * (RESOURCES - n)), people[n % len(people)]
        school, board = schools[n % len(schools)]
        own = [chance.choice(terms[:8]).pk, chance.choice(terms[8:]).pk]
        place = {"audience": "public" if n % 10 in (6, 7) and licence != "here" else "members"}
        if n % 10 == 8 and networks:
            place = {"audience": "network", "network_id": networks[n % len(networks)]}
        elif n % 10 == 9:
            place = {"audience": "school", "school_id": school}
        extra = [word for word, each in PLANTED.items() if n % each == 0]
        title, summary = pages[one][0][:140], pages[one][1][:300]
        text = "\n".join([pages[one][1], pages[other][2], *extra])
        row = {
            "key": UUID(int=n + 1), "title": title, "sort_name": sort_key(title), "summary": summary,
            "kind": kinds[n % len(kinds)], "licence": licence, "published_at": at, "created_at": at, "used": n % 7,
            "used_last_on": at.date(), "created_by_id": person, "state": "published", "current_id": version + n,
            **place,
        }  # fmt: skip
        words = Counter(counted[one][1])
        for more in (counted[other][2], *(planted[word] for word in extra)):
            words.update(more)
        keys.update(words)
        weighed = weighing.summed(
            {"title": (counted[one][0], 5), "summary": (counted[one][1], 45), "text": (words, 170)}
        )
        may = facets.MAY[("adapt", "adapt", "use", "here")[n % 4]]
        entry = {
            "resource_id": first + n, "door": door_of(place), "makers": [person], "at": at,
            "facets": sorted([facets.KINDS[row["kind"]], may, facets.LANGUAGES["nl"], *own]),
            "schools": [school], "boards": [board] if board else [], "used": n % 7,
            "impacts": sorted(code(key, round(weight, 3)) for key, weight in weighed.items()),
            "digest": UUID(int=n).hex,
        }  # fmt: skip
        return row, text, entry, own

    with owner() as cursor:
        cursor.execute("DROP INDEX IF EXISTS hub_by_words")
    entries = Table(Entry)
    for begin in range(0, RESOURCES, AT_ONCE):
        rows = [made(n) for n in range(begin, min(begin + AT_ONCE, RESOURCES))]
        written += sum(len(row["title"]) + len(row["summary"]) + len(text) for row, text, *_rest in rows)
        with transaction.atomic():
            tables[Resource].write(row for row, *_rest in rows)
            tables[ResourceVersion].write(
                {"resource_id": first + begin + n, "number": 1, "title": row["title"], "summary": row["summary"],
                 "text": text, "published_at": row["published_at"]}
                for n, (row, text, *_rest) in enumerate(rows)
            )  # fmt: skip
            tables[Author].write(
                {"resource_id": entry["resource_id"], "person_id": row["created_by_id"]}
                for row, _text, entry, _own in rows
            )
            tables[Resource.terms.through].write(
                {"resource_id": entry["resource_id"], "term_id": term}
                for _row, _text, entry, own in rows
                for term in own
            )
            entries.write(entry for _row, _text, entry, _own in rows)
        for table in tables.values():
            table.first += len(rows) * (2 if table is tables[Resource.terms.through] else 1)
        print(begin + len(rows), file=sys.stderr, flush=True)
    index._know(keys | {key for one in counted for key in one[0]})
    with owner() as cursor:
        words = next(each for each in Entry._meta.indexes if each.name == "hub_by_words")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(str(words.create_sql(Entry, connection.schema_editor())))
    index.count_words()
    with owner() as cursor:
        for model in (Entry, Word, *tables):
            cursor.execute(f"VACUUM ANALYZE {model._meta.db_table}")
        cursor.execute("SELECT pg_total_relation_size('finding_entry') + pg_total_relation_size('finding_word')")
        size = cursor.fetchone()[0]
    return {"index_mb": size / 1e6, "text_mb": written / 1e6, "ratio": size / written}


def pairs(pages, chance):
    """Words that mean the same, as an administrator would have set some hundreds."""
    words = sorted({word for title, *_both in pages for word in title.lower().split() if word.isalpha()})
    return [chance.sample(words, 2) for _n in range(SYNONYMS)]


def door_of(place):
    """What the database makes of its audience."""
    return {"network": f"n{place.get('network_id')}", "school": f"s{place.get('school_id')}", "public": "w"}.get(
        place["audience"], "m"
    )


def read_pages():
    """[(title, first half, second half)] of real pages."""
    with gzip.open(FOLDER / "long_dutch_pages.jsonl.gz", "rt") as lines:
        pages = [json.loads(line) for line in lines]
    found = []
    for page in pages:
        words = page["body"].split()
        half = len(words) // 2
        found.append((" ".join(page["title"].split()), " ".join(words[:half]), " ".join(words[half:])))
    return found


@contextlib.contextmanager
def owner():
    """A cursor that may change tables, and asks at once."""
    import psycopg2

    with contextlib.closing(psycopg2.connect(os.environ["DATABASE_OWNER_URL"])) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            yield cursor


# Who asks ------------------------------------------------------------------------------------------
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
    asked = questions()
    paths = {
        name: [f"{hub}?{urlencode({'q': words, **more})}" for more in TICKED for words in each]
        for name, each in asked.items()
    }
    paths["again"] = [f"{hub}?{urlencode(each)}" for each in AGAIN]
    typed = [words[:length] for length in (2, 3, 5, 12) for each in asked.values() for words in each]
    page = Page("hub", paths["usual"][0], client)
    return {
        "headers": page.headers,
        "queries": page.queries(),
        "paths": paths,
        "suggest": [f"{suggest}?{urlencode({'q': words})}" for words in dict.fromkeys(typed)],
    }


def questions(each=75):
    """{sort: so many questions}: words by how many resources have them, parts of titles, words with a slip in them."""
    from core import dutch
    from knowledgehub.finding.models import Word

    chance = random.Random(11)
    often = {key: sum(counts) / RESOURCES for key, counts in Word.objects.values_list("key", "counts")}
    pages = read_pages()
    words = sorted({word for page in pages[::7] for part in page for word in part.split() if word.isalpha()})
    found = {name: [] for name in SORTS}
    for word in chance.sample(words, len(words)):
        keys = dutch.keys_of(dutch.fold(word))[0]
        part = max(often.get(key, 0) for key in keys)
        for name, (least, most) in SORTS.items():
            if least <= part <= most and len(word) > 3 and dutch.fold(word) not in dutch.STOP:
                found[name].append(word)
    titles_of = [title.split() for title, *_both in pages if len(title.split()) > 3]
    found["several"] = [" ".join(title[:4]) for title in chance.sample(titles_of, each)]
    found["slip"] = [f"{word[:3]}{word[4]}{word[3]}{word[5:]}" for word in found["usual"] if len(word) > 7]
    return {name: rows[:each] for name, rows in found.items()}


# How long it takes -----------------------------------------------------------------------------------
def figures(house="bench"):
    """`search.{rare,usual,common,several,slip,again}_p95_ms`, `.p95_ms` of all, `.suggest_p95_ms`, `.index_ratio`."""
    from bench.leader import filled
    from bench.processes import Server

    environment = filled(house, DATABASE, ["--people=2000"]) | {"SEARCHES_A_MINUTE": "1000000"}
    size = part("fill", environment | {"DATABASE_URL": environment["DATABASE_OWNER_URL"]})
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
    """Ten people, each asking again as soon as she has her answer; nobody asks what was asked before, but `again`."""
    headers, paths = asked["headers"], asked["paths"]
    for name, each in paths.items():
        yield f"search.{name}_p95_ms", p95(at_once(server, each, headers)), "ms"
    mixed = [path for name in paths if name != "again" for path in paths[name]]
    random.Random(3).shuffle(mixed)
    spent, database = server.spent(), of_database()
    took = at_once(server, mixed, headers)
    yield "search.p95_ms", p95(took), "ms"
    yield "search.cpu_ms", 1000 * (server.spent() - spent) / len(took), "ms"
    yield "search.database_ms", 1000 * (of_database() - database) / len(took), "ms"
    yield "search.suggest_p95_ms", p95(at_once(server, asked["suggest"], headers)), "ms"
    yield "search.queries", asked["queries"], "queries"
    yield "search.load", os.getloadavg()[0], "processes"


def p95(took):
    return quantiles(took, n=20)[-1]


def of_database():
    """Processor time of the database's connections, in seconds."""
    return sum(seconds(pid) for pid, title in titles() if title.startswith("postgres:") and f" {DATABASE} " in title)


def at_once(server, paths, headers):
    """Milliseconds of each request, of ten people at once."""
    for path in paths[: 2 * USERS]:  # wakes the workers
        server.get(path, headers)

    def one(path):
        began = time.perf_counter()
        server.get(path, headers)
        return (time.perf_counter() - began) * 1000

    with ThreadPoolExecutor(USERS) as users:
        return list(users.map(one, islice(cycle(paths), REQUESTS)))


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"fill": fill, "reader": reader}[sys.argv[1]]()))
