"""Parts of a page that are the same for whoever sees the same: drawn once in each process.

`{% kept people may_invite size=community.size %}…{% endkept %}` is drawn from these values (and the language and the
day). They are the key, whole: a row counts with all its columns and those of what came along with it. What stands
between the tags sees these names and no others, not even the reader or the csrf token: whoever forgets one misses it
at once, on every page, and nobody ever sees what was drawn for another.
"""

import datetime as dt
from functools import lru_cache
from time import time
from uuid import UUID

from django import template
from django.db.models import Model
from django.utils.functional import LazyObject, Promise
from django.utils.timezone import localdate
from django.utils.translation import get_language

from core.newest import Newest

register = template.Library()

#: What was drawn, by its place in a template and its values; the oldest goes first.
KEPT = Newest(2000)

PLAIN = {str, int, bool, float, type(None), dt.date, dt.datetime, dt.time, UUID}


class Kept(template.Node):
    """A part of a page, and what it is drawn from."""

    def __init__(self, values, nodelist):
        self.values, self.nodelist = values, nodelist

    def render(self, context):
        seen = set()
        values = {name: value.resolve(context, ignore_failures=True) for name, value in self.values.items()}
        drawn_from = [content(each, seen) for each in values.values()]
        key = (self, get_language(), _day(time() // 60), context.autoescape, *drawn_from)
        drawn = KEPT.get(key)
        if drawn is None:
            drawn = self.nodelist.render(context.new(values))
            KEPT.keep(key, drawn)
        return drawn


@lru_cache(maxsize=4)
def _day(_minute):
    """The day it is, asked once a minute."""
    return localdate()


@register.tag
def kept(parser, token):
    """{% kept name other=value … %}…{% endkept %}"""
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    values = {}
    for bit in token.split_contents()[1:]:
        name, _is, value = bit.partition("=")
        if not name.isidentifier():
            raise template.TemplateSyntaxError(f"kept takes names, or name=value; {bit} has none.")
        values[name] = parser.compile_filter(value or name)
    return Kept(values, nodelist)


def content(value, seen):
    """Everything of this value that can be seen on a page, as something to compare by."""
    kind = type(value)
    if kind in PLAIN:
        return value
    if isinstance(value, LazyObject):
        bool(value)  # now it is there
        return content(value._wrapped, seen)
    if isinstance(value, Model):
        return _row(value, seen)
    if isinstance(value, list | tuple):
        return kind, *[each if type(each) in PLAIN else content(each, seen) for each in value]
    if isinstance(value, dict):
        return kind, *value, *[each if type(each) in PLAIN else content(each, seen) for each in value.values()]
    return kind, str(value) if isinstance(value, Promise) else value  # text that is safe is no other text


def _row(row, seen):
    """A row with its columns and what was added to them, and the rows that came along with it, each once."""
    if id(row) in seen:
        return type(row), row.pk
    seen.add(id(row))
    own = [each for name, each in vars(row).items() if name[0] != "_"] + [*row._state.fields_cache.values()]
    return type(row), *[each if type(each) in PLAIN else content(each, seen) for each in own]
