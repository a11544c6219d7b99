"""Decorators that views share."""

from functools import wraps

from django.http import HttpResponse


def private(view):
    """Never keep this page in any cache: it is one person's."""

    @wraps(view)
    def wrapped(*args, **kwargs):
        response = view(*args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        return response

    return wrapped


def see(url):
    """The answer that sends an htmx request elsewhere."""
    return HttpResponse(status=204, headers={"HX-Redirect": url})
