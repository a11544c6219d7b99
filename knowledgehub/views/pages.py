"""The page of a resource, of an older version, and of what I made."""

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from core.models import get_or_refuse
from knowledgehub import registry, rules
from knowledgehub.choices import Answer, State
from knowledgehub.models import Resource, ResourceFile, ResourceVersion
from knowledgehub.shell import home
from knowledgehub.showing import differing, open_at, tabs_of


@login_not_required
def detail(request, pk):
    """A resource with its files, for whoever sees it; why it went, for whoever saw it."""
    resource = Resource.objects.for_detail(request.user).filter(pk=pk).first()
    if not resource:
        return _gone(request, pk)
    version = resource.current or resource.versions.get()
    if resource.state == State.WITHDRAWN:
        return _gone(request, pk)
    return render(request, "knowledgehub/detail.html", page_of(request, resource, version))


def _gone(request, pk):
    """A withdrawn one says why; what one may not see is not there, and a stranger can sign in to see more."""
    tombstone = Resource.objects.was_found_by(request.user).filter(pk=pk).first()
    if tombstone:
        context = {"resource": tombstone, "hub_url": reverse(home())}
        return render(request, "knowledgehub/withdrawn.html", context, status=410)
    if request.user.is_authenticated:
        raise Http404
    return redirect_to_login(request.get_full_path())


@login_not_required
def version(request, pk, number):
    """An older version as it stood; the concept, for its makers."""
    rows = ResourceVersion.objects.filter(resource=pk, number=number).allowing(request.user, "view")
    row = rows.first()
    resource = row and Resource.objects.for_detail(request.user).filter(pk=pk).first()
    if not resource or resource.state == State.WITHDRAWN:
        return _gone(request, pk)
    return render(request, "knowledgehub/detail.html", page_of(request, resource, row) | {"looks_back": True})


@login_not_required
def versions(request, pk):
    """All versions beneath each other, and what differs between one and the one before."""
    resource = Resource.objects.for_detail(request.user).filter(pk=pk).first()
    if not resource or resource.state == State.WITHDRAWN:
        return _gone(request, pk)
    rows = list(resource.versions.allowing(request.user, "view").prefetch_related(_FILES).order_by("-number"))
    context = {
        "resource": resource,
        "rows": [(row, differing(before, row)) for row, before in zip(rows, [*rows[1:], None], strict=True)],
        "hub_url": reverse(home()),
        "page_base": "shell.html" if request.user.is_authenticated else "public.html",
    }
    return render(request, "knowledgehub/all_versions.html", context)


_FILES = Prefetch("files", ResourceFile.objects.without_text())


def page_of(request, resource, version):
    """All that the page of a resource shows of this version of it."""
    files = list(ResourceFile.objects.filter(version=version).without_text())
    shown = [panel for build in registry.panels.values() if (panel := build(resource, request.user))]
    shown.sort(key=lambda panel: panel.get("order", 50))
    return {
        "resource": resource,
        "version": version,
        "authors": resource.authors.all(),
        "levels": [term for term in resource.terms.all() if term.vocabulary == "level"],
        "versions": _versions(resource, request.user),
        "tabs": tabs_of(files, request),
        "stage": open_at(files, request),
        "lead": next((panel for panel in shown if panel.get("lead")), None),
        "panels": [panel for panel in shown if not panel.get("side") and not panel.get("lead")],
        "side_panels": [panel for panel in shown if panel.get("side")],
        "heads": [build(resource, request) for build in registry.heads.values()],
        **_of_makers(resource),
        "hub_url": reverse(home()),
        "page_base": "shell.html" if request.user.is_authenticated else "public.html",
    }


def _of_makers(resource):
    """How it stands with the concept, for who made it; others need not know that there is one."""
    if not resource.can_edit:
        return {"is_mine": False}
    concept = ResourceVersion.objects.filter(resource=resource, published_at=None).first()
    asked = list(concept.approvals.select_related("author__person")) if concept else []
    return {
        "is_mine": True,
        "concept": concept,
        "asked": [each for each in asked if each.answer != Answer.NO],
        "refused": [each for each in asked if each.answer == Answer.NO],
    }


def _versions(resource, user):
    rows = resource.versions.allowing(user, "view").only(
        "pk", "resource_id", "number", "published_at", "offered_at", "change", "title"
    )
    return list(rows)


def mine(request):
    """What I made, alone or with others: what is not published yet stands first."""
    rows = Resource.objects.for_page(request.user, "edit").filter(rules.made(request.user))
    rows = rows.select_related("community", "school", "board", "network").prefetch_related("authors__person")
    return render(
        request, "knowledgehub/mine.html", {"resources": list(rows.latest_concepts_first()), "hub_url": reverse(home())}
    )


def resource_or_refuse(request, pk, power="view"):
    """The resource of an address, through the rule; for every deed on it."""
    return get_or_refuse(Resource.objects.for_detail(request.user), power, pk=pk)
