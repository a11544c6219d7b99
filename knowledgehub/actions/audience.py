"""Who sees a resource: said beforehand, checked where it goes further than before, and kept."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from core.text import of_the_house
from knowledgehub import licences, reach, registry
from knowledgehub.actions import objecting
from knowledgehub.actions.making import hold
from knowledgehub.actions.publishing import makers_of
from knowledgehub.choices import Origin, Pupils, State
from knowledgehub.models import AudienceChange


def widens(resource, scope):
    """Whether somebody comes to see it who did not before: then rights and pupils are asked after again."""
    return not reach.is_inside(scope, reach.scope_of(resource))


def why_not_show(resource, scope):
    """Why this resource cannot be shown to this scope, whatever is agreed about it; or ""."""
    if resource.state == State.WITHDRAWN:
        return _("This was withdrawn. Nobody finds it any more.")
    if resource.hidden_at and widens(resource, scope):
        return _("This is hidden now, because somebody objected. Settle that first.")
    if scope.is_public and licences.HERE in (resource.licence, _licence_to_come(resource)):
        return _("Its licence says that it stays on this platform. Make a version with an open licence first.")
    return why_not_reach(resource, scope)


def why_not_reach(resource, scope):
    """An adaptation of what stays "only here" is seen by nobody who could not see the original."""
    if resource.adapted_licence != licences.HERE or scope.audience == reach.NARROWEST.audience:
        return ""
    source = resource.adapted_from
    if source is None or not source.is_published or source.hidden_at:
        if widens(resource, scope):
            return _("What you adapted is not shared any more. So your version cannot go further than it does now.")
        return ""
    most = reach.scope_of(source)
    if reach.is_inside(scope, most):
        return ""
    return _("What you adapted is shared with fewer people (%(most)s), and its licence keeps it there.") % {
        "most": most.label
    }


def _licence_to_come(resource):
    """That of the concept, where nothing is published yet."""
    if resource.current_id:
        return ""
    return resource.versions.values_list("licence", flat=True).first() or ""


def why_not_yet(resource, *, origin, pupils, rights_hold, parents_agree):
    """(field, sentence) of what must be agreed before more people see it; None when all is well.

    Permission and consent were given for the people who would see it then. More people: ask again.
    """
    if origin not in Origin.values:
        return "origin", _("Say first whether you made it yourselves.")
    if origin == Origin.PERMISSION and not rights_hold:
        return "rights_hold", _("Ask them first whether this many people may see their work.")
    if pupils not in Pupils.values:
        return "pupils", _("Say first whether there are pupils in it.")
    if pupils == Pupils.CONSENT and not parents_agree:
        return "parents_agree", _("Ask the parents first. What they agreed to was for fewer people.")
    return None


@transaction.atomic
def change_audience(
    resource, *, by, scope, origin="", origin_says="", pupils="", rights_hold=False, parents_agree=False
):
    """Show it to this scope from now on. What that means is written down with it.

    Raises Refused when the place is not hers, the licence keeps it here, or more people would see what was agreed
    for fewer.
    """
    resource = hold(resource)
    was = reach.scope_of(resource)
    if scope.door == was.door:
        raise Refused(_("This is who sees it now. Choose another."), "door")
    if reach.scope_at(scope.door, reach.scopes_of(by)) is None:
        raise Refused(_("Choose a place where you work or take part yourself."), "door")
    if reason := why_not_show(resource, scope):
        raise Refused(reason, "door")
    if widens(resource, scope):
        origin, pupils = origin or resource.origin, pupils or resource.pupils
        lacking = why_not_yet(
            resource, origin=origin, pupils=pupils, rights_hold=rights_hold, parents_agree=parents_agree
        )
        if lacking:
            raise Refused(lacking[1], lacking[0])
        resource.origin, resource.pupils = origin, pupils
        resource.origin_says = origin_says or resource.origin_says
    for column, value in scope.columns.items():
        setattr(resource, column, value)
    resource.changed_at = now()
    resource.was_public = resource.was_public or (resource.is_published and scope.is_public)
    resource.save()
    with of_the_house():
        said = f"{scope.label}. {reach.says(scope, is_published=resource.is_published)}"[:300]
    AudienceChange.objects.create(resource=resource, was=was.audience, became=scope.audience, said=said, by=by)
    record(
        "knowledgehub.audience_changed",
        by=by,
        about=resource,
        tell=makers_of(resource),
        community=scope.place if scope.audience == "plg" else None,
    )
    objecting.ask_again(resource)
    registry.tell_changed(resource)
    return resource
