"""What a user's rules are built from, fetched once per request.

Each app that has roles offers its own `standing(user)`, a small frozen set of
ids. It is remembered on the user object, and the user object lives as long as
the request does. Where one occasion meets many readers, the standing of all of
them is fetched at once; then the same rules answer without a query.

What every page asks is read in one statement, and for the person of a request
along with herself (`people.backends`).
"""

import json
from functools import cache, wraps

from core.statements import Statement
from core.time import today

#: What is fetched for many at once, in the order in which one needs the other.
_OF_MANY = []
#: What is read in one statement: (build, SQL of its rows, function that makes standings of them).
_READ = []


def _kept(user):
    """What is kept on the person; never in `user.__dict__`: `request.user` is a lazy wrapper with one of its own."""
    kept = getattr(user, "_standings", None)
    if kept is None:
        kept = user._standings = {}
    return kept


def remembered(build):
    """Keep the outcome of `build(user)` on the user object for the request."""

    @wraps(build)
    def standing(user):
        kept = _kept(user)
        if build not in kept:
            kept[build] = build(user)
        return kept[build]

    standing.build = build
    standing.forget = lambda user: _kept(user).pop(build, None)
    return standing


def remembered_of_many(of_many):
    """The same for what is asked of many at once: `of_many(users)` returns {id of a user: standing}."""

    @remembered
    @wraps(of_many)
    def standing(user):
        return of_many([user])[user.pk]

    _OF_MANY.append((standing.build, of_many))
    return standing


def remembered_from(sql):
    """The same for what every page asks: `of_rows(users, rows)` makes {id of a user: standing} of what `sql` finds.

    `sql` has one column, an array in JSON, and knows `asked.people` (their ids) and `asked.day`. It is not asked about
    who is not signed in or no longer active.
    """

    def decorate(of_rows):
        @remembered
        @wraps(of_rows)
        def standing(user):
            _read([user])
            return _kept(user)[standing.build]

        _READ.append((standing.build, sql, of_rows))
        return standing

    return decorate


def rows_as_text(people, day):
    """An SQL expression: all that standings are made of, for `keep`. `people` and `day` are SQL as well."""
    parts = ",".join(f"(SELECT json_agg(line) FROM ({sql}) AS found (line))" for _build, sql, _how in _READ)  # noqa: S608
    return f"(SELECT json_build_array({parts})::text FROM (SELECT {people} AS people, {day} AS day) AS asked)"  # noqa: S608


@cache
def _statement(_parts):
    return Statement(f"SELECT {rows_as_text('%s::bigint[]', '%s::date')}", parameters=2)


def _read(users):
    known = [user.pk for user in users if user.is_authenticated and user.is_active]
    text = _statement(len(_READ)).rows([known, today()])[0][0] if known else None
    keep(users, text)


def keep(users, text):
    """Remember the standings of these users, as they were read (`rows_as_text`)."""
    found = json.loads(text) if text else [None] * len(_READ)
    for (build, _sql, of_rows), rows in zip(_READ, found, strict=True):
        standings = of_rows(users, rows or [])
        for user in users:
            _kept(user).setdefault(build, standings[user.pk])


def fetch(users):
    """Remember the standings of all these users: as many queries for five hundred as for one."""
    for user in users:
        for build, *_how in _READ:
            _kept(user).pop(build, None)
    _read(users)
    for build, of_many in _OF_MANY:
        found = of_many(users)
        for user in users:
            _kept(user)[build] = found[user.pk]


def is_as_it_was(user):
    """True when every standing that is remembered on this user is the same in the database now."""
    known = dict(_kept(user))
    forget(user)
    return all(_again(user, build) == was for build, was in known.items())


def _again(user, build):
    kept = _kept(user)
    if build not in kept:  # what is read in one statement comes all at once
        kept[build] = build(user)
    return kept[build]


def forget(user):
    """Drop all remembered standings of this user object, after a deed that changes them."""
    _kept(user).clear()
