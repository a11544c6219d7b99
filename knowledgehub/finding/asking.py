"""From a question to the numbers by which the index is asked, each with what it is worth and how far it is followed.

Each word of a question may be met in several *ways*: as itself (or a synonym, or a word spelled almost so), or by all
words of which it is made. A way has *parts*, a part has keys, a key has a number for each step (`weighing`).
"""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain, islice

from django.db import connection

from core import dutch
from core.dutch.forms import forms
from knowledgehub.finding import weighing
from knowledgehub.finding.models import Synonym

NEAR, NEAR_WORTH, MOST_NEAR, SHORTEST_NEAR = 0.3, 0.8, 8, 4  # likeness from which on; what a near word is worth
PART_WORTH, SYNONYM_WORTH = 0.9, 0.95
USUAL = 100  # resources from which on a word is usual
MEANT_WORTH, MOST_MEANT = 0.95, 2
MOST_BEGUN, MOST_SYNONYMS = 12, 6
#: So many places are followed for a question, the most telling first and of a common word the newest; more made the
#: answers to judged questions no better. To a number that was not counted yet it adds so many.
MOST, NEVER_COUNTED = 1500, 300

WORDS = """
SET LOCAL pg_trgm.similarity_threshold = %(near)s;
SELECT key, counts, NULL::varchar, 0::real FROM finding_word WHERE key = ANY(%(known)s)
UNION ALL
SELECT n.key, n.counts, w.word, n.near FROM unnest(%(words)s::varchar[]) w(word) CROSS JOIN LATERAL (
    SELECT key, counts, similarity(key, w.word) near FROM finding_word
    WHERE key %% w.word ORDER BY near DESC, key LIMIT %(most)s) n
"""
ALIKE = "SELECT key, counts FROM finding_word WHERE key LIKE %s AND length(key) BETWEEN %s AND %s"
BEGUN = (
    "SELECT key FROM finding_word WHERE key LIKE %s"
    " ORDER BY (SELECT sum(c) FROM unnest(counts) c) DESC NULLS LAST LIMIT %s"
)


@dataclass
class Key:
    """One key of a word of the question. `is_exact` where it is what was asked for, or means the same."""

    key: str
    term: int
    way: int
    part: int
    worth: float
    is_exact: bool = True


@dataclass
class Plan:
    """How the index is asked: arrays of the same length, and what is left out of them because it is everywhere."""

    rows: list = field(default_factory=list)  # (code, worth, term, way, part, is_exact, most)
    late: dict = field(default_factory=dict)  # term -> (codes, worth): looked up in the best only
    outs: list = field(default_factory=list)  # codes that must not be there
    needs: list = field(default_factory=list)  # (term, way, how many parts)
    near: dict = field(default_factory=lambda: defaultdict(set))  # word asked -> keys that are near it
    same: set = field(default_factory=set)  # keys of synonyms
    is_cut: bool = False

    @property
    def columns(self):
        return [list(column) for column in zip(*self.rows, strict=True)] or [[] for _n in range(7)]


def synonyms():
    """{key of a word: {other words or phrases}}; few rows, asked with each search."""
    found = defaultdict(dict)
    for words in Synonym.objects.values_list("words", flat=True):
        each = words.split(", ")
        for word in each:
            if len(said := dutch.asked(word, typing=False).wanted) == 1:
                for key in said[0].own:
                    found[key] |= dict.fromkeys(other for other in each if other != word)
    return found


def plan(question):
    """Everything that is known about these words, in two queries."""
    keys, outs, same = _keys(question, synonyms())
    words = [term.word for term in question.wanted if term.word.isalpha() and len(term.word) >= SHORTEST_NEAR]
    words = list(dict.fromkeys([*words, *(forms(word)[0] for word in words)]))
    counts, near = _known([each.key for each in keys], words)
    found = Plan(outs=[weighing.code(key, step) for key in outs for step in range(weighing.STEPS)], same=same)
    meant = _meant(question, counts)
    counts |= dict(meant.pop("", ()))
    for number, term in enumerate(question.wanted):
        for key in meant.get(term.word, ()):
            keys.append(Key(key, _number(question, number), 0, 0, MEANT_WORTH, is_exact=False))
            found.near[term.word].add(key)
        known = {each.key for each in keys if each.term == number}
        for word in dict.fromkeys([term.word, forms(term.word)[0]]):
            for key, likeness in near.get(word, ()) if _is_rare(term, counts) else ():
                if key not in known:
                    keys.append(Key(key, _number(question, number), 0, 0, NEAR_WORTH * likeness, is_exact=False))
                    found.near[term.word].add(key)
    needs = defaultdict(set)
    for each in keys:
        needs[each.term, each.way].add(each.part)
    found.needs = [(term, way, len(parts)) for (term, way), parts in needs.items()]
    _lay_out(found, keys, counts)
    return found


