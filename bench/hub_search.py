"""The search of the KennisHub: how good it is on judged questions, and how quick among a hundred thousand resources."""

import csv
import math
import random
from collections import defaultdict
from datetime import timedelta
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "search"

#: What Django's `SearchVector("title", "summary", config="dutch")` asks, made once for all questions.
PLAIN = """CREATE TEMP TABLE plainly AS
    SELECT id, to_tsvector('dutch', title || ' ' || summary) AS words FROM knowledgehub_resource"""
PLAINLY = """SELECT id FROM plainly, plainto_tsquery('dutch', %s) query WHERE words @@ query
    ORDER BY ts_rank(words, query) DESC, id LIMIT 100"""


def judged(person):
    """(who asks, questions, {question: good texts}, {id of a resource: text}), with every text as a resource."""
    from django.utils.timezone import now

    from core.text import sort_key
    from knowledgehub.finding import index
    from knowledgehub.models import Resource, ResourceVersion

    texts = tabbed("corpus.tsv")
    random.Random(7).shuffle(texts)  # the answers stand in front of it, and of two that say as much the first is shown
    at = now() - timedelta(days=1)
    resources = Resource.objects.bulk_create(
        Resource(title=title_of(text), sort_name=sort_key(title_of(text)), summary=text if len(text) > 140 else "",
                 kind="lesson", licence="cc-by-40", audience="members", published_at=at)
        for _name, text in texts
    )  # fmt: skip
    versions = ResourceVersion.objects.bulk_create(
        ResourceVersion(resource=row, number=1, title=row.title, summary=row.summary, published_at=at)
        for row in resources
    )
    for row, version in zip(resources, versions, strict=True):
        row.current, row.state = version, "published"
    Resource.objects.bulk_update(resources, ["current", "state"], batch_size=1000)
    index.heal()
    names = {row.pk: name for row, (name, _text) in zip(resources, texts, strict=True)}
    answers = defaultdict(set)
    for line in (FOLDER / "qrels_dev.trec").read_text().splitlines():
        question, _zero, text, is_good = line.split()
        if int(is_good):
            answers[question].add(text)
    return person, tabbed("queries_dev.tsv"), answers, names


def title_of(text):
    """What a maker would have put above it: as much of its beginning as a title holds."""
    return text if len(text) <= 140 else text[:140].rsplit(" ", 1)[0]


def quality(asked):
    """`search.ndcg10`, `.recall100`, `.empty`, and `.plain_ndcg10` of PostgreSQL's own `dutch`."""
    from django.db import connection

    from core import dutch
    from knowledgehub.finding import finding

    person, questions, answers, names = asked
    ours, plain = {}, {}
    with connection.cursor() as cursor:
        cursor.execute(PLAIN)
    for name, text in questions:
        found = finding.find(person, dutch.asked(text, typing=False))
        ours[name] = [names[hit.pk] for hit in found.hits[:100]]
        with connection.cursor() as cursor:
            cursor.execute(PLAINLY, [text])
            plain[name] = [names[pk] for (pk,) in cursor.fetchall()]
    for kind, found in (("", ours), ("plain_", plain)):
        gain, recall, empty = scores(found, answers)
        yield f"search.{kind}ndcg10", gain, "score"
        yield f"search.{kind}recall100", recall, "score"
        yield f"search.{kind}empty", empty, "questions"


def scores(found, answers):
    """(mean nDCG@10, mean recall@100, questions without any answer)."""
    gain = recall = empty = 0
    for name, texts in found.items():
        good = answers[name]
        best = sum(1 / math.log2(place + 2) for place in range(min(10, len(good))))
        gain += sum(1 / math.log2(place + 2) for place, text in enumerate(texts[:10]) if text in good) / best
        recall += len(good.intersection(texts)) / len(good)
        empty += not texts
    return gain / len(found), recall / len(found), empty


def tabbed(name):
    with (FOLDER / name).open(newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
