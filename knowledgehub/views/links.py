"""Links to a resource for who is outside: made and called back by its makers, opened by whoever holds one."""

from allauth.core.internal.httpkit import get_client_ip
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import limits
from core.links import url_for
from core.models import get_or_refuse
from core.refusals import attempt
from core.time import today
from core.views import private
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
        "today": today(),
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


def shown_by_link(view):
    """A view behind a key: for whoever holds it, never indexed, never kept, and never told to other sites."""

    @private
    @login_not_required
    @require_safe
    def wrapped(request, key, *args, **kwargs):
        if limits.is_too_often("knowledgehub.link", get_client_ip(request), most=OPENED_A_MINUTE):
            response = _nothing(request, 429, _("That was often in a short time. Wait a minute, then try again."))
        else:
            link, resource = actions.resource_behind(key)
            if link is None:
                said = _("This link does not work any more. Ask who gave it to you for a new one.")
                response = _nothing(request, 410, said)
            else:
                request.link_key = key
                response = view(request, link, resource, *args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    return wrapped


def _nothing(request, status, sentence):
    return render(request, "bad_link.html", {"sentence": sentence}, status=status)


@shown_by_link
def link(request, link, resource):
    """The resource as it is published now, for who holds this link."""
    if request.method == "GET":
        actions.count_opening(link)
    version = resource.current
    rows = list(ResourceFile.objects.filter(version=version).without_text())
    context = {
        "resource": resource,
        "version": version,
        "link": link,
        "link_key": request.link_key,
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


@shown_by_link
def link_file(request, link, resource, pk):
    """A file of what is published now."""
    return files.hand_over(request, _file(resource, pk))


@shown_by_link
def link_preview(request, link, resource, pk):
    """Its picture."""
    return files.hand_over_preview(request, _file(resource, pk))


@shown_by_link
def link_page(request, link, resource, pk, number):
    """One of its pages."""
    return files.hand_over_page(request, _file(resource, pk), number)
