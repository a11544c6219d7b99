"""From a question to the numbers by which the index is asked, each with what it is worth and how far it is followed.

Each word of a question may be met in several *ways*: as itself (or a synonym, or a word spelled almost so), or by all
words of which it is made. A way has *parts*, a part has keys, a key has a number for each step (`weighing`).
"""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice

from django.db import connection

from core import dutch
from core.dutch.forms import forms
from knowledgehub.finding import weighing
from knowledgehub.finding.statements import Named

NEAR_WORTH, MOST_NEAR, SHORTEST_NEAR = 0.8, 8, 4  # what a word is worth that is near
PART_WORTH, SYNONYM_WORTH = 0.9, 0.95
USUAL = 100  # resources from which on a word is usual
MEANT_WORTH, MOST_MEANT = 0.95, 2
MOST_BEGUN, MOST_SYNONYMS = 12, 6
#: So many places are followed for a question, the most telling first and of a common word the newest; more made the
#: answers to judged questions no better. To a number that was not counted yet it adds so many.
MOST, NEVER_COUNTED = 1500, 300

#: Of what PostgreSQL finds alike by itself (from a likeness of .3 on) the likest, where no key of the word is usual:
#: looking for what is alike costs most.
WORDS = Named("""
SELECT key, counts, NULL::varchar, 0::real FROM finding_word WHERE key = ANY(%(known)s::varchar[])
UNION ALL
SELECT n.key, n.counts, w.word, n.near FROM (
    SELECT word FROM unnest(%(words)s::varchar[], %(keys)s::varchar[]) w(word, own)
    LEFT JOIN finding_word k ON k.key = w.own
    GROUP BY word HAVING max((SELECT coalesce(sum(c), 0) FROM unnest(k.counts) c)) <= %(usual)s::int
) w CROSS JOIN LATERAL (
    SELECT key, counts, similarity(key, w.word) near FROM finding_word
    WHERE key %% w.word ORDER BY near DESC, key LIMIT %(most)s::int) n
""")
SAME = Named("SELECT string_agg(words, chr(10) ORDER BY id) FROM finding_synonym")
ALIKE = "SELECT key FROM finding_word WHERE key LIKE %s AND length(key) BETWEEN %s AND %s"
COUNTS = Named("SELECT key, counts FROM finding_word WHERE key = ANY(%(keys)s::varchar[])")
#: Those that stand in most titles.
BEGUN = Named("""
SELECT key, counts FROM finding_word WHERE key LIKE %(begin)s
ORDER BY counts[5] + counts[6] + counts[7] + counts[8] DESC NULLS LAST, key LIMIT %(most)s::int
""")


#: Of a number: what it is worth, of which word, way and part it is, how many parts the way has, how many are followed.
COLUMNS = ("codes", "worths", "terms", "ways", "parts", "needs", "exact", "mosts")


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

    rows: list = field(default_factory=list)  # one for each number, as COLUMNS says
    words: int = 0
    late: dict = field(default_factory=dict)  # term -> (codes, worth): looked up in the best only
    outs: list = field(default_factory=list)  # codes that must not be there
    near: dict = field(default_factory=lambda: defaultdict(set))  # word asked -> keys that are near it
    same: set = field(default_factory=set)  # keys of synonyms
    is_cut: bool = False

    @property
    def has_parts(self):
        """Whether something can be said in several words."""
        return any(row[COLUMNS.index("needs")] > 1 for row in self.rows)

    @property
    def params(self):
        """The parameters of the search."""
        columns = zip(*self.rows, strict=True) if self.rows else [()] * len(COLUMNS)
        return {**dict(zip(COLUMNS, map(list, columns), strict=True)), "all": self.words, "outs": self.outs}


def synonyms():
    """{key of a word: {other words or phrases}}; few rows, asked with each search."""
    ((rows,),) = SAME.rows({})
    return _meaning_the_same(rows or "")


