"""Decorators that views share."""

from functools import wraps


def private(view):
    """Never keep this page in any cache: it is one person's."""

    @wraps(view)
    def wrapped(*args, **kwargs):
        response = view(*args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return wrapped
