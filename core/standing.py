"""What a user's rules are built from, fetched once per request.

Each app that has roles offers its own `standing(user)`, a small frozen set of
ids. It is remembered on the user object, and the user object lives as long as
the request does.
"""

from functools import wraps


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

    standing.forget = lambda user: _kept(user).pop(build, None)
    return standing


def forget(user):
    """Drop all remembered standings of this user object, after a deed that changes them."""
    _kept(user).clear()
