"""Texts that were found, as safe HTML: the words that were asked for are marked, the rest is around them."""

from django.utils.html import escape
from django.utils.safestring import mark_safe

BEFORE, AROUND = 60, 240  # characters of a snippet before the first word, and in all


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
    parts, last = [], 0
    for begin, end in question.places(text):
        parts.append(f"{escape(text[last:begin])}<mark>{escape(text[begin:end])}</mark>")
        last = end
    return mark_safe("".join([*parts, escape(text[last:])]))
