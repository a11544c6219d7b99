"""Small helpers for text."""

import unicodedata

from django.conf import settings
from django.utils.translation import override


def sort_key(name):
    """Return the form of a name by which people expect it to be sorted.

    The embedded PostgreSQL has no ICU, so we store this key beside each name.
    """
    flat = unicodedata.normalize("NFKD", one_line(name).casefold())
    return "".join(letter for letter in flat if not unicodedata.combining(letter)).strip()[:200]


def one_line(text):
    """Return text without line breaks and control characters, fit for a header."""
    if (text := str(text)).isprintable():
        return " ".join(text.split())
    return " ".join("".join(" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text).split())


def of_the_house():
    """A context in which we make words that are kept: readers of every language find them, so not the writer's."""
    return override(settings.LANGUAGE_CODE)


def number(text, otherwise=None):
    """The whole number that a form or an address says, if it could be the id of a row; else `otherwise`."""
    return int(text) if text.isdecimal() and len(text) < 19 else otherwise


def tags_of(text):
    """The words that somebody gave to something, typed with commas between them."""
    return sorted({tag for tag in (one_line(part).lower() for part in text.replace(";", ",").split(",")) if tag})


def text_of(tags):
    """The same as text, to change it."""
    return ", ".join(sorted(tag.name for tag in tags))
