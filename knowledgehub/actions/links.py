"""Links by which somebody outside sees one resource, for a while."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from core.text import one_line
from core.time import today
from knowledgehub import licences
from knowledgehub.actions.making import hold
from knowledgehub.agreed import why_not_yet
from knowledgehub.models import Resource, ShareLink

USUAL_DAYS, MOST_DAYS, MOST_LINKS = 30, 365, 20


def hash_of(key):
    """As a key is kept. It is long and random, so that a plain hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


@transaction.atomic
def share(resource, *, by, said, expires_on, rights_hold=False, parents_agree=False):
    """Make a link. Returns (link, key); the key is kept nowhere.

    Raises Refused for what is not published, what must stay here by what it was made of, and what was agreed for
    fewer people.
    """
    resource = hold(resource)
    if reason := why_not_share(resource):
        raise Refused(reason)
    if not today() < expires_on <= today() + timedelta(days=MOST_DAYS):
        raise Refused(_("Choose a day from tomorrow until a year from now."), "expires_on")
    lacking = why_not_yet(
        resource,
        origin=resource.origin,
        pupils=resource.pupils,
        rights_hold=rights_hold,
        parents_agree=parents_agree,
    )
    if lacking:
        raise Refused(lacking[1], lacking[0])
    if resource.links.filter(revoked_at=None, expires_on__gte=today()).count() >= MOST_LINKS:
        raise Refused(_("There are %(n)d links already. Call some back first.") % {"n": MOST_LINKS})
    key = secrets.token_urlsafe(32)
    link = ShareLink.objects.create(
        resource=resource, key_hash=hash_of(key), said=one_line(said), made_by=by, expires_on=expires_on
    )
    record("knowledgehub.shared", by=by, about=resource)
    return link, key


def why_not_share(resource):
    """Why no link can be made of it, or "" when it can."""
    if not resource.is_published or resource.hidden_at:
        return _("Only what is published can be shared by a link.")
    if licences.HERE in (resource.licence, resource.adapted_licence) and resource.is_adaptation:
        return _("What you adapted stays on this platform, by its licence. So no link leads out of it.")
    return ""


@transaction.atomic
def revoke_link(link, *, by):
    """The link counts no more."""
    if ShareLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now()):
        record("knowledgehub.link_revoked", by=by, about=link.resource)


def resource_behind(key):
    """The link of this key and its resource, as long as both count; (None, None) for every other key.

    One who tries keys cannot tell a wrong one from one that was called back.
    """
    link = ShareLink.objects.filter(key_hash=hash_of(key), revoked_at=None, expires_on__gte=today()).first()
    if link is None:
        return None, None
    rows = Resource.objects.filter(pk=link.resource_id, state="published", hidden_at=None)
    resource = rows.select_related("current", "community", "school").first()
    return (link, resource) if resource else (None, None)


def count_opening(link):
    """One more. In one statement, so that two at once are two."""
    ShareLink.objects.filter(pk=link.pk).update(opened=F("opened") + 1)
