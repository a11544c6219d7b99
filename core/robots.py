"""Which pages search engines may keep: none, but for those that let them in."""

from functools import wraps


def let_in(request):
    """Search engines may keep the answer to this request (see `core.middleware.HeadersMiddleware`)."""
    request.is_for_robots = True


def for_robots(view):
    """A view whose page search engines may keep, for whoever is not signed in."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        if not request.user.is_authenticated:
            let_in(request)
        return view(request, *args, **kwargs)

    return opened
