"""Links to a resource for who is outside: made and called back by its makers, opened by whoever holds one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.held import by_key
from core.links import url_for
from core.models import get_or_refuse
from core.refusals import attempt
from knowledgehub import counting
from knowledgehub.actions import links as actions
from knowledgehub.forms.sharing import LinkForm
from knowledgehub.models import Resource, ResourceFile, ShareLink
from knowledgehub.showing import open_at, tabs_of
from knowledgehub.views import files

#: A class behind the one address of its school opens a lesson; who tries keys needs ages.
OPENED_A_MINUTE = 240


def links(request, pk):
    """The links of a resource, and a new one. Its key is shown once, in the answer to the form."""
    resource = get_or_refuse(Resource.objects.for_detail(request.user), "edit", pk=pk)
    form = LinkForm(request.POST if request.method == "POST" else None, resource=resource)
    fresh, status = None, 200
    if form.is_bound:
        made = form.is_valid() and attempt(form, _share, form, resource, request.user)
        if made:
            fresh = url_for("knowledgehub:link", made[1])
            form = LinkForm(resource=resource)
        else:
            status = 422
    context = {
        "resource": resource,
        "form": form,
        "fresh": fresh,
        "links": list(resource.links.select_related("made_by")),
        "why_not": actions.why_not_share(resource),
    }
    return render(request, "knowledgehub/links.html", context, status=status)


def _share(form, resource, by):
    known = ("said", "expires_on", "rights_hold", "parents_agree")
    said = {name: form.cleaned_data[name] for name in known if name in form.cleaned_data}
    return actions.share(resource, by=by, **said)


@require_POST
def revoke_link(request, pk):
    """The link counts no more."""
    row = get_or_refuse(ShareLink.objects.for_page(request.user, "revoke").select_related("resource"), "revoke", pk=pk)
    actions.revoke_link(row, by=request.user)
    messages.success(request, _("Called back. Who has the link sees nothing any more."))
    return redirect("knowledgehub:links", row.resource_id)


by_link = by_key("knowledgehub.link", most=OPENED_A_MINUTE, find=actions.behind)


@by_link
def link(request, held):
    """The resource as it is published now, for who holds this link."""
    if request.method == "GET":
        held.count_opening()
    resource = held.resource
    version = resource.current
    rows = list(ResourceFile.objects.filter(version=version).without_text())
    context = {
        "resource": resource,
        "version": version,
        "link": held,
        "link_key": held.key,
        "authors": resource.authors.select_related("person"),
        "levels": resource.terms.filter(vocabulary="level"),
        "tabs": tabs_of(rows, request),
        "stage": open_at(rows, request),
    }
    return render(request, "knowledgehub/link.html", context)


def _file(resource, pk):
    row = ResourceFile.objects.filter(version=resource.current_id, pk=pk).without_text().first()
    if row is None:
        raise Http404
    return row


@by_link
def link_file(request, held, pk):
    """A file of what is published now; counted like any other that is taken along."""
    if "save" in request.GET and request.method == "GET":
        counting.downloaded(held.resource, request)
    return files.hand_over(request, _file(held.resource, pk))


@by_link
def link_preview(request, held, pk):
    """Its picture."""
    return files.hand_over_preview(request, _file(held.resource, pk))


@by_link
def link_page(request, held, pk, number):
    """One of its pages."""
    return files.hand_over_page(request, _file(held.resource, pk), number)
