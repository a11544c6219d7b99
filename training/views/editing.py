"""Writing programmes: for who runs a board or network, or keeps the platform."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.links import address
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from organisations.rules import standing as at_work
from training.actions import programmes as deeds
from training.forms.programmes import AssignmentForm, ModuleForm, PageForm, ProgrammeForm, VersionForm
from training.models import Assignment, Module, Page, ProgrammeVersion
from training.views.programmes import of_programme


def add_programme(request):
    """A course of one's own board or network."""
    work = at_work(request.user)
    if not (work.boards_run or work.networks_run or work.is_platform_admin):
        raise PermissionDenied
    form = ProgrammeForm(request.POST or None, user=request.user)
    if form.is_valid():
        made = attempt(form, deeds.begin_programme, form, by=request.user)
        if made:
            return redirect("training:version", made.pk)
    return render(request, "training/add_programme.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def new_version(request, pk):
    """A version to change, that begins as the present one."""
    made = deeds.new_version(of_programme(request.user, pk, "keep"), by=request.user)
    return redirect("training:version", made.pk)


def retire(request, pk):
    """Nobody begins with it any more, after having been asked."""
    row = of_programme(request.user, pk, "keep")
    if request.method == "POST":
        deeds.retire(row, by=request.user)
        messages.success(request, _("Nobody can begin with this any more. Who learns by it goes on."))
        return redirect("training:index")
    return render(request, "training/retire.html", {"programme": row, "version": row.current})


def of_version(request, pk):
    """A version of a programme that she keeps. Others do not find it."""
    rows = ProgrammeVersion.objects.for_page(request.user, "keep").select_related("programme")
    return get_or_refuse(rows, "keep", pk=pk)


def version(request, pk):
    """All of a version on one page, to be changed until people learn by it."""
    row = of_version(request, pk)
    form = VersionForm(request.POST or None, instance=row)
    if form.is_valid() and attempt(form, deeds.edit_version, form, by=request.user):
        messages.success(request, _("Kept."))
        return redirect("training:version", row.pk)
    modules = Module.objects.filter(version=row).prefetch_related(
        Prefetch("pages", Page.objects.defer("text", "html")),
        Prefetch("assignments", Assignment.objects.defer("text", "html")),
    )
    context = {"version": row, "programme": row.programme, "form": form, "modules": modules}
    return render(request, "training/version.html", context, status=422 if form.is_bound else 200)


@require_POST
def publish(request, pk):
    """From now on people find this version."""
    row = of_version(request, pk)
    deeds.publish(row, by=request.user)
    messages.success(request, _("Published. Who learns by an older version keeps to that."))
    return redirect(row.programme)


def _part(request, form, version, heading):
    """A form for a module, a page or an assignment."""
    if reason := version.why_not_edit:
        raise Refused(reason)
    if form.is_valid() and attempt(form, deeds.edit_part, form, by=request.user, version=version):
        return redirect("training:version", version.pk)
    context = {"form": form, "version": version, "title": heading, "version_url": _url_of(version)}
    return render(request, "training/edit_part.html", context, status=422 if form.is_bound else 200)


def _url_of(version):
    return address("training:version", version.pk)


def add_module(request, pk):
    """A module more."""
    row = of_version(request, pk)
    return _part(request, ModuleForm(request.POST or None, instance=Module(version=row)), row, _("A module"))


def _found(request, rows, pk, path):
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    above = row
    for name in path:
        above = getattr(above, name)
    return row, of_version(request, above.pk)


def _module(request, pk):
    return _found(request, Module.objects.select_related("version"), pk, ["version"])


def _page(request, pk):
    return _found(request, Page.objects.select_related("module__version", "resource"), pk, ["module", "version"])


def _assignment(request, pk):
    return _found(request, Assignment.objects.select_related("module__version"), pk, ["module", "version"])


def edit_module(request, pk):
    """Its title, what it is about, how long it takes."""
    row, version = _module(request, pk)
    return _part(request, ModuleForm(request.POST or None, instance=row), version, str(row))


def add_page(request, pk):
    """A page more."""
    row, version = _module(request, pk)
    form = PageForm(request.POST or None, instance=Page(module=row), user=request.user)
    return _part(request, form, version, _("A page"))


def edit_page(request, pk):
    """Its words."""
    row, version = _page(request, pk)
    return _part(request, PageForm(request.POST or None, instance=row, user=request.user), version, str(row))


def add_assignment(request, pk):
    """An assignment more."""
    row, version = _module(request, pk)
    form = AssignmentForm(request.POST or None, instance=Assignment(module=row))
    return _part(request, form, version, _("An assignment"))


def edit_assignment(request, pk):
    """What it asks, and by what it is looked at."""
    row, version = _assignment(request, pk)
    return _part(request, AssignmentForm(request.POST or None, instance=row), version, str(row))


def _remove(request, row, version):
    if request.method == "POST":
        deeds.remove_part(row, by=request.user, version=version)
        return redirect("training:version", version.pk)
    if reason := version.why_not_edit:
        raise Refused(reason)
    context = {"row": row, "version": version, "version_url": _url_of(version)}
    return render(request, "training/remove_part.html", context)


def remove_module(request, pk):
    """Take a module out, after having been asked."""
    return _remove(request, *_module(request, pk))


def remove_page(request, pk):
    """Take a page out, after having been asked."""
    return _remove(request, *_page(request, pk))


def remove_assignment(request, pk):
    """Take an assignment out, after having been asked."""
    return _remove(request, *_assignment(request, pk))
