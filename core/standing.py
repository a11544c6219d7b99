"""What a user's rules are built from, fetched once per request.

Each app that has roles offers its own `standing(user)`, a small frozen set of
ids. It is remembered on the user object, and the user object lives as long as
the request does.
"""

from functools import wraps


def remembered(build):
    """Keep the outcome of `build(user)` on the user object for the request."""
    name = f"_standing_{build.__module__}_{build.__name__}"

    @wraps(build)
    def standing(user):
        if name not in user.__dict__:
            setattr(user, name, build(user))
        return user.__dict__[name]

    standing.forget = lambda user: user.__dict__.pop(name, None)
    return standing


def forget(user):
    """Drop all remembered standings of this user object, after a deed that changes them."""
    for name in [name for name in user.__dict__ if name.startswith("_standing_")]:
        del user.__dict__[name]
