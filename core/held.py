"""Links that count for whoever holds them, without an account: until a day, or until they are called back.

Only the hash of a key is kept: who reads the database cannot open what is behind it.
"""

import hashlib
import secrets
from functools import wraps

from allauth.core.internal.httpkit import get_client_ip
from django.contrib.auth.decorators import login_not_required
from django.db import models
from django.db.models import F
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core import limits
from core.models import Model, QuerySet
from core.text import one_line
from core.time import today
from core.views import private


def hash_of(key):
    """As a key is kept. It is long and random, so that a plain hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


class HeldLinks(QuerySet):
    def that_count(self):
        """Not called back, and not ended."""
        return self.filter(revoked_at=None, expires_on__gte=today())

    def behind(self, key):
        """That of this key, as long as it counts. A wrong key and one that was called back look the same."""
        return self.that_count().filter(key_hash=hash_of(key))

    def make(self, *, said, **fields):
        """(link, key); the key is kept nowhere."""
        key = secrets.token_urlsafe(32)
        return self.create(key_hash=hash_of(key), said=one_line(said), **fields), key


class HeldLink(Model):
    """A link that somebody outside holds; what it leads to stands in the model that is made of this."""

    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    said = models.CharField(gettext_lazy("for whom"), max_length=120, blank=True)
    made_at = models.DateTimeField(default=now, editable=False)
    expires_on = models.DateField(gettext_lazy("until"))
    revoked_at = models.DateTimeField(null=True, editable=False)
    opened = models.PositiveIntegerField(default=0, editable=False)

    objects = HeldLinks.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return self.said or f"link {self.pk}"

    @property
    def has_ended(self):
        """The last day is behind us."""
        return self.expires_on < today()

    def call_back(self):
        """It counts no more; False where it did not already."""
        return bool(type(self).objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=now()))

    def count_opening(self):
        """One more. In one statement, so that two at once are two."""
        type(self).objects.filter(pk=self.pk).update(opened=F("opened") + 1)


def by_key(what, *, most, find):
    """A view behind a key: for whoever holds it, never indexed, never kept, and never told to other sites.

    `find(key)` is what counts behind it, handed to the view in the place of the key, or None; `what` and `most` are how
    often a minute one address may try (`core.limits`).
    """

    def decorate(view):
        @private
        @login_not_required
        @require_safe
        @wraps(view)
        def wrapped(request, key, *args, **kwargs):
            if limits.is_too_often(what, get_client_ip(request), most=most):
                response = _nothing(request, 429, _("That was often in a short time. Wait a minute, then try again."))
            elif (found := find(key)) is None:
                said = _("This link does not work any more. Ask who gave it to you for a new one.")
                response = _nothing(request, 410, said)
            else:
                found.key = key
                response = view(request, found, *args, **kwargs)
            response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
            response.headers["Referrer-Policy"] = "no-referrer"
            return response

        return wrapped

    return decorate


def _nothing(request, status, sentence):
    return render(request, "bad_link.html", {"sentence": sentence}, status=status)
