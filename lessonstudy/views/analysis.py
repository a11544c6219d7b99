"""Patterns, thoughts and changes: each is written beside the notes that it cites."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import names
from core.models import get_or_refuse
from core.refusals import attempt
from lessonstudy.actions import analysing as actions
from lessonstudy.actions.discussing import why_not_write
from lessonstudy.choices import Match
from lessonstudy.forms.analysis import PatternForm, RevisionForm, ThoughtForm
from lessonstudy.models import Interpretation, Pattern, Revision
from lessonstudy.seeing import Seen
from lessonstudy.views.matrix import lesson_of

#: More notes than this are not all laid on a form at once: those that went as expected come when they are asked for.
MANY = 120


def _row(request, model, pk, power="edit"):
    rows = model.objects.for_page(request.user, "edit").select_related("lesson")
    return get_or_refuse(rows, power, pk=pk)


def _page(request, lesson, form_class, deed, *, row=None, initial=None, **words):
    """The form of one of the three, with the notes of the lesson beside it."""
    chosen = [str(note.pk) for note in row.observations.all()] if row else request.GET.getlist("note")
    seen = Seen(lesson, request.user, "", frozenset())
    given = {"found": seen.notes} | ({"stages": seen.stages} if form_class is RevisionForm else {})
    initial = {"notes": chosen} | (initial or {})
    form = form_class(request.POST if request.method == "POST" else None, initial=initial, **given)
    why_not = why_not_write(lesson)
    if form.is_bound and form.is_valid():
        made = attempt(form, deed, lesson, by=request.user, **form.cleaned_data)
        if made:
            messages.success(request, words["said"])
            names.remark(request, form, made_url(words["name"], made))
            return redirect(_back(lesson, words["anchor"]))
    context = {
        "lesson": lesson,
        "cycle": lesson.cycle,
        "form": form,
        "why_not": why_not,
        "row": row,
        "chosen": {int(pk) for pk in form.chosen if pk.isdecimal()},
        "groups": _groups(seen, form, everything=bool(request.GET.get("all")) or form.is_bound),
        "is_short": len(seen.notes) > MANY and not request.GET.get("all") and not form.is_bound,
        "stages": given.get("stages", ()),
        "back": _back(lesson, words["anchor"]),
        "remove": reverse(f"lessonstudy:remove_{words['name']}", args=[row.pk]) if row else "",
        **words,
    }
    return render(request, "lessonstudy/analysis_form.html", context, status=422 if form.is_bound else 200)


def made_url(name, row):
    """Where a pattern, thought or change is changed."""
    return reverse(f"lessonstudy:edit_{name}", args=[row.pk])


def _groups(seen, form, *, everything):
    """The notes to choose from, pupil by pupil; the page opens those in which something is ticked."""
    chosen, found = form.chosen, []
    wanted = _wanted(seen, everything=everything)
    for pupil in [*seen.pupils, None]:
        mine = [note for note in seen.notes if note.pupil == (pupil.pk if pupil else None)]
        shown = [each for each in mine if each.match in wanted or str(each.pk) in chosen]
        if shown:
            ticked = sum(str(note.pk) in chosen for note in shown)
            found.append({"pupil": pupil, "notes": shown, "ticked": ticked, "total": len(mine)})
    return found


def _wanted(seen, *, everything):
    """The matches of which notes are laid on the form: all, or where that are too many what went otherwise."""
    for matches in (["", *Match.values], [Match.PARTLY, Match.OTHER]):
        if everything or sum(seen.counts[match] for match in matches) <= MANY:
            return matches
    return [Match.OTHER]


def _back(lesson, anchor):
    return reverse("lessonstudy:matrix", args=[lesson.pk]) + f"#{anchor}"


# Patterns -----------------------------------------------------------------------------------------


def add_pattern(request, pk):
    """What comes back in several notes."""
    return _pattern(request, lesson_of(request, pk, "edit"))


def edit_pattern(request, pk):
    """The same in other words, or with other notes."""
    row = _row(request, Pattern, pk)
    return _pattern(request, lesson_of(request, row.lesson_id, "edit"), row)


def _pattern(request, lesson, row=None):
    def deed(lesson, **said):
        return actions.keep_pattern(lesson, pattern=row, **said)

    initial = {"title": row.title, "text": row.text} if row else {"text": request.GET.get("text", "")}
    return _page(
        request, lesson, PatternForm, deed, row=row, initial=initial, name="pattern", anchor="patterns",
        heading=_("A pattern"), lede=_("What did you see more than once? Choose the notes that show it."),
        said=_("The pattern stands with its notes."),
    )  # fmt: skip


# Thoughts -----------------------------------------------------------------------------------------


def add_thought(request, pk):
    """What somebody thinks that facts mean."""
    return _thought(request, lesson_of(request, pk, "edit"))


def edit_thought(request, pk):
    """One's own thought in other words."""
    row = _row(request, Interpretation, pk)
    return _thought(request, lesson_of(request, row.lesson_id, "edit"), row)


