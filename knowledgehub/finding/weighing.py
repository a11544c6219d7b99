"""What a word says about a resource, as a number that an index can hold.

A word counts by where it stands (title, tags and subject terms, summary, text), how often, and in how long a text:
BM25F without its rarity, which changes with every other resource and so is multiplied when somebody asks. The result,
between 0 and 1, is kept in eight steps, together with the word, as one integer: the index over them knows for each
word who has it, and how much it says there, and no text need be read to rank.
"""

import hashlib
from collections import Counter, defaultdict
from zlib import crc32

from core import dutch
from core.dutch.text import STOP, words

#: Where words stand -> (how much one says there, how many stand there usually).
FIELDS = {"title": (3.0, 7), "tags": (2.0, 6), "summary": (1.5, 30), "text": (1.0, 300)}
PART = 0.9  # of a word that is part of a compound
SATURATION, LENGTH = 2.0, 0.5  # k1 and b of BM25
STEPS = 8
VERSION = f"{dutch.VERSION}.1"  # raise it when the numbers change: the night makes them anew
HIGH = 1 << 31


def weights(**fields):
    """{key: how much it says, from 0 to 1} of a resource whose title, tags, summary and text these are."""
    return summed({name: counted(text) for name, text in fields.items()})


def counted(text):
    """(how often each key stands in a text, how many words it has that say something)."""
    counts, length = Counter(), 0
    for word in words(text):
        if word in STOP:
            continue
        length += 1
        own, parts = dutch.keys_of(word)
        counts.update(own)
        for key in parts:
            counts[key] += PART
    return counts, length


def summed(fields):
    """The weights of a resource with these counts: {where: (counts, length)}."""
    found = defaultdict(float)
    for name, (counts, length) in fields.items():
        worth, usual = FIELDS[name]
        factor = worth / (1 - LENGTH + LENGTH * length / usual)
        for key, count in counts.items():
            found[key] += factor * count
    return {key: count / (SATURATION + count) for key, count in found.items()}


def code(key, step):
    """Word and step as one integer of four bytes: 29 bits of the word, 3 of the step."""
    number = crc32(key.encode()) & ~(STEPS - 1) | step
    return number - 2 * HIGH if number >= HIGH else number


def codes(weighed):
    """What the index holds of these weights."""
    return sorted(code(key, min(STEPS - 1, int(weight * STEPS))) for key, weight in weighed.items())


def worth(step):
    """How much a word of this step says, from 0 to 1."""
    return (step + 0.5) / STEPS


def digest(fields):
    """Changes when these words do, or the way in which they are weighed."""
    return hashlib.md5(repr((VERSION, fields)).encode(), usedforsecurity=False).hexdigest()
