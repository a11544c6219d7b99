"""A resource is used: how it went, kept at hand, taken to a PLG, taken along as files, counted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Prefetch
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.time import today
from knowledgehub import bundle, counting, experiences, taking
from knowledgehub.actions import making
from knowledgehub.actions import taking as take_deeds
from knowledgehub.actions import using as deeds
from knowledgehub.bringing import SOURCES
from knowledgehub.forms.using import BringForm, ExperienceForm, TakeForm
from knowledgehub.models import Experience, Resource, ResourceFile, ResourceVersion


def resource_of(request, pk, power="use"):
    """The resource, for a page or deed that asks this power."""
    rows = Resource.objects.for_deed(request.user).select_related("community", "school", "board", "network")
    return get_or_refuse(rows, power, pk=pk)


# How it went --------------------------------------------------------------------------------------


def show_experiences(request, pk):
    """All that colleagues told."""
    row = resource_of(request, pk)
    page = Paginator(experiences.of(row, request.user), experiences.PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "resource": row,
        "figures": experiences.figures(row),
        "page": page,
        "rows": experiences.drawn(page.object_list, row),
    }
    return render(request, "knowledgehub/experiences.html", context)


def tell(request, pk):
    """So it went with me: in under a minute."""
    row = resource_of(request, pk)
    if not row.is_published:
        raise Refused(_("This is not published, so nobody can have used it yet."))
    initial = {"used_on": today(), "level": request.user.level, "minutes": row.lesson_minutes}
    form = ExperienceForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid() and attempt(form, deeds.tell, row, by=request.user, **form.cleaned_data):
        messages.success(request, _("Thank you. Whoever sees this resource reads how it went with you."))
        return redirect(f"{row.get_absolute_url()}#experiences")
    return _form(request, row, form)


def edit_experience(request, pk):
    """Say it better."""
    row = _experience(request, pk, "edit")
    form = ExperienceForm(request.POST or None, instance=row)
    if form.is_bound and form.is_valid():
        done = attempt(form, deeds.edit_experience, row, by=request.user, **form.cleaned_data)
        if done:
            return redirect(f"{row.resource.get_absolute_url()}#experiences")
    return _form(request, row.resource, form, row)


def _form(request, resource, form, experience=None):
    context = {"resource": resource, "form": form, "experience": experience}
    return render(request, "knowledgehub/tell.html", context, status=422 if form.is_bound else 200)


def remove_experience(request, pk):
    """Take it away, after a page that says so."""
    row = _experience(request, pk, "remove")
    if request.method == "POST":
        deeds.remove_experience(row, by=request.user)
        messages.success(request, _("It is removed."))
        return redirect(row.resource)
    return render(request, "knowledgehub/remove_experience.html", {"experience": row, "resource": row.resource})


def _experience(request, pk, power):
    rows = Experience.objects.for_page(request.user, "edit", "remove").select_related("resource", "person")
    return get_or_refuse(rows, power, pk=pk)


# To a PLG -----------------------------------------------------------------------------------------


def take(request, pk):
    """On an agenda or in a conversation of a PLG of hers; where members could not open it, she is asked first."""
    row = resource_of(request, pk)
    found = taking.places(request.user)
    if not found:
        raise Refused(_("You take part in no PLG yet. Find one first; then you can take this along."))
    asked = request.GET.get("where", "")
    initial = {"where": asked} if any(place.key == asked for place in found) else {}
    form = TakeForm(request.POST or None, initial=initial, groups=taking.groups(found))
    if form.is_bound and form.is_valid():
        place = next(each for each in found if each.key == form.cleaned_data["where"])
        more = {"note": form.cleaned_data["note"], "anyway": form.cleaned_data["anyway"]}
        if put := attempt(form, take_deeds.take, row, by=request.user, place=place, **more):
            return _taken(request, *put)
    place = next((each for each in found if form.is_bound and each.key == form["where"].value()), None)
    context = {
        "resource": row,
        "form": form,
        "may_anyway": bool(place and taking.warning(row, place.community)),
        "place": place,
    }
    return render(request, "knowledgehub/take.html", context, status=422 if form.is_bound else 200)


def _taken(request, put, waits):
    said = _("It stands there, with a link.")
    if waits:
        said = _("You proposed it. Your facilitator hears of it and puts it on the agenda.")
    messages.success(request, said)
    return redirect(put)


def bring(request, source, pk):
    """From minutes, a logbook or a completed PLG into a concept: what is copied is shown, and can be changed."""
    key = request.GET.get("key", "")
    brought = SOURCES[source](request.user, pk, key) if source in SOURCES else None
    if not brought:
        raise Http404
    form = BringForm(request.POST or None, initial={"title": brought.title, "text": brought.text})
    if form.is_bound and form.is_valid():
        version = attempt(form, _begin, brought, form, request.user)
        if version:
            messages.success(request, _("A concept, that only its makers see. Go on here when it suits you."))
            return redirect("knowledgehub:edit", version.resource_id)
    context = {"form": form, "brought": brought}
    return render(request, "knowledgehub/bring.html", context, status=422 if form.is_bound else 200)


def _begin(brought, form, user):
    theme = {"theme": brought.community.theme} if brought.community else {}
    with transaction.atomic():
        version = making.begin(
            by=user,
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            kind=brought.kind,
            makers=brought.makers,
            link=brought.link,
            **theme,
        )
        brought.then(version)
    return version


# Files and counts ---------------------------------------------------------------------------------


@login_not_required
def download(request, pk):
    """All files in one zip, with who made it and what one may do with it."""
    row = resource_of(request, pk, "view")
    version = _version_of(row)
    if not version.files.exists():
        raise Refused(_("There are no files with this."))
    counting.downloaded(row, request)
    response = StreamingHttpResponse(bundle.stream(version), content_type="application/zip")
    response.headers["Content-Disposition"] = content_disposition_header(True, bundle.name_of(version))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _version_of(resource):
    """What is published; of a concept, what its makers have so far."""
    files = Prefetch("files", ResourceFile.objects.without_text())
    versions = ResourceVersion.objects.select_related("resource").prefetch_related(files, "resource__authors__person")
    found = versions.filter(resource=resource)
    return found.filter(pk=resource.current_id).first() or found.order_by("-number").first()


@login_not_required
@require_POST
def seen(request, pk):
    """The page says that it is being read."""
    counting.seen(resource_of(request, pk, "view"), request)
    return HttpResponse(status=204)


def counts(request, pk):
    """How often it was opened and taken along, for its makers."""
    row = resource_of(request, pk, "edit")
    months = counting.months_of(row)
    context = {
        "resource": row,
        "months": months,
        "views": [seen for _month, seen, _taken in months],
        "downloads": [taken for _month, _seen, taken in months],
        "figures": experiences.figures(row),
    }
    return render(request, "knowledgehub/counts.html", context)
