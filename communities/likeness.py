"""Who works on the same? Likeness of short texts by the words they share, rare words counting more.

Plain words and not pg_trgm: on blurbs of a sentence or two, letters in common say mostly that both are Dutch,
and a person who introduces people wants to see *why*: the shared words stand beside each suggestion. It also
needs no extension in somebody else's database, and a network's few hundred blurbs take a few milliseconds.
"""

import re
from collections import Counter
from math import log

from core.text import sort_key

SHORTEST = 4  # letters of a word that says something
STEM = 6  # by so many letters words are compared: "breuken" meets "breuk", "rekenen" meets "rekent"
SAME_THEME = 2.0  # what a shared theme is worth, in words that half of the texts have not
LEAST = 1.0

#: Words of Dutch and English, and of schools, that say nothing about what a PLG works on.
EMPTY = frozenset(
    """
    aan alle alles altijd ander andere anders begeleider behalve bekijken bezoeken bij bijeenkomst bijeenkomsten
    binnen brengen daar daarna daarom deze dezelfde doen door duidelijk eens eerst elkaar elke ervoor gaan geen
    geven goed groep groepen haar hebben heeft hier hoe hun ieder iedere iets ineens jaar kijken kind kinderen
    klas klassen komen krijgen kunnen laten leerkracht leerkrachten leerling leerlingen leraar leraren leren
    maar maken meer met mijn moet naar niet nieuw nodig onder onderwijs onze ook over samen scholen school
    steeds toch tussen veel vertellen vinden voor vraag vragen waar waarin waarom wachtlijst wanneer want welke
    werken werkt weten wij willen worden wordt zelf zich zien zijn zodat zonder
    about also and children class classes each every from have help into learn learning look make more other
    pupils schools than that their them these they this together want what when where which with work works your
    """.split()  # noqa: SIM905 - words are read as words
)
WORD = re.compile(r"[^\W\d_]+")


def words_of(text):
    """The telling words of a text: beginning of the word -> the word as it stands there first."""
    found = {}
    for word in WORD.findall(text):
        plain = sort_key(word)
        if len(plain) >= SHORTEST and plain not in EMPTY:
            found.setdefault(stem_of(plain), word.lower())
    return found


def stem_of(word):
    """How a word begins, without the ending that Dutch bends: breuk and breuken are one."""
    for ending in ("en", "er", "t", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)[:STEM]
    return word[:STEM]


def alike(one, others, most=5):
    """The most like of `others` (each with `text` and `theme`), as (row, shared words, same theme), best first."""
    texts = {id(row): words_of(row.text) for row in others}
    seen = Counter(stem for words in texts.values() for stem in words)
    mine, total = words_of(one.text), len(others) + 1
    scored = []
    for row in others:
        shared = [stem for stem in mine if stem in texts[id(row)]]
        same = bool(one.theme) and one.theme == row.theme
        score = sum(log(1 + total / seen[stem]) for stem in shared) + SAME_THEME * same
        if score >= LEAST:
            scored.append((score, row, [mine[stem] for stem in shared], same))
    scored.sort(key=lambda each: (-each[0], str(each[1])))
    return [each[1:] for each in scored[:most]]
