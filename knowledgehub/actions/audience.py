"""Who sees a resource: said beforehand, checked where it goes further than before, and kept."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from core.text import of_the_house
from knowledgehub import reach, registry
from knowledgehub.actions import closing, objecting
from knowledgehub.actions.making import hold
from knowledgehub.actions.publishing import makers_of
from knowledgehub.agreed import why_not_show, why_not_yet, widens
from knowledgehub.models import AudienceChange


def _makers_are_asked(resource):
    """Whether they are agreeing right now with something for fewer people."""
    return not resource.current_id and resource.versions.filter(offered_at__isnull=False, approvals__answer="").exists()


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
        if _makers_are_asked(resource):
            raise Refused(_("Your fellow makers were asked about it for who sees it now. Take it back first."), "door")
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
    if resource.is_published and not reach.is_inside(was, scope):
        closing.tell_wider_versions(resource, scope, by=by)
    objecting.ask_again(resource)
    registry.tell_changed(resource)
    return resource
