"""What was seen beside what was expected: as a matrix, as a time line, and on paper."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from core import pdf, streams
from core.models import get_or_refuse
from core.text import number
from lessonstudy import needs, papers
from lessonstudy.analysis import Analysis
from lessonstudy.choices import MATCH_ICONS
from lessonstudy.models import Assignment, CycleMember, Interview, PlanVersion, ResearchLesson
from lessonstudy.seeing import FILTERS, Seen, tallies_of

SIDE, LINE, MEANING = "side", "line", "meaning"


def lesson_of(request, pk, power="view"):
    """A lesson of a cycle in which this person takes part; with all that its pages name."""
    return get_or_refuse(_lessons(request.user), power, pk=pk)


def _lessons(user):
    rows = ResearchLesson.objects.for_detail(user).select_related("chair", "cycle__plan")
    return rows.prefetch_related("cycle__pupils", "plan__stages")


def _with_head(rows):
    """And what the lines beneath its heading tell: who looked, how many talks, for how many eyes, which plans."""
    looked = Assignment.objects.filter(lesson=OuterRef("pk"), was_absent=False, observer__isnull=False)
    talks = Interview.objects.filter(lesson=OuterRef("pk"), skipped_why="")
    team = CycleMember.objects.now().filter(cycle=OuterRef("cycle"))
    plans = PlanVersion.objects.filter(cycle=OuterRef("cycle"))
    return rows.annotate(
        looked=ArraySubquery(looked.order_by("pk").values("observer__name")),
        talks=ArraySubquery(talks.values("pk")),
        team=ArraySubquery(team.values("pk")),
        plan_numbers=ArraySubquery(plans.order_by("number").values("number")),
    )


def phase_line(cycle):
    """What `lessonstudy/phase_line.html` needs."""
    labels, at = needs.phases(cycle)
    return {"labels": labels, "now": at}


@require_safe
def matrix(request, pk):
    """Expected beside seen; one pupil at a time on a phone."""
    lesson = get_or_refuse(_with_head(_lessons(request.user)), pk=pk)
    if lesson.opened_at is None:
        return render(request, "lessonstudy/matrix_closed.html", {"lesson": lesson, "cycle": lesson.cycle})
    view = request.GET.get("view", SIDE)
    view = view if view in (SIDE, LINE, MEANING) else SIDE
    made = Analysis(lesson, request.user)
    seen = Seen(lesson, request.user, request.GET.get("match", ""), made.cited)
    made.with_notes(seen.by_pk())
    pupil = seen.pupil(request.GET.get("pupil", ""))
    context = {
        "lesson": lesson,
        "cycle": lesson.cycle,
        "seen": seen,
        "made": made,
        "view": view,
        "pupil": pupil,
        "line": seen.line_of(pupil) if view == LINE and pupil else [],
        "views": [_link(lesson, label, view=name, current=view, pupil=pupil) for name, label in _views()],
        "chips": _chips(lesson, seen, view, pupil),
        "pupil_tabs": [
            {"url": _address(lesson, view, seen.match, each.code), "pupil": each, "current": each == pupil}
            for each in seen.pupils
        ],
        "stream_url": streams.of_page(request.user, lesson.cycle.channel),
        **phase_line(lesson.cycle),
        **_head(lesson, seen),
    }
    return render(request, "lessonstudy/matrix.html", context)


def _views():
    return (
        (SIDE, _("Side by side")),
        (LINE, _("Time line of a pupil")),
        (MEANING, _("What does it mean?")),
    )


def _address(lesson, view=SIDE, match="", pupil=""):
    asked = {"view": view if view != SIDE else "", "match": match, "pupil": pupil}
    query = urlencode({name: value for name, value in asked.items() if value})
    return reverse("lessonstudy:matrix", args=[lesson.pk]) + (f"?{query}" if query else "")


def _link(lesson, label, *, view, current, pupil):
    return {"url": _address(lesson, view, "", pupil.code if pupil else ""), "label": label, "current": view == current}


def _chips(lesson, seen, view, pupil):
    code = pupil.code if pupil else ""
    chips = [{"label": _("All"), "count": len(seen.notes), "match": "", "icon": ""}]
    chips += [
        {"label": match.label, "count": seen.counts[match], "match": str(match), "icon": MATCH_ICONS[match]}
        for match in FILTERS
    ]
    return [
        chip | {"url": _address(lesson, view, chip["match"], code), "current": chip["match"] == seen.match}
        for chip in chips
    ]


def _head(lesson, seen):
    """The lines beneath the heading: who looked, how many notes and talks, who reads this."""
    others = ResearchLesson.objects.standing().filter(cycle=lesson.cycle_id, opened_at__isnull=False)
    others = list(others.exclude(pk=lesson.pk).order_by("round"))
    tallies = tallies_of([*others, lesson], seen.pupils) if others else {}
    for pupil in seen.pupils:
        pupil.tallies = tallies.get(pupil.pk, [])
    return {
        "looked": [name.split(" ")[0] for name in lesson.looked],
        "notes_said": ngettext("%(count)d note", "%(count)d notes", len(seen.notes)) % {"count": len(seen.notes)},
        "talks": len(lesson.talks),
        "team_count": len(lesson.team),
        "others": others,
        "plan_numbers": _numbers(lesson),
    }


def _numbers(lesson):
    """(the plan of this lesson, the one after it) where there are two to compare."""
    mine = lesson.plan.number if lesson.plan_id else None
    later = [number for number in lesson.plan_numbers if mine and number > mine]
    return (mine, later[0]) if later else None


@require_safe
def cell(request, pk):
    """All notes of one pupil in one part of the lesson; without a pupil those on the class. For htmx only the part."""
    lesson = lesson_of(request, pk)
    made = Analysis(lesson, request.user)
    seen = Seen(lesson, request.user, request.GET.get("match", ""), made.cited)
    pupil = number(request.GET.get("pupil", ""))
    stage = number(request.GET.get("stage", ""))
    rows = [row for row in seen.rows if (row.stage.pk if row.stage else None) == stage]
    notes, expected = (rows[0].of_class if rows else []), ""
    for row in rows:
        for each in row.cells:
            if each.pupil.pk == pupil:
                notes, expected = each.shown, each.expected
    context = {
        "lesson": lesson,
        "cycle": lesson.cycle,
        "row": rows[0] if rows else None,
        "pupil": next((each for each in seen.pupils if each.pk == pupil), None),
        "notes": notes,
        "expected": expected,
        "back": _address(lesson, SIDE, seen.match),
    }
    template = "lessonstudy/cell.html#notes" if request.htmx else "lessonstudy/cell.html"
    return render(request, template, context)


@require_safe
def matrix_paper(request, pk):
    """The matrix on one sheet of A3, for the wall of the team's room."""
    lesson = lesson_of(request, pk)
    made = Analysis(lesson, request.user)
    seen = Seen(lesson, request.user, "", made.cited)
    data = papers.of_matrix(lesson, seen, made.with_notes(seen.by_pk()))
    return pdf.answer("matrix", data, name=_("What we saw: %(title)s") % {"title": lesson.cycle.title})
