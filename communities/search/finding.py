"""Ask the index: what this person may read with these words in it, the best first. Two queries, whatever there is.

Of a common word only the newest texts are weighed (`MOST`): more is read by nobody, and weighing ten thousand would
take the time of twenty pages. How far an old text falls behind a new one, `_weighed` says.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import connection
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import now

from communities.search.registry import kinds
from communities.search.rules import doors_of
from core import dutch
from core.dutch.vector import WEIGHTS
from core.links import address
from core.statements import Statement

MOST, PER_PAGE = 300, 10
VOCABULARY = 3000  # texts in which we look for what a mistyped word may have meant
BEFORE, AROUND = 60, 240  # characters of a snippet before the first word, and in all
MARKED = re.compile(r"<mark>(.*?)</mark>")
HALF_LIFE = 400  # days after which a text has lost half of what being new gives it

# Planned for its values: the planner walks the newest texts for a common word, and the index of words for a rare one.
CANDIDATES = """
SELECT id, unit, unit_id, kind, community_id, at, ts_rank(%(weights)s::real[], words, %(any)s::tsquery)
FROM (
    SELECT id, unit, unit_id, kind, community_id, at, words FROM search_searchtext
    WHERE doors && %(doors)s::varchar[] AND words @@ %(words)s::tsquery{narrower}
    ORDER BY at DESC LIMIT %(most)s
) near
"""
NARROWER = {
    "plg": " AND community_id = %(plg)s",
    "kind": " AND kind = ANY(%(kinds)s)",
    "year": " AND at >= %(since)s AND at < %(until)s",
}

# The doors are asked again: what was closed since stays closed.
SHOWN = Statement(
    """
