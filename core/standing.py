"""What a user's rules are built from, fetched once per request.

Each app that has roles offers its own `standing(user)`, a small frozen set of
ids. It is remembered on the user object, and the user object lives as long as
the request does. Where one occasion meets many readers, the standing of all of
them is fetched at once; then the same rules answer without a query.
"""

from functools import wraps

#: What is fetched for many at once, in the order in which one needs the other.
_OF_MANY = []


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


def fetch(users):
    """Remember the standings of all these users: as many queries for five hundred as for one."""
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
    found = _kept(user)[build] = build(user)
    return found


def forget(user):
    """Drop all remembered standings of this user object, after a deed that changes them."""
    _kept(user).clear()