def _thought(request, lesson, row=None):
    def deed(lesson, **said):
        return actions.keep_thought(lesson, thought=row, **said)

    return _page(
        request, lesson, ThoughtForm, deed, row=row, initial={"text": row.text} if row else None, name="thought",
        anchor="thoughts", heading=_("What does it mean?"),
        lede=_("Your thought stands apart from the facts, under your name. Colleagues say whether they think so too."),
        said=_("Your thought stands there."),
    )  # fmt: skip


@require_POST
def second_thought(request, pk):
    """I think so too, or not any more."""
    rows = Interpretation.objects.for_page(request.user).select_related("lesson")
    row = get_or_refuse(rows, pk=pk)
    lesson_of(request, row.lesson_id, "edit")
    actions.second(row, by=request.user)
    return redirect(_back(row.lesson, "thoughts"))


# Changes ------------------------------------------------------------------------------------------


def add_revision(request, pk):
    """What the team changes, and which notes that rests on."""
    return _revision(request, lesson_of(request, pk, "edit"))


def edit_revision(request, pk):
    """The same in other words, as long as it is not in the plan."""
    row = _row(request, Revision, pk)
    return _revision(request, lesson_of(request, row.lesson_id, "edit"), row)


def _revision(request, lesson, row=None):
    def deed(lesson, **said):
        return actions.keep_revision(lesson, revision=row, **said)

    initial = {"stage": str(row.stage_uid), "field": row.field, "becomes": row.becomes} if row else {
        "stage": request.GET.get("stage", ""), "becomes": request.GET.get("becomes", "")}  # fmt: skip
    return _page(
        request, lesson, RevisionForm, deed, row=row, initial=initial, name="revision", anchor="changes",
        heading=_("What do we change?"), lede=_("A change rests on at least one note: because we saw this."),
        said=_("The change stands with the notes that it rests on."),
    )  # fmt: skip


@require_POST
def put_in_revision(request, pk):
    """Into the plan of the next lesson."""
    row = _row(request, Revision, pk)
    actions.put_in(row, by=request.user)
    messages.success(request, _("It stands in the plan of the next lesson."))
    return redirect(_back(row.lesson, "changes"))


# Away with it -------------------------------------------------------------------------------------


def _remove(request, model, pk, anchor):
    row = _row(request, model, pk)
    actions.remove(row, by=request.user)
    messages.success(request, _("It is taken away. The notes stay as they are."))
    return redirect(_back(row.lesson, anchor))


@require_POST
def remove_pattern(request, pk):
    """Away with a pattern; its notes stay."""
    return _remove(request, Pattern, pk, "patterns")


@require_POST
def remove_thought(request, pk):
    """Away with a thought of one's own."""
    return _remove(request, Interpretation, pk, "thoughts")


@require_POST
def remove_revision(request, pk):
    """Away with a change that is not in the plan yet."""
    return _remove(request, Revision, pk, "changes")
