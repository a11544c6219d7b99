"""Harvested libraries, for who keeps the platform."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.models import get_or_refuse
from core.refusals import attempt
from knowledgehub.outside import actions, tasks
from knowledgehub.outside.forms import SourceForm
from knowledgehub.outside.models import HarvestSource
from organisations.rules import standing


def sources(request):
    """Which libraries we harvest, how that went, and one more."""
    if not standing(request.user).is_platform_admin:
        raise PermissionDenied
    form = SourceForm(request.POST or None)
    if form.is_valid():
        source = attempt(form, actions.add_source, by=request.user, **form.cleaned_data)
        if source:
            tasks.harvest_on_commit(source)
            messages.success(request, _("We harvest it now, and every night from now on."))
            return redirect("outside:source", source.pk)
    context = {"sources": list(HarvestSource.objects.for_list(request.user)), "form": form}
    return render(request, "outside/sources.html", context, status=422 if form.is_bound else 200)


def _source(request, pk):
    return get_or_refuse(HarvestSource.objects.for_list(request.user), "edit", pk=pk)


@require_safe
def source(request, pk):
    """How it went with one."""
    return render(request, "outside/source.html", {"source": _source(request, pk)})


@require_POST
def harvest_source(request, pk):
    """Soon, and not only tonight."""
    tasks.harvest_on_commit(_source(request, pk))
    messages.success(request, _("We harvest it now. Look again in a few minutes."))
    return redirect("outside:source", pk)


@require_POST
def pause_source(request, pk):
    """Leave it alone, or go on."""
    actions.pause_source(_source(request, pk), by=request.user)
    return redirect("outside:source", pk)
