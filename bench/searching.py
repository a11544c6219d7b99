"""A hundred thousand texts in one PLG to search in: Dutch words as often as in real texts, a few at known places."""

import contextlib
import io
import os
import random
from datetime import timedelta

import psycopg2
from django.db import connection
from django.utils.timezone import now

from communities.search.models import SearchText
from communities.search.registry import members
from core import dutch
from plg_platform.demo import scale

TEXTS, DISTINCT, WORDS = 100_000, 20_000, 55
VOCABULARY, SAYS_SOMETHING = 8_000, 0.55  # words; how many of a text are none of those that stand everywhere
#: Word -> in each so many texts.
PLANTED = {"kikkervisje": 10_000, "schatkist": 100, "getallenlijn": 10, "leerling": 3}
ASKED = {"rare": "kikkervisjes", "usual": "schatkisten", "common": "getallenlijnen"}


def asked_in(community):
    """What is asked there, as (how often it occurs, word); filled once."""
    if not SearchText.objects.filter(unit="bench").exists():
        _fill(community)
    return ASKED.items()


def _fill(community):
    """The texts belong to nothing: a page of results asks only the index."""
    with contextlib.closing(psycopg2.connect(os.environ["DATABASE_OWNER_URL"])) as owner, owner.cursor() as cursor:
        owner.autocommit = True
        cursor.execute("DROP INDEX IF EXISTS found_by_words")  # row by row it takes ten times as long
        names, lines = "", []
        for row in _rows(community):
            names = ", ".join(row)
            lines.append("\t".join(map(scale.text, row.values())))
        cursor.copy_expert(f"COPY search_searchtext ({names}) FROM STDIN", io.StringIO("\n".join(lines) + "\n"))
        index = next(index for index in SearchText._meta.indexes if index.name == "found_by_words")
        cursor.execute(str(index.create_sql(SearchText, connection.schema_editor())))
        cursor.execute("VACUUM ANALYZE search_searchtext")


def _rows(community):
    chance = random.Random(7)
    vocabulary = _vocabulary(chance)
    often = [1 / (n + 5) for n in range(len(vocabulary))]
    small, base = sorted(dutch.STOP), []
    for _n in range(DISTINCT):
        words = chance.choices(vocabulary, often, k=WORDS)
        text = " ".join(word if chance.random() < SAYS_SOMETHING else chance.choice(small) for word in words)
        base.append((text, dutch.vector("", text)))
    today = now()
    for n in range(TEXTS):
        text, words = base[n % DISTINCT]
        more = [word for word, each in PLANTED.items() if n % each == 0]
        title = f"Gesprek {n}"
        yield {
            "kind": "post",
            "part": 0,
            "object_id": n + 10_000_000,
            "unit": "bench",
            "unit_id": n,
            "doors": [members(community.pk)],
            "community_id": community.pk,
            "at": today - timedelta(minutes=5 * (TEXTS - n)),
            "title": title,
            "text": " ".join([text, *more]),
            "words": " ".join([words, *(dutch.vector("", word) for word in more)]),
            "version": dutch.VERSION,
        }


def _vocabulary(chance):
    """Words that exist, from the list of the package that the normaliser uses."""
    from core.dutch.forms import _lexicon

    known = sorted(word for word in _lexicon() if word.isalpha() and word.islower() and 3 < len(word) < 14)
    return chance.sample([word for word in known if word not in PLANTED], VOCABULARY)
