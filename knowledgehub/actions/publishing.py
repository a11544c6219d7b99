"""The one place where something becomes found, and where it stops being so."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from knowledgehub import registry
from knowledgehub.actions.making import COPIED, hold, hold_version
from knowledgehub.choices import Audience, State
from people.models import User


@transaction.atomic
def publish(version, *, by):
    """Make this version what everybody behind its door finds. From now on it never changes.

    Raises Refused when something is missing, or when somebody who was asked has not agreed yet.
    """
    version = hold_version(version)
    if reason := version.why_not_publish:
        raise Refused(reason)
    resource, moment = version.resource, now()
    version.published_at = moment
    version.save(update_fields=["published_at"])
    for name in COPIED:
        setattr(resource, name, getattr(version, name))
    resource.current, resource.state, resource.changed_at = version, State.PUBLISHED, moment
    resource.published_at = resource.published_at or moment
    resource.was_public = resource.was_public or resource.audience == Audience.PUBLIC
    resource.save()
    record(
        "knowledgehub.published" if version.number == 1 else "knowledgehub.renewed",
        by=by,
        about=resource,
        tell=makers_of(resource),
        community=resource.community if resource.audience == Audience.PLG else None,
        number=version.number,
    )
    registry.tell_changed(resource)
    return version


def makers_of(resource):
    """The makers who have an account, in their order."""
    return list(User.objects.filter(pk__in=resource.authors.values("person"), is_active=True).order_by("pk"))


@transaction.atomic
def withdraw(resource, *, by, why):
    """Take it out of everything; who comes by its address reads why. It is not thrown away."""
    resource = hold(resource)
    if reason := resource.why_not_withdraw:
        raise Refused(reason)
    if not why.strip():
        raise Refused(_("Say why, so that who comes looking knows it."), "why")
    resource.state, resource.withdrawn_at, resource.withdrawn_why = State.WITHDRAWN, now(), why.strip()[:300]
    resource.changed_at = resource.withdrawn_at
    resource.save(update_fields=["state", "withdrawn_at", "withdrawn_why", "changed_at"])
    record("knowledgehub.withdrawn", by=by, about=resource, tell=makers_of(resource), community=resource.community)
    registry.tell_changed(resource)
    return resource