@lru_cache(maxsize=4)
def _meaning_the_same(rows):
    found = defaultdict(dict)
    for words in rows.split("\n"):
        each = words.split(", ")
        for word in each:
            if len(said := dutch.asked(word, typing=False).wanted) == 1:
                for key in said[0].own:
                    found[key] |= dict.fromkeys(other for other in each if other != word)
    return found


def plan(question):
    """Everything that is known about these words, in two queries."""
    keys, outs, same = _keys(question, synonyms())
    counts, near = _known([each.key for each in keys], question)
    found = Plan(outs=[weighing.code(key, step) for key in outs for step in range(weighing.STEPS)], same=same)
    meant, more = _meant(question, counts)
    counts |= more
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
    found.words = len({each.term for each in keys})
    _lay_out(found, keys, counts)
    return found


def _meant(question, counts):
    """({word that stands nowhere: keys that it is a slip of, by letters and sound}, {key of those: counts})."""
    found = {}
    for term in question.wanted:
        word = term.own[0]
        if term.word.isalpha() and len(word) >= SHORTEST_NEAR and counts.keys().isdisjoint(term.own):
            with connection.cursor() as cursor:
                cursor.execute(ALIKE, [f"{word[0]}%", len(word) - 2, len(word) + 2])
                known = [key for (key,) in cursor.fetchall()]
            found[term.word] = dutch.nearest(word, known, MOST_MEANT)
    keys = list(chain.from_iterable(found.values()))
    return found, dict(COUNTS.rows({"keys": keys})) if keys else {}


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


def _known(keys, question):
    """({key: counts}, {word: [(key that is near, how near)]}); under the empty key how many resources there are."""
    counts, near, pairs = {}, defaultdict(list), {}
    for term in question.wanted:
        if term.word.isalpha() and len(term.word) >= SHORTEST_NEAR:
            pairs |= dict.fromkeys((word, key) for word in (term.word, forms(term.word)[0]) for key in term.own)
    words, own = map(list, zip(*pairs, strict=True)) if pairs else ([], [])
    params = {"known": list({*keys, ""}), "words": words, "keys": own, "usual": USUAL, "most": MOST_NEAR}
    for key, count, word, likeness in WORDS.rows(params):
        counts[key] = count
        if word is not None:
            near[word].append((key, 2 * likeness / (1 + likeness)))  # of Jaccard that of Dice
    return counts, near


def _lay_out(found, keys, counts):
    """Every key in its steps, the most telling first, until there are enough places to look at."""
    total = max([*counts.get("", [0]), 1])
    rows, parts = {}, defaultdict(set)
    for each in keys:
        parts[each.term, each.way].add(each.part)
        count = counts.get(each.key) or [0] * weighing.STEPS
        rarity = math.log(1 + (max(total, sum(count)) - sum(count) + 0.5) / (sum(count) + 0.5))
        for step in range(weighing.STEPS):
            place = (weighing.code(each.key, step), each.term, each.way, each.part)
            row = (rarity * each.worth * weighing.worth(step), each.is_exact, count[step])
            rows[place] = max(row, rows.get(place, row))
    followed = 0
    for place, (worth, is_exact, count) in sorted(rows.items(), key=lambda row: (-row[1][0], row[0])):
        code, term, way, part = place
        most = max(MOST - followed, 0)
        if most:
            needs = len(parts[term, way])
            found.rows.append((code, worth, term, way, part, needs, is_exact, min(most, count + NEVER_COUNTED)))
        if count > most:
            found.is_cut = True
            if is_exact:
                codes, best = found.late.get(term, ((), 0))
                found.late[term] = ([*codes, code], max(best, worth))
        followed += count


def begun(beginning):
    """[(key, its counts)] of the words that begin so, those in most titles first."""
    return BEGUN.rows({"begin": f"{literally(beginning)}%", "most": MOST_BEGUN})


def literally(text):
    """This text within a LIKE."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
