"""Chapters of a film, and what is asked at a moment of it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.models import get_or_refuse
from core.refusals import Refused, attempt
from knowledgehub.models import Resource, ResourceVersion
from knowledgehub.questions import films
from knowledgehub.questions.forms import ChaptersForm, MomentAnswerForm, MomentForm
from knowledgehub.questions.models import Moment


def chapters(request, pk):
    """The chapters of the concept of a film, one a line."""
    resource = get_or_refuse(Resource.objects.for_deed(request.user), "edit", pk=pk)
    version = resource.versions.filter(published_at=None).first()
    if not version:
        raise Refused(_("This version is published and stays as it is. Make a new version."))
    form = ChaptersForm(request.POST or None, initial={"chapters": films.lines_of(version)})
    if (
        form.is_bound
        and form.is_valid()
        and attempt(form, films.set_chapters, version, by=request.user, **form.cleaned_data)
    ):
        messages.success(request, _("The chapters are kept."))
        return redirect("knowledgehub:edit", resource.pk)
    context = {"resource": resource, "form": form}
    return render(request, "questions/chapters.html", context, status=422 if form.is_bound else 200)


def ask_at(request, pk):
    """Ask something about a moment of a film."""
    resource = get_or_refuse(Resource.objects.for_deed(request.user), "use", pk=pk)
    if not resource.current_id:
        raise Refused(_("This is not published yet."))
    version = ResourceVersion.objects.select_related("resource").get(pk=resource.current_id)
    form = MomentForm(request.POST or None, initial={"at": request.GET.get("at", "")[:9]})
    if form.is_bound and form.is_valid():
        said = {"seconds": form.cleaned_data["at"], "text": form.cleaned_data["text"]}
        if row := attempt(form, films.ask_at, version, by=request.user, **said):
            messages.success(request, _("The makers hear of your question."))
            return redirect(row)
    context = {"resource": resource, "form": form}
    return render(request, "questions/ask_at.html", context, status=422 if form.is_bound else 200)


def _moment(request, pk, power):
    rows = Moment.objects.for_page(request.user, "answer", "remove").select_related("author", "version__resource")
    return get_or_refuse(rows, power, pk=pk)


def answer_at(request, pk):
    """A maker answers."""
    row = _moment(request, pk, "answer")
    form = MomentAnswerForm(request.POST or None, initial={"answer": row.answer})
    if form.is_bound and form.is_valid() and attempt(form, films.answer_at, row, by=request.user, **form.cleaned_data):
        return redirect(row)
    context = {"moment": row, "resource": row.version.resource, "form": form}
    return render(request, "questions/answer_at.html", context, status=422 if form.is_bound else 200)


def remove_moment(request, pk):
    """Away with it, after a page that says so."""
    row = _moment(request, pk, "remove")
    if request.method == "POST":
        films.remove_moment(row, by=request.user)
        messages.success(request, _("It is removed."))
        return redirect(row.version.resource)
    return render(request, "questions/remove_moment.html", {"moment": row, "resource": row.version.resource})
