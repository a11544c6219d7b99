"""Ask the index: what this person may read with these words in it, the best first. Two queries, whatever there is.

Of a common word only the newest texts are weighed (`MOST`): more is read by nobody, and weighing ten thousand would
take the time of twenty pages.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from communities.search.rules import doors_of
from core import dutch
from core.dutch.vector import WEIGHTS
from core.statements import Statement

MOST, PER_PAGE = 200, 10
VOCABULARY = 2000  # texts in which we look for what a mistyped word may have meant

# Planned for its values: PostgreSQL walks the newest texts for a common word, and takes the index of words for a rare
# one; with the costs of a spinning disk, which it believes in, it walks too often. What is new weighs up to twice as
# much as what is old; half of that is gone after 400 days.
CANDIDATES = """
SET LOCAL random_page_cost = 1.1;
SELECT id, unit, unit_id, kind, community_id,
    extract(year FROM at AT TIME ZONE 'Europe/Amsterdam' - interval '7 months')::int
FROM (
    SELECT id, unit, unit_id, kind, community_id, at, words FROM search_searchtext
    WHERE doors && %(doors)s::varchar[] AND words @@ %(words)s::tsquery{narrower}
    ORDER BY at DESC LIMIT %(most)s
) near
ORDER BY ts_rank(%(weights)s::real[], words, %(any)s::tsquery)
    * (1 + 400 / (400 + greatest(extract(epoch FROM now() - at)::real, 0) / 86400)) DESC, id DESC
"""
NARROWER = {
    "plg": " AND community_id = %(plg)s",
    "kind": " AND kind = ANY(%(kind)s)",
    "year": " AND at >= %(since)s AND at < %(until)s",
}

# The doors are asked again: what was closed since stays closed.
SHOWN = Statement(
    """
SELECT t.id, t.kind, t.object_id, t.at, t.title, t.text, c.name, n.name, t.owner_id
FROM search_searchtext t
LEFT JOIN communities_community c ON c.id = t.community_id
LEFT JOIN organisations_network n ON n.id = t.network_id
WHERE t.id = ANY(%s) AND t.doors && %s::varchar[]
""",
    parameters=2,
)

NEWEST = "SELECT words FROM search_searchtext WHERE doors && %s::varchar[] ORDER BY at DESC LIMIT %s"
WORDS_NEAR = "SELECT word FROM ts_stat(%s) WHERE length(word) BETWEEN %s AND %s"


class Hit(NamedTuple):
    """One text that was found, and what it belongs to."""

    pk: int
    unit: str
    unit_id: int
    kind: str
    community_id: int | None
    year: int  # the school year's, by the year in which it began


class Shown(NamedTuple):
    """What a page says of a hit."""

    pk: int
    kind: str
    object_id: int
    at: datetime
    title: str
    text: str
    plg: str | None
    network: str | None
    owner_id: int | None


@dataclass
class Found:
    """What was found for a question, the best first: of a topic the best of its posts, the others are counted.

    `instead` when it was found with other words than were asked for; `is_loose` when with some of them only.
    """

    hits: list[Hit]
    places: Counter = field(default_factory=Counter)  # (unit, id) -> in how many of its texts
    is_cut: bool = False  # there is more that is older
    instead: dutch.Question | None = None
    is_loose: bool = False


def find(user, question, **wishes):
    """What this person finds with these words; with others where nothing has them, or with some of them."""
    doors = list(doors_of(user))
    if not question or not doors:
        return Found([])
    found = _ask(doors, question, question.strict, wishes)
    if found.hits:
        return found
    if better := _meant(doors, question):
        found = _ask(doors, better, better.strict, wishes)
        if found.hits:
            found.instead = better
            return found
    if len(question.wanted) > 1:
        found = _ask(doors, question, question.loose, wishes)
        found.is_loose = bool(found.hits)
    return found


def _ask(doors, question, words, wishes):
    narrower = "".join(NARROWER[name] for name in NARROWER if wishes.get(name))
    params = {"doors": doors, "words": words, "any": question.loose, "weights": WEIGHTS, "most": MOST, **wishes}
    params["since"], params["until"] = wishes.get("year") or (None, None)
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES.format(narrower=narrower), params)
        rows = cursor.fetchall()
    best, places = {}, Counter()
    for row in rows:
        unit = row[1:3]
        places[unit] += 1
        best.setdefault(unit, row)
    return Found([*map(Hit._make, best.values())], places, is_cut=len(rows) == MOST)


def _meant(doors, question):
    """The same question with the nearest words that she could find, or None. Of what she may not read none is said."""
    lengths = [len(term.word) for term in question.wanted]
    with connection.cursor() as cursor:
        newest = cursor.mogrify(NEWEST, [doors, VOCABULARY]).decode()
        cursor.execute(WORDS_NEAR, [newest, min(lengths) - dutch.ENDING, max(lengths) + 2])
        known = {word for (word,) in cursor.fetchall()}
    other = {}
    for term in question.wanted:
        if known.isdisjoint(term.own):
            near = dutch.nearest(term.own[0], known) or dutch.nearest(term.word, known)
            if meant := near[0] if near else dutch.begun(term.word, known):
                other[term.word] = meant
    return question.instead(other) if other else None


def read(user, hits):
    """What a page shows of these hits, in their order; one that was closed meanwhile is left out."""
    if not hits:
        return []
    rows = SHOWN.rows([[hit.pk for hit in hits], list(doors_of(user))])
    shown = {row[0]: Shown._make(row) for row in rows}
    return [(hit, shown[hit.pk]) for hit in hits if hit.pk in shown]
