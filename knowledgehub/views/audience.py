"""Who sees a resource: choose, read what it means, and only then save."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import get_or_refuse
from core.refusals import attempt
from core.time import today
from knowledgehub import agreed, reach
from knowledgehub.actions import audience as actions
from knowledgehub.actions import closing
from knowledgehub.choices import LICENCES
from knowledgehub.forms.sharing import AgreedForm, DoorForm
from knowledgehub.models import Resource


def audience(request, pk):
    """Without `?door=` the choice; with it what that choice means, and the button that saves it."""
    resource = get_or_refuse(Resource.objects.for_detail(request.user), "edit", pk=pk)
    scopes = reach.scopes_of(request.user)
    asked = request.POST.get("door") or request.GET.get("door", "")
    scope = reach.scope_at(asked, scopes)
    was = reach.scope_of(resource)
    if scope is None or scope.door == was.door:
        is_chosen = bool(asked) or request.method == "POST"
        form = DoorForm({"door": asked} if is_chosen else None, scopes=scopes, now=was)
        if is_chosen and form.is_valid():
            form.add_error("door", _("This is who sees it now. Choose another."))
        context = {"resource": resource, "form": form, "now": was, "changes": _changes(resource)}
        return render(request, "knowledgehub/audience.html", context, status=422 if request.method == "POST" else 200)
    return _second_step(request, resource, was, scope)


def _changes(resource):
    return list(resource.audience_changes.select_related("by")[:10])


def _second_step(request, resource, was, scope):
    widens = agreed.widens(resource, scope)
    form = AgreedForm(request.POST if request.method == "POST" else None, resource=resource, asks=widens)
    if form.is_bound and form.is_valid():
        said = {**form.cleaned_data, "by": request.user, "scope": scope}
        if attempt(form, actions.change_audience, resource, **said):
            messages.success(
                request, _("Saved. %(says)s") % {"says": reach.says(scope, is_published=resource.is_published)}
            )
            return redirect(resource)
    context = {
        "resource": resource,
        "form": form,
        "was": was,
        "scope": scope,
        "says": reach.says(scope, is_published=resource.is_published),
        "means": list(_means(resource, was, scope)),
        "why_not": agreed.why_not_show(resource, scope),
        "widens": widens,
    }
    return render(request, "knowledgehub/audience_means.html", context, status=422 if form.is_bound else 200)


def _means(resource, was, scope):
    """What else one wants to know before it is saved."""
    if scope.is_public and resource.licence:
        yield _("With it goes the licence %(licence)s: %(says)s That cannot be taken back.") % {
            "licence": LICENCES[resource.licence].label,
            "says": LICENCES[resource.licence].says,
        }
    if was.is_public and resource.is_published:
        yield _(
            "It stands on the web now. Collections that took it over hear that it is gone. Who has a copy keeps it, "
            "with the licence it had."
        )
    links = resource.links.filter(revoked_at=None, expires_on__gte=today()).count()
    if links and not scope.is_public:
        yield ngettext(
            "%(n)s link that you shared goes on to work. Call it back if you want that too.",
            "%(n)s links that you shared go on to work. Call them back if you want that too.",
            links,
        ) % {"n": links}
    if not reach.is_inside(was, scope) and resource.is_published:
        yield _("Who saved it and does not belong to this, does not find it any more.")
        if closing.wider_versions(resource, scope):
            yield _("Colleagues made a version of it that more people see. That stays as it is; they hear of this.")
