"""From a word to its keys: lemma and stem, parts of a compound, one spelling for several."""

import re
from functools import cache, lru_cache

import Stemmer

VERSION = 1  # raise it when a word gets other keys: what is stored is then made again

SHORTEST_PART, SHORTEST_WORD, MOST_PARTS = 4, 7, 4

#: Short words that do stand in compounds: lesbezoek, taalles, zinsbouw, ijsje.
SHORT = frozenset(["les", "dag", "zin", "uur", "ijs", "bso", "ict", "app", "web"])
#: What looks like a word at the end of another and is none there.
ENDINGS = """
    heid heden lijk lijke schap baar bare loos loze achtig ling lingen ering aring iteit teit atie aties isch ische
    isme eren eerd erend ende enden ster aard erij ijen elen eling erig rijk voor door over onder aan naar tegen
    wijs tijen ting tingen ding ring ging gingen sten sters ters teren iaal eel erende ijke ijk dere deren"""
NO_PART = frozenset(ENDINGS.split())
LINKS = ("", "s", "en", "n", "e")

#: One spelling for several: (what somebody writes, what we make of it). Applied to index and question alike.
SPELLINGS = [
    (re.compile(r"^pannek"), "pannenk"),
    (re.compile(r"^ruggegraat"), "ruggengraat"),
    (re.compile(r"^kado"), "cadeau"),
    (re.compile(r"^produkt"), "product"),
    (re.compile(r"^projekt"), "project"),
    (re.compile(r"^kreatie"), "creatie"),
    (re.compile(r"^aktie"), "actie"),
    (re.compile(r"^akti"), "acti"),
    (re.compile(r"^kontakt"), "contact"),
    (re.compile(r"^copie"), "kopie"),
    (re.compile(r"^didakt"), "didact"),
    (re.compile(r"(ie|ee)en$"), r"\1"),  # categorieën, ideeën: without its dots no list of words knows it
]

_stem = Stemmer.Stemmer("dutch", 0).stemWord


@cache
def _lexicon():
    """Forms that exist, each with its lemma; read where it lies compressed, a few MB."""
    from simplemma.strategies.dictionaries.stream_dictionary_factory import StreamDictionaryFactory  # when first asked

    return StreamDictionaryFactory().get_dictionary("nl")


@lru_cache(maxsize=100_000)
def lemma(word):
    """The form under which a word stands in a dictionary, or None for a word that does not exist."""
    return _lexicon().get(word)


@lru_cache(maxsize=100_000)
def forms(word):
    """The keys of a word by itself, the likeliest first: stem of what stands there, of its lemma, and the word itself.

    The word itself where its stem is written otherwise (stroken, strook): so that its beginning finds it, too.
    """
    if not word.isalpha():
        return (word,)
    word = spelled(word)
    found = [_stem(word)]
    basis = lemma(word)
    if basis and basis != word and (other := _stem(basis.lower())).isalpha():
        found.append(other)
    if not word.startswith(found[0]):
        found.append(word)
    return tuple(dict.fromkeys(found))


def spelled(word):
    """The word in the spelling that we keep of several."""
    for wrong, right in SPELLINGS:
        word = wrong.sub(right, word)
    return word


@lru_cache(maxsize=100_000)
def parts(word):
    """The words of which a compound is made: breukenstroken → breuken, stroken. Nothing for one that is simple."""
    if len(word) < SHORTEST_WORD or not word.isalpha():
        return ()
    found = _split(spelled(word), MOST_PARTS)
    return tuple(found) if found and len(found) > 1 else ()


def _split(word, most):
    """The fewest words that make this one, the last as long as it can be; None where that is not possible."""
    if most == 0:
        return None
    best = None
    for begin in range(3, len(word) - 2):
        tail = word[begin:]
        if not _may_be_part(tail):
            continue
        head = word[:begin]
        for link in LINKS:
            if not head.endswith(link):
                continue
            rest = head[: len(head) - len(link)] if link else head
            found = [rest] if _may_be_part(rest) else _split(rest, most - 1) if len(rest) >= SHORTEST_WORD else None
            if found and (best is None or len(found) + 1 < len(best)):
                best = [*found, tail]
        if best and len(best) == 2:
            return best
    return best


@lru_cache(maxsize=100_000)
def _may_be_part(word):
    if word in NO_PART or (len(word) < SHORTEST_PART and word not in SHORT):
        return False
    return word in SHORT or lemma(word) is not None


@lru_cache(maxsize=100_000)
def keys_of(word):
    """(keys of the word itself, keys of the parts that it is made of)."""
    own = forms(word)
    more = dict.fromkeys(key for part in parts(word) for key in forms(part))
    return own, tuple(key for key in more if key not in own)
