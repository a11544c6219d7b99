"""What sharing adds to the page of a resource: who sees it, where it comes from, and what its makers can do there."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from knowledgehub import provenance, reach
from knowledgehub.choices import Audience
from knowledgehub.models import Review


def about(resource, user):
    """The card at the side."""
    scope = reach.scope_of(resource)
    context = {
        "resource": resource,
        "scope": scope,
        "says": _says(scope, resource),
        "tree": provenance.tree(resource, user),
        "may_report": _may_report(resource, user),
        "objections": _objections(resource),
        "may_show_again": resource.can_moderate and resource.hidden_at and not resource.can_edit,
        "hidden_why": _hidden_why(resource),
        "review": _review(resource) if resource.can_edit else None,
    }
    return {"template": "knowledgehub/about_card.html", "context": context, "side": True}


def _may_report(resource, user):
    """Whoever uses it, and of what stands on the web everybody; not who made it."""
    if not user.is_authenticated:
        return resource.is_public
    return resource.is_published and resource.can_use and not resource.can_edit


def _says(scope, resource):
    """For whom it is, as it is now."""
    if scope.audience == Audience.PRIVATE:
        return _("Nobody else finds it.")
    if not resource.current_id:
        return _("Once it is published. Now only its makers see it.")
    if scope.is_public:
        return _("Everyone, with or without an account.")
    if scope.audience == Audience.MEMBERS:
        return _("Colleagues of every school that takes part here. Not on the open web.")
    if scope.audience == Audience.PLG:
        return _("Who takes part in this PLG, and nobody else.")
    schools = scope.schools.count()
    return ngettext(
        "Colleagues of %(n)s school. Not on the open web.", "Colleagues of %(n)s schools. Not on the open web.", schools
    ) % {"n": schools}


def _objections(resource):
    """What is still to be settled, for whoever settles it."""
    return list(resource.objections.filter(settled_at=None)) if resource.can_moderate and not resource.can_edit else []


def _hidden_why(resource):
    """What was decided when it was hidden: for its makers and whoever can show it again."""
    if not resource.hidden_at or not (resource.can_edit or resource.can_moderate):
        return ""
    return resource.objections.exclude(outcome="").order_by("-settled_at").values_list("outcome", flat=True).first()


def _review(resource):
    """The last conversation with editors about its concept, for its makers."""
    rows = Review.objects.filter(version__resource=resource, version__published_at=None)
    return rows.select_related("version").first()
