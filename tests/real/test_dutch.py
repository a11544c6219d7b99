"""The normaliser on real Dutch: judged questions about curriculum texts, and long pages."""

import csv
import gzip
import json
import math
import os
import time
from collections import defaultdict
from pathlib import Path

import pytest
from django.db import connection
from psycopg2.extras import execute_values

from core import dutch
from core.dutch.vector import WEIGHTS

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "search"
pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not FOLDER.is_dir() and not os.environ.get("CI"), reason="../shared/data is absent"),
]


@pytest.fixture
def judged(db):
    """(questions, which texts answer each, a cursor on a table with all texts)."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE judged (id text, ours tsvector, plain tsvector)")
        rows = [(name, dutch.vector("", text), text) for name, text in _tabbed("corpus.tsv")]
        execute_values(
            cursor.cursor, "INSERT INTO judged VALUES %s", rows, "(%s, %s::tsvector, to_tsvector('dutch', %s))"
        )
        answers = defaultdict(set)
        for line in (FOLDER / "qrels_dev.trec").read_text().splitlines():
            question, _zero, text, is_good = line.split()
            if int(is_good):
                answers[question].add(text)
        yield _tabbed("queries_dev.tsv"), answers, cursor


def test_it_finds_what_plain_dutch_does_not(judged, record_property):
    questions, answers, cursor = judged
    ours, plain = {}, {}
    for name, text in questions:
        words = dutch.asked(text, typing=False).loose
        ours[name] = _found(cursor, "ours", "%s::tsquery", words) if words else []
        plain[name] = _found(cursor, "plain", "plainto_tsquery('dutch', %s)", text)
    ours, plain = _scores(ours, answers), _scores(plain, answers)
    print(f"\nnormaliser: nDCG@10 {ours[0]:.3f}, recall@100 {ours[1]:.3f}, empty {ours[2]}")
    print(f"plain dutch: nDCG@10 {plain[0]:.3f}, recall@100 {plain[1]:.3f}, empty {plain[2]}")
    assert ours[0] > plain[0] + 0.05
    assert ours[1] > plain[1] + 0.25
    assert ours[2] < plain[2] / 5


def test_long_pages_are_quick_and_all_of_their_words_are_found():
    with gzip.open(FOLDER / "long_dutch_pages.jsonl.gz", "rt") as lines:
        pages = [json.loads(line) for line, _n in zip(lines, range(300), strict=False)]
    begin = time.process_time()
    for page in pages:
        keys = dutch.vector(page["title"], page["body"])
        question = dutch.asked(page["title"], typing=False)
        for term in question.wanted:
            assert any(f"'{key}':" in keys for key in term.own), (page["title"], term.word)
    print(f"\n{len(pages)} pages of 300 words: {(time.process_time() - begin) * 1000 / len(pages):.1f} ms each")


def _found(cursor, column, query, words):
    cursor.execute(
        f"SELECT id FROM judged WHERE {column} @@ {query}"
        f" ORDER BY ts_rank(%s::real[], {column}, {query}) DESC, id LIMIT 100",
        [words, WEIGHTS, words],
    )
    return [row[0] for row in cursor.fetchall()]


def _scores(found, answers):
    """(mean nDCG@10, mean recall@100, questions without any answer)."""
    gain = recall = empty = 0
    for name, texts in found.items():
        good = answers[name]
        best = sum(1 / math.log2(place + 2) for place in range(min(10, len(good))))
        gain += sum(1 / math.log2(place + 2) for place, text in enumerate(texts[:10]) if text in good) / best
        recall += len(good.intersection(texts)) / len(good)
        empty += not texts
    return gain / len(found), recall / len(found), empty


def _tabbed(name):
    with (FOLDER / name).open(newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
