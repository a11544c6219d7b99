"""The one place where something becomes found, and where it stops being so."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from core.text import of_the_house
from knowledgehub import agreed, reach, registry
from knowledgehub.actions import closing
from knowledgehub.actions.making import COPIED, hold, hold_version, take_up
from knowledgehub.choices import Answer, Audience, State
from knowledgehub.models import AudienceChange, Author
from people.models import User


@transaction.atomic
def publish(version, *, by):
    """Make this version what everybody behind its door finds. From now on it never changes.

    Raises Refused when something is missing, or when somebody who was asked has not agreed yet.
    """
    version = hold_version(version)
    if reason := version.why_not_publish or agreed.why_not_publish(version):
        raise Refused(reason)
    resource, moment = version.resource, now()
    is_first = not resource.current_id
    version.published_at = moment
    version.save(update_fields=["published_at"])
    _name_who_agreed(version)
    for name in COPIED:
        setattr(resource, name, getattr(version, name))
    take_up(resource, version)
    resource.current, resource.state, resource.changed_at = version, State.PUBLISHED, moment
    resource.published_at = resource.published_at or moment
    resource.was_public = resource.was_public or resource.audience == Audience.PUBLIC
    resource.save()
    if is_first:
        _note_audience(resource, by)
        _tell_source(resource, by)
    record(
        "knowledgehub.published" if is_first else "knowledgehub.renewed",
        by=by,
        about=resource,
        tell=makers_of(resource),
        community=resource.community if resource.audience == Audience.PLG else None,
        number=version.number,
    )
    if resource.hidden_at:
        closing.ask_to_show_again(resource, by=by)
    registry.tell_changed(resource)
    return version


def _name_who_agreed(version):
    """Who joins and said yes herself is named from now on, and is a maker like the others."""
    said_yes = version.approvals.filter(answer=Answer.YES).values("author")
    Author.everyone.filter(pk__in=said_yes, resource=version.resource, is_named=False).update(is_named=True)


def _note_audience(resource, by):
    """How far it goes from now on, for whoever asks that later."""
    scope = reach.scope_of(resource)
    with of_the_house():
        said = f"{scope.label}. {reach.says(scope)}"[:300]
    AudienceChange.objects.create(resource=resource, was=Audience.PRIVATE, became=scope.audience, said=said, by=by)


def _tell_source(resource, by):
    """Whose work goes on in this hears of it, if they may see it."""
    if source := resource.adapted_from:
        mine = makers_of(resource)
        tell = [person for person in makers_of(source) if person not in mine]
        record("knowledgehub.adapted", by=by, about=resource, tell=tell)


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
    closing.nothing_is_asked_any_more(resource, by=by)
    closing.tell_who_adapted(resource, by=by)
    registry.tell_changed(resource)
    return resource
