"""The discussion of a lesson: run by the clock, and what the team keeps of it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.meetings import running
from communities.meetings.models import Run
from core import names, streams
from core.refusals import attempt
from lessonstudy import talking
from lessonstudy.actions import discussing as actions
from lessonstudy.forms.analysis import FindingForm, WordsForm
from lessonstudy.models import Discussion
from lessonstudy.views.matrix import lesson_of, phase_line

LONGEST_LINK = 900  # letters that go along in an address
REACHED = {True: "yes", False: "no", None: ""}


def _discussion(request, pk, power="view"):
    lesson = lesson_of(request, pk, power)
    row = Discussion.objects.filter(lesson=lesson).first()
    if row:
        row.lesson = lesson
    return lesson, row


@require_safe
def discussion(request, pk):
    """Its steps with who is silent, and what was found of each pupil."""
    return _page(request, *_discussion(request, pk))


def _page(request, lesson, row, bound=None, status=200):
    """`bound` is {"pupil 3": form} or {"words": form}: what was typed and refused stands there again."""
    if row is None:
        return render(request, "lessonstudy/discussion_closed.html", {"lesson": lesson, "cycle": lesson.cycle})
    bound, told = bound or {}, talking.proposed(row)
    findings = {each.pupil_id: each for each in row.findings.select_related("changed_by")}
    why_not_write = actions.why_not_write(lesson)
    script = talking.script(row)
    runs = list(Run.objects.about(row).order_by("-pk")[:1])
    context = {
        "lesson": lesson,
        "cycle": lesson.cycle,
        "discussion": row,
        "steps": [step for _key, step in script],
        "minutes": sum(step.minutes for _key, step in script),
        "run": running.of(row),
        "had_run": runs[0] if runs else None,
        "may_start": talking.may_lead(row, request.user) and not talking.why_not_start(row),
        "may_write": lesson.can_edit and not why_not_write,
        "why_not_write": why_not_write,
        "pupils": [_pupil(pupil, findings.get(pupil.pk), told, bound) for pupil in _pupils(lesson)],
        "elsewhere": _elsewhere(lesson, told),
        "words": bound.get("words") or WordsForm(prefix="words", initial=_words(row, told)),
        "has_words": bool(row.teaching or row.expert_says),
        "words_proposed": not (row.teaching or row.expert_says) and bool(_words(row, told)["teaching"]),
        "stream_url": streams.of_page(request.user, lesson.cycle.channel, f"discussion:{row.pk}"),
        **phase_line(lesson.cycle),
    }
    return render(request, "lessonstudy/discussion.html", context, status=status)


def _elsewhere(lesson, told):
    """What was written at the other steps, with where it can be kept: [(label, text, address, words of the button)]."""
    found = []
    for key, label, name, field, button in (
        (talking.GOAL, _("What we wanted to learn"), "", "", ""),
        (talking.TEACHER, _("Who gave the lesson"), "", "", ""),
        (talking.PATTERNS, _("What comes back"), "add_pattern", "text", _("Make it a pattern")),
        (talking.CHANGE, _("What we change"), "add_revision", "becomes", _("Make it a change")),
    ):
        if text := told.get(key):
            query = urlencode({field: text[:LONGEST_LINK]})
            url = f"{reverse(f'lessonstudy:{name}', args=[lesson.pk])}?{query}" if name else ""
            found.append({"label": label, "text": text, "url": url, "button": button})
    return found


def _pupils(lesson):
    return lesson.cycle.pupils.filter(reserve_for=None)


def _pupil(pupil, finding, told, bound):
    text = finding.text if finding else told.get((talking.PUPIL, pupil.pk), "")
    initial = {"text": text, "reached": REACHED[finding.reached if finding else None]}
    form = bound.get(f"pupil {pupil.pk}") or FindingForm(prefix=f"pupil-{pupil.pk}", initial=initial)
    return {"pupil": pupil, "finding": finding, "form": form, "is_proposed": not finding and bool(text)}


def _words(row, told):
    return {
        "teaching": row.teaching or told.get(talking.TEACHING, ""),
        "expert_says": row.expert_says or told.get(talking.EXPERT, ""),
    }


@require_POST
def start_discussion(request, pk):
    """Begin the session, or come into the one that runs."""
    _lesson, row = _discussion(request, pk)
    if row is None or not talking.may_lead(row, request.user):
        raise PermissionDenied
    return redirect(actions.start(row, by=request.user))


@require_POST
def keep_finding(request, pk, pupil):
    """What the team found of one pupil."""
    lesson, row = _discussion(request, pk, "edit")
    pupil = get_object_or_404(_pupils(lesson), pk=pupil)
    form = FindingForm(request.POST, prefix=f"pupil-{pupil.pk}")
    done = bool(row) and form.is_valid()
    if done and attempt(form, actions.keep_finding, row, pupil, by=request.user, **form.cleaned_data):
        return _kept(request, lesson, form, f"pupil-{pupil.code}")
    return _page(request, lesson, row, {f"pupil {pupil.pk}": form}, status=422)


@require_POST
def keep_words(request, pk):
    """What the team says of its teaching."""
    lesson, row = _discussion(request, pk, "edit")
    form = WordsForm(request.POST, prefix="words")
    if row and form.is_valid() and attempt(form, actions.keep_words, row, by=request.user, **form.cleaned_data):
        return _kept(request, lesson, form, "teaching")
    return _page(request, lesson, row, {"words": form}, status=422)


def _kept(request, lesson, form, anchor):
    address = f"{reverse('lessonstudy:discussion', args=[lesson.pk])}#{anchor}"
    messages.success(request, _("Kept."))
    names.remark(request, form, address)
    return redirect(address)
