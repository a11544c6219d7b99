"""Links by which somebody outside sees one resource, for a while."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from core.time import today
from knowledgehub import licences
from knowledgehub.actions.making import hold
from knowledgehub.agreed import why_not_yet
from knowledgehub.models import ShareLink

USUAL_DAYS, MOST_DAYS, MOST_LINKS = 30, 365, 20


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
    if resource.links.that_count().count() >= MOST_LINKS:
        raise Refused(_("There are %(n)d links already. Call some back first.") % {"n": MOST_LINKS})
    made = ShareLink.objects.make(resource=resource, said=said, made_by=by, expires_on=expires_on)
    record("knowledgehub.shared", by=by, about=resource)
    return made


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
    if link.call_back():
        record("knowledgehub.link_revoked", by=by, about=link.resource)


def behind(key):
    """The link of this key with what it leads to, as long as both count; None for every other key."""
    there = {"resource__state": "published", "resource__hidden_at": None}
    of_resource = ("resource__current", "resource__community", "resource__school")
    return ShareLink.objects.behind(key).filter(**there).select_related(*of_resource).first()
