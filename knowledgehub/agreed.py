"""What must be right before more people see something: its licence, whose work it is, what parents said."""

from django.utils.translation import gettext as _

from knowledgehub import licences, reach
from knowledgehub.choices import Origin, Pupils, State
from knowledgehub.models import Resource


def widens(resource, scope):
    """Whether somebody comes to see it who did not before: then rights and pupils are asked after again."""
    return not reach.is_inside(scope, reach.scope_of(resource))


def why_not_publish(version):
    """Why this version cannot be published for the audience that its resource has; or ""."""
    resource, scope = version.resource, reach.scope_of(version.resource)
    if reason := licences.why_not_take(resource, version.licence):
        return reason
    if scope.is_public and version.licence == licences.HERE:
        return _("It is for everyone on the web, so it needs an open licence. Choose another licence or audience.")
    return why_not_reach(resource, scope)


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
    rows = Resource.objects.select_related("community", "school", "board", "network")
    source = rows.filter(pk=resource.adapted_from_id).first()
    if source is None or not source.is_published or source.hidden_at:
        if widens(resource, scope) or not resource.is_published:
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
