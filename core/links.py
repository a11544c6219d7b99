"""Links that work from a mail without signing in: signed, for one purpose, for a limited time.

A link says *who* and *what for*; whether it still counts (used, revoked, moved)
is told by the row it points to. A GET on such a link shows, a POST changes:
mail scanners follow links.
"""

from functools import lru_cache

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class BadLink(Exception):
    """The link is forged, cut off, expired or already used; the text says which."""

    def __init__(self, sentence=None):
        super().__init__(sentence)
        self.sentence = sentence or _("This link is not right. Perhaps your mail program cut it in two.")


def sign(purpose, **facts):
    """A token that carries these facts (JSON values) for one purpose."""
    return signing.dumps(facts, salt=f"plg.{purpose}", compress=True)


def read(purpose, token, *, days):
    """The facts in a token. Raises BadLink when it is forged, of another purpose, or older than so many days."""
    try:
        return signing.loads(token, salt=f"plg.{purpose}", max_age=days * 86400)
    except signing.SignatureExpired:
        raise BadLink(_("This link has expired. Ask for a new one, or sign in.")) from None
    except (signing.BadSignature, ValueError):
        raise BadLink from None


@lru_cache(maxsize=20_000)
def address(view, *args):
    """The path of a view: what `reverse` says, remembered, because addresses do not change while we run."""
    return reverse(view, args=args)


def absolute(path):
    """The full address of a path of ours, from a setting: never from a request's Host header."""
    return f"{settings.BASE_URL}{path}"


def url_for(view, *args, **kwargs):
    """The full address of a view, for use in mail and calendars."""
    return absolute(reverse(view, args=args, kwargs=kwargs))


def signed_url(purpose, view, person, **facts):
    """The full address of a view that takes a token as its last argument, for this person and these facts."""
    return url_for(view, sign(purpose, person=person.pk, **facts))


class BadLinkMiddleware:
    """Show one friendly page for every link that no longer works."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """Answer a bad link with 410 and its sentence."""
        from django.shortcuts import render

        if not isinstance(exception, BadLink):
            return None
        return render(request, "bad_link.html", {"sentence": exception.sentence}, status=410)