SELECT t.id, t.kind, t.object_id, t.at, t.title, t.text, c.name, n.name
FROM search_searchtext t
LEFT JOIN communities_community c ON c.id = t.community_id
LEFT JOIN organisations_network n ON n.id = t.network_id
WHERE t.id = ANY(%s) AND t.doors && %s::varchar[]
""",
    parameters=2,
)

WORDS_NEAR = """
SELECT word FROM ts_stat(%s)
WHERE length(word) BETWEEN %s AND %s
"""


@dataclass
class Hit:
    """One thing that was found: a topic counts once, with the best of its posts."""

    pk: int
    unit: tuple
    kind: str
    community_id: int | None
    at: datetime
    weight: float
    more: int = 0

    name: Any = ""
    url: str = ""
    place: str = ""
    title: SafeString = field(default=mark_safe(""))
    snippet: SafeString = field(default=mark_safe(""))


@dataclass
class Found:
    """All that was found for a question; `instead` when it was for other words, `is_loose` for some of them only."""

    question: dutch.Question
    hits: list[Hit]
    is_cut: bool = False  # there is more that is older
    instead: dutch.Question | None = None
    is_loose: bool = False

    @cached_property
    def count(self):
        return len(self.hits)


def find(user, question, **wishes):
    """What this person finds with these words; with others where nothing has them, or with some of them."""
    doors = list(doors_of(user))
    if not question or not doors:
        return Found(question, [])
    found = _ask(doors, question, question.strict, wishes)
    if found.hits:
        return found
    if better := _meant(doors, question):
        found = _ask(doors, better, better.strict, wishes)
        if found.hits:
            found.question, found.instead = question, better
            return found
    if len(question.wanted) > 1:
        found = _ask(doors, question, question.loose, wishes)
        found.is_loose = bool(found.hits)
    return found


def _ask(doors, question, words, wishes):
    narrower = "".join(NARROWER[name] for name in NARROWER if wishes.get(name))
    params = {"doors": doors, "words": words, "any": question.loose, "weights": WEIGHTS, "most": MOST}
    if wishes.get("plg"):
        params["plg"] = wishes["plg"]
    if wishes.get("kind"):
        params["kinds"] = wishes["kind"]
    if wishes.get("year"):
        params["since"], params["until"] = wishes["year"]
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES.format(narrower=narrower), params)
        rows = cursor.fetchall()
    return Found(question, _weighed(rows), is_cut=len(rows) == MOST)


def _weighed(rows):
    """The best of each unit, the heaviest first; what is new weighs up to twice as much."""
    today, best = now(), {}
    for pk, unit, unit_id, kind, community, at, rank in rows:
        days = max((today - at).days, 0)
        hit = Hit(pk, (unit, unit_id), kind, community, at, rank * (1 + HALF_LIFE / (HALF_LIFE + days)))
        other = best.get(hit.unit)
        if other is None or (hit.weight, hit.pk) > (other.weight, other.pk):
            best[hit.unit] = hit
        best[hit.unit].more = other.more + 1 if other else 0
    return sorted(best.values(), key=lambda hit: (-hit.weight, -hit.pk))


def _meant(doors, question):
    """The same question with the nearest words that she could find, or None. Of what she may not read none is said."""
    with connection.cursor() as cursor:
        inner = cursor.mogrify(
            "SELECT words FROM search_searchtext WHERE doors && %s::varchar[] ORDER BY at DESC LIMIT %s",
            [doors, VOCABULARY],
        ).decode()
        least = min(len(term.word) for term in question.wanted) - 2
        most = max(len(term.word) for term in question.wanted) + 2
        cursor.execute(WORDS_NEAR, [inner, least, most])
        known = {word for (word,) in cursor.fetchall()}
    other = {}
    for term in question.wanted:
        if not known.isdisjoint(term.own):
            continue
        keys = [key for key in term.own if key.isalpha()]
        near = [word for key in keys[:1] for word in dutch.nearest(key, known)]
        near = near or dutch.nearest(term.word, known)
        if near:
            other[term.word] = near[0]
    return question.instead(other) if other else None


def show(user, hits, question):
    """Fill these hits with what a page shows of them; one that was closed meanwhile is left out."""
    rows = {row[0]: row[1:] for row in SHOWN.rows([[hit.pk for hit in hits], list(doors_of(user))])} if hits else {}
    shown = []
    for hit in hits:
        if hit.pk not in rows:
            continue
        kind, object_id, _at, title, text, plg, network = rows[hit.pk]
        hit.name, hit.url, hit.place = kinds[kind], address(kinds[kind].url, object_id), plg or network or ""
        hit.title, hit.snippet = marked(question, title), snippet(question, text)
        shown.append(hit)
    return shown


def as_written(question, hits):
    """The question in the words of what was found: what is compared are stems, which nobody writes."""
    written = {}
    for hit in hits:
        for text in (hit.title, hit.snippet):
            for word in MARKED.findall(text):
                folded = dutch.fold(word)
                written |= {
                    term.word: folded for term in question.wanted if term.word not in written and term.is_in(folded)
                }
    return question.instead(written)


def snippet(question, text):
    """The part of a text around the first word that was asked for, safe, with each of them marked."""
    first = question.first_place(text) or 0
    begin = _at_a_word(text, first - BEFORE) if first > BEFORE else 0
    end = len(text) if begin + AROUND >= len(text) else _at_a_word(text, begin + AROUND)
    piece = marked(question, " ".join(text[begin:end].split()))
    return mark_safe(f"{'… ' if begin else ''}{piece}{' …' if end < len(text) else ''}")


def _at_a_word(text, place):
    """The first beginning of a word from here on, if one is near."""
    blank = text.find(" ", place, place + 40)
    return place if blank < 0 else blank + 1


def marked(question, text):
    """A text made safe, with <mark> around each word that was asked for."""
    places = list(question.places(text))
    if not places:
        return conditional_escape(text)
    parts, ends = [conditional_escape(text[: places[0][0]])], [begin for begin, _end in places[1:]] + [len(text)]
    for (begin, end), following in zip(places, ends, strict=True):
        parts.append(f"<mark>{conditional_escape(text[begin:end])}</mark>{conditional_escape(text[end:following])}")
    return mark_safe("".join(parts))
