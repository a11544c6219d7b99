"""Adding, confirming and publishing: first a name with a file or a link, then one screen with all the rest."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.models import get_or_refuse
from core.refusals import Refused, attempt
from core.standing import forget as forget_standing
from knowledgehub import elsewhere, guessing, registry
from knowledgehub.actions import approving, files, making, publishing, uploads
from knowledgehub.forms.making import (
    AddForm,
    ConfirmForm,
    DisagreeForm,
    FilesForm,
    ObjectivesForm,
    WithdrawForm,
    steps_form,
)
from knowledgehub.models import Approval, Resource, ResourceFile, ResourceVersion
from knowledgehub.shell import home
from knowledgehub.showing import stems_of
from knowledgehub.views.showing import parts_of


def add(request):
    """A name, and a file or a link. With script the files follow by themselves, each with its progress."""
    by_script = request.headers.get("Accept", "") == "application/json"
    form = AddForm(_named(request) if request.method == "POST" else None, request.FILES or None)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        if not (said["files"] or said["link"] or by_script):
            form.add_error("files", _("Choose a file, or give a link."))
        else:
            version = _begin(request, said)
            if by_script:
                return JsonResponse({"edit": _edit_of(version), "uploads": _uploads_of(version)})
            return redirect(_edit_of(version))
    if by_script:
        return JsonResponse({"errors": form.errors}, status=422)
    others = [way(request.user) for way in registry.ways_in.values()]
    context = {"form": form, "hub_url": reverse(home()), "ways_in": others}
    return render(request, "knowledgehub/add.html", context, status=422 if form.is_bound else 200)


def _named(request):
    """What was posted; without a name, the first file has one, or the link."""
    posted = request.POST.copy()
    names = [upload.name for upload in request.FILES.getlist("files")] or request.POST.getlist("named")
    if not posted.get("title", "").strip():
        if names:
            posted["title"] = stems_of(names)[0][:140]
        elif link := posted.get("link", "").strip():
            posted["title"] = elsewhere.name_of(link)
    return posted


def _begin(request, said):
    names = [upload.name for upload in said["files"]] or request.POST.getlist("named")
    words = guessing.first_words(request.user, said["title"], names)
    version = making.begin(by=request.user, title=said["title"], link=said["link"], **words)
    elsewhere.expect(version)
    for sentence in files.add_all(version, said["files"], by=request.user):
        messages.warning(request, sentence)
    return version


def _edit_of(version):
    return reverse("knowledgehub:edit", args=[version.resource_id])


def _uploads_of(version):
    return reverse("knowledgehub:uploads", args=[version.pk])


def concept_or_refuse(request, pk):
    """The concept of a resource of hers. Raises Refused where all that there is was published."""
    resource = get_or_refuse(Resource.objects.for_detail(request.user), "edit", pk=pk)
    version = _concept_of(resource)
    if version is None:
        raise Refused(_("This is published and stays as it is. Make a new version to change something."))
    return version


def _concept_of(resource):
    version = ResourceVersion.objects.filter(resource=resource, published_at=None).first()
    if version:
        version.resource = resource
    return version


def edit(request, pk):
    """All on one screen. Two buttons: keep it for later, or publish it now."""
    version = concept_or_refuse(request, pk)
    if reason := version.why_not_edit:
        messages.info(request, reason)
        return redirect(version.resource)
    posted = _with_proposal(request, version) if request.method == "POST" else None
    form, steps = ConfirmForm(posted, version=version, user=request.user), steps_form(posted, version)
    is_right = form.is_bound and all([form.is_valid(), steps.is_valid()])
    if is_right and attempt(form, _save, request, version, form, steps):
        if "again" in request.POST:  # without script: what belongs to the subjects that were just ticked
            return redirect(f"{_edit_of(version)}#objectives")
        if "take" in request.POST:
            return redirect(f"{_edit_of(version)}#confirm")
        return _kept(request, version)
    status = 422 if form.is_bound else 200
    version.refresh_from_db(fields=["changed_at"])  # what was refused may have been kept, as a concept
    return render(request, "knowledgehub/edit.html", _of_edit(version) | {"form": form, "steps": steps}, status=status)


def _with_proposal(request, version):
    """What was posted; where she takes over what the page behind the link says, with its words."""
    said = elsewhere.proposal(version) if "take" in request.POST else None
    if not said or said["state"] != "ready":
        return request.POST
    posted = request.POST.copy()
    posted["title"] = said["title"]
    posted["summary"] = said["summary"] or posted.get("summary", "")
    return posted


def _save(request, version, form, steps):
    filled = [row for row in steps.cleaned_data if row]
    kept = making.edit(version, by=request.user, since=request.POST.get("since", ""), steps=filled, **form.said)
    if "link" in form.changed_data and "publish" not in request.POST:
        elsewhere.expect(kept)
    if "publish" in request.POST:
        version.is_out = approving.put_forward(version, by=request.user)


def _kept(request, version):
    is_out = getattr(version, "is_out", None)
    if is_out is None:
        messages.success(request, _("Kept. Nobody else sees it until you publish it."))
    elif is_out:
        messages.success(request, _("Published. Colleagues can find it now."))
    else:
        messages.success(request, _("Your fellow makers are asked. Once they agree, it is published by itself."))
    return redirect(version.resource if is_out is not None else "knowledgehub:mine")


def _of_edit(version):
    rows = list(ResourceFile.objects.filter(version=version).without_text())
    return {
        "version": version,
        "resource": version.resource,
        "files": rows,
        "uploads_url": _uploads_of(version),
        "is_waiting": any(row.state == "waiting" for row in rows),
        "coming": list(version.uploads.filter(changed_at__lt=now() - uploads.STANDS_STILL).select_related("person")),
        "add_files_form": FilesForm(),
        "link_says": elsewhere.proposal(version),
        "arranged": [found for build in registry.of_concepts.values() if (found := build(version))],
    }


@require_safe
def link_says(request, pk):
    """What the page behind the link says of itself: asked for again until it answered."""
    resource = get_or_refuse(Resource.objects.for_detail(request.user), "edit", pk=pk)
    version = _concept_of(resource)
    if version is None:  # published meanwhile
        return HttpResponse(status=204)
    context = {"resource": resource, "version": version, "link_says": elsewhere.proposal(version)}
    return render(request, "knowledgehub/edit.html#elsewhere", context)


@require_safe
def objectives(request, pk):
    """The core objectives of the subjects that are ticked now, while the rest of the screen is filled in."""
    version = concept_or_refuse(request, pk)
    context = {"form": ObjectivesForm(request.GET), "resource": version.resource}
    return render(request, "knowledgehub/edit.html#objectives", context)


def edit_files(request, pk):
    """The files of a concept, as they are now: asked for again while they are looked at or come in.

    The page may ask once more while it is being published. Then nothing is to be drawn, and nobody sent elsewhere.
    """
    resource = get_or_refuse(Resource.objects.for_detail(request.user), "edit", pk=pk)
    version = _concept_of(resource)
    if version is None:
        return HttpResponse(status=204)
    return render(request, "knowledgehub/edit.html#files", _of_edit(version))


@require_POST
def add_files(request, pk):
    """More files, by the ordinary way."""
    version = concept_or_refuse(request, pk)
    form = FilesForm(request.POST, request.FILES)
    if form.is_valid():
        sentences = files.add_all(version, form.cleaned_data["files"], by=request.user)
    else:
        sentences = form.errors["files"]
    for sentence in sentences:
        messages.warning(request, sentence)
    return redirect(f"{_edit_of(version)}#files")


def _file(request, pk):
    rows = ResourceFile.objects.for_page(request.user, "edit").without_text()
    return get_or_refuse(rows.select_related("version"), "edit", pk=pk)


@require_POST
def remove_file(request, pk):
    """Take a file out of a concept."""
    row = _file(request, pk)
    files.remove(row, by=request.user)
    return redirect(f"{_edit_of(row.version)}#files")


@require_POST
def put_file_first(request, pk):
    """Have a file in sight when the page opens."""
    row = _file(request, pk)
    files.put_first(row, by=request.user)
    return redirect(f"{_edit_of(row.version)}#files")


@require_POST
def new_version(request, pk):
    """A concept that begins as what is published."""
    resource = get_or_refuse(Resource.objects.for_detail(request.user), "edit", pk=pk)
    return redirect(_edit_of(making.new_version(resource, by=request.user)))


def discard(request, pk):
    """Throw a concept away, after having been asked; what is published stays."""
    version = concept_or_refuse(request, pk)
    if request.method == "POST":
        resource = making.discard(version, by=request.user)
        messages.success(request, _("The concept is thrown away."))
        return redirect(resource or "knowledgehub:mine")
    return render(request, "knowledgehub/discard.html", {"version": version, "resource": version.resource})


def withdraw(request, pk):
    """Take it out of the KennisHub, with a reason."""
    resource = get_or_refuse(Resource.objects.for_detail(request.user), "edit", pk=pk)
    form = WithdrawForm(request.POST or None)
    if form.is_bound and form.is_valid():
        if attempt(form, publishing.withdraw, resource, by=request.user, **form.cleaned_data):
            messages.success(request, _("Withdrawn. Who comes looking for it reads why."))
            return redirect("knowledgehub:mine")
    elif reason := resource.why_not_withdraw:
        raise Refused(reason)
    context = {"form": form, "resource": resource}
    return render(request, "knowledgehub/withdraw.html", context, status=422 if form.is_bound else 200)


# Fellow makers ------------------------------------------------------------------------------------


def approve(request, pk):
    """A maker looks at what will be published, and says yes or what should be different."""
    approval = get_or_refuse(
        Approval.objects.for_page(request.user, "answer").select_related("version__resource", "author__person"),
        "answer",
        pk=pk,
    )
    form = DisagreeForm(request.POST if "disagree" in request.POST else None)
    if request.method == "POST" and "agree" in request.POST:
        is_out = approving.approve(approval, by=request.user)
        messages.success(request, _("Published. Thank you.") if is_out else _("Thank you. We wait for the others."))
        return _on_from(request, approval)
    is_right = form.is_bound and form.is_valid()
    if is_right and attempt(form, approving.disagree, approval, by=request.user, **form.cleaned_data):
        messages.success(request, _("The other makers read what you wrote. It is a concept again."))
        return _on_from(request, approval)
    context = parts_of(request, approval.version.resource, approval.version) | {"approval": approval, "form": form}
    return render(request, "knowledgehub/approve.html", context, status=422 if form.is_bound else 200)


def _on_from(request, approval):
    """To the page of the resource, where she sees it: who was asked to join may not."""
    forget_standing(request.user)
    seen = Resource.objects.allowing(request.user, "view").filter(pk=approval.version.resource_id).exists()
    return redirect(approval.version.resource if seen else "home")


@require_POST
def take_back(request, pk):
    """Ask nobody any more, to change something first."""
    version = concept_or_refuse(request, pk)
    approving.take_back(version, by=request.user)
    return redirect(_edit_of(version))