def _meant(question, counts):
    """{word that stands nowhere: keys that it is a slip of, by letters and sound}; under "" their counts."""
    found, pairs = {}, {}
    for term in question.wanted:
        word = term.own[0]
        if term.word.isalpha() and len(word) >= SHORTEST_NEAR and counts.keys().isdisjoint(term.own):
            with connection.cursor() as cursor:
                cursor.execute(ALIKE, [f"{word[0]}%", len(word) - 2, len(word) + 2])
                known = dict(cursor.fetchall())
            found[term.word] = dutch.nearest(word, known, MOST_MEANT)
            pairs |= {key: known[key] for key in found[term.word]}
    return found | {"": pairs.items()}


def _is_rare(term, counts):
    """A word that many use is not mistyped, and those that look like it are others."""
    return max(sum(counts.get(key) or ()) for key in term.own) <= USUAL


def _number(question, n):
    """The number of a word; one after OF has that of the word before it."""
    while n and question.wanted[n].either:
        n -= 1
    return n


def _keys(question, same):
    """(keys of what is asked, keys of what must not be there, keys of synonyms)."""
    found, others = [], set()
    for n, term in enumerate(question.wanted):
        number = _number(question, n)
        first = 10 * (n - number)  # the ways of each word of an OF beside each other
        found += [Key(key, number, 0, 0, 1) for key in term.own]
        for part, keys in enumerate(term.parts):
            found += [Key(key, number, first + 1, part, PART_WORTH) for key in keys]
        phrases = dict.fromkeys(chain.from_iterable(same.get(key, ()) for key in term.own))
        for way, phrase in enumerate(islice(phrases, MOST_SYNONYMS)):
            words = dutch.asked(phrase, typing=False).wanted
            others.update(key for word in words for key in word.own)
            if len(words) == 1:
                found += [Key(key, number, 0, 0, SYNONYM_WORTH) for key in words[0].own]
            else:
                for part, word in enumerate(words):
                    found += [Key(key, number, first + 2 + way, part, SYNONYM_WORTH / len(words)) for key in word.own]
    outs = {key for term in question.terms if term.is_out for key in term.own}
    return found, outs, others


def _known(keys, words):
    """({key: counts}, {word: [(key that is near, how near)]}); under the empty key how many resources there are."""
    with connection.cursor() as cursor:
        cursor.execute(WORDS, {"near": NEAR, "known": list({*keys, ""}), "words": words, "most": MOST_NEAR})
        rows = cursor.fetchall()
    counts, near = {}, defaultdict(list)
    for key, count, word, likeness in rows:
        counts[key] = count
        if word is not None:
            near[word].append((key, 2 * likeness / (1 + likeness)))  # of Jaccard that of Dice
    return counts, near


def _lay_out(found, keys, counts):
    """Every key in its steps, the most telling first, until there are enough places to look at."""
    total = max([*counts.get("", [0]), 1])
    rows = {}
    for each in keys:
        count = counts.get(each.key) or [0] * weighing.STEPS
        rarity = math.log(1 + (max(total, sum(count)) - sum(count) + 0.5) / (sum(count) + 0.5))
        for step in range(weighing.STEPS):
            place = (weighing.code(each.key, step), each.term, each.way, each.part)
            row = (rarity * each.worth * weighing.worth(step), each.is_exact, count[step])
            rows[place] = max(row, rows.get(place, row))
    followed = 0
    for (code, *where), (worth, is_exact, count) in sorted(rows.items(), key=lambda row: (-row[1][0], row[0])):
        most = max(MOST - followed, 0)
        if most:
            found.rows.append((code, worth, *where, is_exact, min(most, count + NEVER_COUNTED)))
        if count > most:
            found.is_cut = True
        if count > most and is_exact:
            codes, _worth = found.late.get(where[0], ((), 0))
            found.late[where[0]] = ([*codes, code], max(_worth, worth))
        followed += count


def begun(beginning):
    """The keys that begin so, the most used first."""
    safe = beginning.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    with connection.cursor() as cursor:
        cursor.execute(BEGUN, [f"{safe}%", MOST_BEGUN])
        return list(chain.from_iterable(cursor.fetchall()))
