"""From a text to what is stored of it: a tsvector of PostgreSQL, written here and not by its own dictionaries."""

from core.dutch.forms import keys_of
from core.dutch.text import STOP, words

FARTHEST, MOST_POSITIONS, LEAST = (
    16_383,
    2,
    "D",
)  # positions of PostgreSQL; how often one key counts; goes without saying

#: Weights of PostgreSQL, and what each is worth: a word of the title, what it is made of, one of the text, its parts.
WORTH = {"A": 1.0, "B": 0.5, "C": 0.3, "D": 0.1}
WEIGHTS = [WORTH[letter] for letter in "DCBA"]  # in the order in which `ts_rank` takes them


def vector(title, text=""):
    """The keys of a title and a text with their places and weights, as the literal of a tsvector."""
    found = {}
    place = _add(found, title, "A", "B", 1)
    _add(found, text, "C", "D", place + 10)
    return " ".join(f"{quoted(key)}:{','.join(places)}" if places else quoted(key) for key, places in found.items())


def _add(found, text, own_weight, part_weight, place):
    for word in words(text):
        if word in STOP or place > FARTHEST:
            continue
        own, more = keys_of(word)
        for n, key in enumerate(own):
            _put(found, key, place, own_weight if n == 0 else part_weight)
        for key in more:
            _put(found, key, place, part_weight)
        place += 1
    return place


def _put(found, key, place, weight):
    places = found.setdefault(key, [])
    if weight != LEAST and len(places) < MOST_POSITIONS:
        places.append(f"{place}{weight}")


def quoted(key):
    """A key as PostgreSQL reads one; nothing in it can be taken for an operator."""
    return "'" + key.replace("\\", "\\\\").replace("'", "''") + "'"
