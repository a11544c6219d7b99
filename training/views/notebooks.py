"""Goals, talks and notebooks of two people."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.models import get_or_refuse
from core.refusals import Refused, attempt
from training import coaching as ours
from training.actions import coaching as deeds
from training.choices import NoteOf, TalkKind
from training.forms.coaching import GoalForm, NoteForm, NoteTextForm, TalkForm
from training.models import Goal, Note, Talk
from training.views.coaching import of_two, show

TEMPLATE = "training/coaching_part.html"


def _part(request, row, form, title, **more):
    context = {"form": form, "coaching": row, "title": title, **more}
    return render(request, TEMPLATE, context, status=422 if form.is_bound else 200)


def add_goal(request, pk):
    """A goal, at most three."""
    row = of_two(request, pk)
    if request.method == "GET" and (reason := ours.why_not_goal(row)):
        raise Refused(reason)
    form = GoalForm(request.POST or None, initial={"reached": 0})
    if form.is_valid() and attempt(form, deeds.keep_goal, form, coaching=row, by=request.user):
        return redirect(row)
    return _part(request, row, form, _("A goal"))


def edit_goal(request, pk):
    """How far it is, or other words for it."""
    goal = get_or_refuse(Goal.objects.for_page(request.user), pk=pk)
    row = of_two(request, goal.coaching_id)
    initial = {"text": goal.text, "indicator": goal.indicator, "reached": goal.reached}
    form = GoalForm(request.POST or None, initial=initial)
    if form.is_valid() and attempt(form, deeds.keep_goal, form, coaching=row, by=request.user, goal=goal):
        return redirect(row)
    return _part(request, row, form, _("A goal"))


def add_talk(request, pk):
    """Plan a talk, or write down one that was held."""
    row = of_two(request, pk)
    if request.method == "GET" and (reason := ours.why_not_write(row)):
        raise Refused(reason)
    kind = request.GET.get("kind")
    form = TalkForm(request.POST or None, initial={"kind": kind if kind in TalkKind.values else TalkKind.TALK})
    if form.is_valid() and attempt(form, deeds.keep_talk, form, coaching=row, by=request.user):
        return redirect(row)
    return _part(request, row, form, _("A talk"))


def edit_talk(request, pk):
    """Move it, or write down what was agreed."""
    talk = get_or_refuse(Talk.objects.for_page(request.user), pk=pk)
    row = of_two(request, talk.coaching_id)
    names = ("kind", "held_on", "starts", "minutes", "was_held", "said")
    form = TalkForm(request.POST or None, initial={name: getattr(talk, name) for name in names})
    if form.is_valid() and attempt(form, deeds.keep_talk, form, coaching=row, by=request.user, talk=talk):
        return redirect(row)
    return _part(request, row, form, _("A talk"), talk=talk)


def remove_talk(request, pk):
    """Ask first."""
    talk = get_or_refuse(Talk.objects.for_page(request.user).select_related("coaching"), pk=pk)
    if request.method == "POST":
        deeds.remove_talk(talk, by=request.user)
        return redirect("training:coaching", talk.coaching_id)
    context = {"coaching": talk.coaching, "title": _("Call this talk off?")}
    return render(
        request, "training/coaching_remove.html", context | {"says": _("What you wrote about it goes as well.")}
    )


@require_POST
def add_note(request, pk):
    """A line in one of the two notebooks."""
    row = of_two(request, pk)
    form = NoteForm(request.POST)
    if form.is_valid() and attempt(form, deeds.write_note, coaching=row, by=request.user, **form.cleaned_data):
        is_shared = form.cleaned_data["kind"] == NoteOf.SHARED
        messages.success(request, _("Kept for both of you.") if is_shared else _("Kept. Only you see it."))
        return redirect(row)
    return show(request, row, note=form)


def _of_writer(request, pk):
    rows = Note.objects.allowing(request.user, "edit").select_related("coaching")
    return get_object_or_404(rows, pk=pk)


def edit_note(request, pk):
    """Change what she wrote."""
    note = _of_writer(request, pk)
    form = NoteTextForm(request.POST or None, initial={"text": note.text})
    if form.is_valid() and attempt(form, deeds.edit_note, note, by=request.user, **form.cleaned_data):
        return redirect("training:coaching", note.coaching_id)
    return _part(request, note.coaching, form, _("Your note"), note=note)


def remove_note(request, pk):
    """Ask first: it is gone then."""
    note = _of_writer(request, pk)
    if request.method == "POST":
        deeds.remove_note(note, by=request.user)
        return redirect("training:coaching", note.coaching_id)
    context = {"coaching": note.coaching, "title": _("Remove this note?"), "says": _("It is gone then.")}
    return render(request, "training/coaching_remove.html", context)
