"""A folder or ZIP with a list, from upload to concepts."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.files.tables import csv_answer
from core.models import get_or_refuse
from core.refusals import Refused, attempt
from knowledgehub.choices import Kind, licence_choices
from knowledgehub.outside.forms import MaterialForm
from knowledgehub.outside.material import deeds, reading
from knowledgehub.outside.material.judging import Judge
from knowledgehub.outside.models import MaterialList

AT_FIRST = 25


def material(request):
    """Choose a folder or ZIP, and find earlier lists again."""
    form = MaterialForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        found = attempt(form, deeds.read_list, form.cleaned_data["files"], by=request.user)
        if found:
            return redirect(found)
    lists = MaterialList.objects.for_page(request.user).defer("rows", "names").order_by("-pk")[:10]
    context = {"form": form, "lists": list(lists)}
    return render(request, "outside/material.html", context, status=422 if form.is_bound else 200)


@require_safe
def material_sample(request):
    """A small list to fill in."""
    return csv_answer("voorbeeld-materiaal.csv", reading.SAMPLE)


def _list(request, pk):
    return get_or_refuse(MaterialList.objects.for_page(request.user, "edit"), "edit", pk=pk)


@require_safe
def check_material(request, pk):
    """Row by row what will be made."""
    return _check(request, _list(request, pk))


def _check(request, found, status=200, sentence="", part=""):
    verdicts = Judge(found).verdicts()
    asking = [verdict for verdict in verdicts if verdict.asks]
    rows = asking + [verdict for verdict in verdicts if not verdict.asks]
    shown = len(rows) if "all" in request.GET else len(asking) + AT_FIRST
    counts = {state: sum(verdict.state == state for verdict in verdicts) for state in ("new", "ask", "skip", "done")}
    context = {
        "list": found,
        "rows": rows[:shown],
        "hidden": len(rows[shown:]),
        "counts": counts,
        "first_asking": asking[0].n if asking else None,
        "kinds": Kind.choices,
        "licences": licence_choices(),
        "names": found.names,
        "sentence": sentence,
    }
    return render(request, f"outside/check_material.html{part}", context, status=status)


@require_POST
def answer_material(request, pk, row):
    """Answer what one row asks."""
    found = _list(request, pk)
    answers = {name: request.POST[name] for name in deeds.ANSWERS if name in request.POST}
    found = deeds.answer_row(found, row, answers)
    if request.htmx:
        return _check(request, found, part="#preview")
    return redirect("outside:check_material", pk)


@require_POST
def make_material(request, pk):
    """Make all of it, as concepts."""
    found = _list(request, pk)
    try:
        made = deeds.make_all(found, by=request.user)
    except Refused as refusal:
        return _check(request, _list(request, pk), status=422, sentence=refusal.sentence)
    said = ngettext("%(n)d concept is made.", "%(n)d concepts are made.", made) % {"n": made}
    messages.success(request, f"{said} " + _("You publish each yourself."))
    return redirect("outside:check_material", pk)


@require_safe
def material_report(request, pk):
    """What happens or happened with each row, to keep."""
    found = _list(request, pk)
    head = [_("row"), _("title"), _("what happens"), _("explanation")]
    rows = [[each.n, each.title, each.tag, each.sentence] for each in Judge(found).verdicts()]
    return csv_answer(f"verslag-materiaal-{found.pk}.csv", [head, *rows])
