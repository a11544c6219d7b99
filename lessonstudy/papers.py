"""What leaves the team, and what hangs on its own wall: the data of matrix and poster, the text of the KennisHub.

Of the outcome nothing leaves that names a pupil together with her code: no class, no date, no teacher, no observer, no
code. The matrix is the team's own and has all of it.
"""

from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from core.templatetags.ui import upfirst
from lessonstudy.models import PlanVersion, Revision, Stage
from lessonstudy.seeing import quoted

PAPERS = ("a3", "a4")
MOST_FACTS = 2  # of a change, on paper and in the KennisHub
LONGEST_SUMMARY, LONGEST_STEP = 600, 2000


# The matrix ---------------------------------------------------------------------------------------


def of_matrix(lesson, seen, made):
    """The data of `templates/pdf/matrix.typ`: for the team alone, on A3."""
    return {
        "title": _("What we saw: %(title)s") % {"title": lesson.cycle.title},
        "subtitle": " · ".join(_facts_of(lesson)),
        "foot": _("Only for the team of this cycle. Do not leave it lying about."),
        "labels": {
            "expected": _("We expected"), "seen": _("What did you see?"), "class": _("The whole class"),
            "patterns": _("Patterns"), "thoughts": _("What does it mean?"), "changes": _("What we change"),
            "none": _("Nothing noted"), "target": _("can do after the lesson"), "cited": _("Used for the next lesson"),
            "without": _("Without a part"), "late": _("came in late"),
        },
        "pupils": [
            {"code": each.code, "stands_for": each.get_stands_for_display(), "target": each.target}
            for each in seen.pupils
        ],
        "rows": [_row(row) for row in seen.rows],
        "patterns": [
            {"title": each.row.title, "text": each.row.text, "notes": _places(each)} for each in made.patterns
        ],
        "thoughts": [
            {"text": each.row.text, "by": each.row.author.first_name if each.row.author else _("a former member")}
            for each in made.thoughts
        ],
        "changes": [
            {"stage": each.stage.title if each.stage else "", "was": each.row.was, "becomes": each.row.becomes,
             "notes": _places(each)}
            for each in made.changes
        ],
    }  # fmt: skip


def _facts_of(lesson):
    yield date_format(lesson.held_on, "j F Y")
    if lesson.class_label:
        yield lesson.class_label
    if lesson.teacher:
        yield _("lesson by %(name)s") % {"name": lesson.teacher.first_name}
    yield _("lesson %(round)d") % {"round": lesson.round}


def _row(row):
    return {
        "title": row.stage.title if row.stage else "",
        "minutes": f"{row.begins}–{row.ends} min" if row.stage else "",
        "of_class": [f"{note.clock} {note.words}" for note in row.of_class[:4]],
        "cells": [
            {
                "expected": cell.expected,
                "look": cell.best.look if cell.best else "",
                "match": str(cell.best.says) if cell.best else "",
                "cited": cell.is_cited,
                "notes": [_note(note) for note in _on_paper(cell)],
                "more": max(len(cell.shown) - MOST_ON_PAPER, 0),
            }
            for cell in row.cells
        ],
    }


MOST_ON_PAPER = 4


def _on_paper(cell):
    """The best fact first, then the others in the order of the lesson."""
    rest = [note for note in cell.shown if note is not cell.best]
    return [cell.best, *rest][:MOST_ON_PAPER] if cell.best else []


def _note(note):
    return {"clock": note.clock, "who": note.who, "words": note.words, "match": str(note.says), "late": note.is_late}


def _places(each):
    return ", ".join(note.place for note in each.notes)


# What leaves the team -----------------------------------------------------------------------------


def changes_of(cycle):
    """[(stage title, was, becomes, facts)] of all lessons of this cycle that count, without who said or saw it."""
    rows = Revision.objects.filter(lesson__cycle=cycle).exclude(lesson__state="broken_off")
    rows = rows.select_related("lesson").prefetch_related("observations").order_by("lesson__round", "pk")
    titles = dict(Stage.objects.filter(plan__cycle=cycle).order_by("plan__number").values_list("uid", "title"))
    return [
        (titles.get(row.stage_uid, ""), row.was, row.becomes, [_bare(each) for each in row.observations.all()])
        for row in rows
    ]


def _bare(note):
    """A fact without code, clock and observer."""
    return quoted(note.fact) if note.is_quote else note.fact


def last_plan(cycle):
    """The plan as it was given last, or as it stands now."""
    given = PlanVersion.objects.filter(cycle=cycle, lessons__state="given").order_by("number").last()
    return given or PlanVersion.objects.filter(cycle=cycle).order_by("number").last()


def versions_of(cycle):
    """[(number, why there is another one)] of the plans, where there is more than one."""
    rows = list(PlanVersion.objects.filter(cycle=cycle).order_by("number"))
    moves = list(cycle.moves.filter(verb__in=["reopen", "redesign"]).order_by("at").values_list("reason", flat=True))
    reasons = [plan.summary or (moves[n - 1] if 0 < n <= len(moves) else "") for n, plan in enumerate(rows)]
    return [(plan.number, reason) for plan, reason in zip(rows, reasons, strict=True)] if len(rows) > 1 else []


def of_poster(cycle, outcome, paper="a3"):
    """The data of `templates/pdf/poster.typ`: one page that a colleague of another school reads in two minutes."""
    plan = last_plan(cycle)
    stages = list(plan.stages.all()) if plan else []
    return {
        "paper": paper if paper in PAPERS else PAPERS[0],
        "title": outcome.headline or cycle.title,
        "kicker": " · ".join(_kicker(cycle)),
        "foot": _("Lesson Study of %(plg)s") % {"plg": cycle.community.name},
        "labels": {
            "question": _("What we wanted to know"), "goal": _("What pupils learn"),
            "pupils": _("What pupils learned"), "teachers": _("What we learned"),
            "limits": _("What we do not know yet"), "lesson": _("The lesson"), "changes": _("What we changed, and why"),
            "was": _("Was"), "becomes": _("Became"), "because": _("Because we saw"),
        },
        "question": cycle.question,
        "goal": cycle.pupil_goal,
        "pupils_learned": outcome.pupils_learned,
        "teachers_learned": outcome.teachers_learned,
        "limits": outcome.limits,
        "stages": [{"title": each.title, "minutes": each.minutes, "does": each.teacher_does} for each in stages],
        "changes": [
            {"stage": title, "was": was, "becomes": becomes, "because": facts[:MOST_FACTS]}
            for title, was, becomes, facts in changes_of(cycle)[:3]
        ],
    }  # fmt: skip


def _kicker(cycle):
    for each in (cycle.get_template_display(), cycle.get_theme_display(), cycle.subject, cycle.level):
        if each:
            yield upfirst(str(each))


def text_of(cycle, outcome):
    """The words of the resource, in Markdown."""
    parts = [
        (_("What we wanted to know"), cycle.question),
        (_("What pupils learn"), cycle.pupil_goal),
        (_("What pupils learned"), outcome.pupils_learned),
        (_("What we learned"), outcome.teachers_learned),
        (_("What we do not know yet"), outcome.limits),
        (_("What we changed, and why"), "\n".join(_change(*change) for change in changes_of(cycle))),
        (_("Versions of the plan"), "\n".join(_version(*each) for each in versions_of(cycle))),
        *((label, text) for label, text in _written(cycle)),
    ]
    return "\n\n".join(f"**{label}**\n\n{text.strip()}" for label, text in parts if text.strip())


def _change(stage, was, becomes, facts):
    lines = [f"- **{stage or _('The lesson')}**: {becomes.strip()}"]
    if was.strip():
        lines.append("  " + _("Was: %(was)s") % {"was": was.strip()})
    if facts:
        lines.append("  " + _("Because we saw: %(facts)s") % {"facts": " ".join(facts[:MOST_FACTS])})
    return "\n\n".join(line.replace("\n", " ") if n else line for n, line in enumerate(lines))


def _version(number, reason):
    return f"- {_('Version %(number)d') % {'number': number}}" + (f": {reason}" if reason else "")


def _written(cycle):
    """Of an inquiry: what the team wrote in its phases."""
    from lessonstudy.steps import HEADINGS

    texts = dict(cycle.texts.values_list("heading", "text"))
    for (template, _state), headings in HEADINGS.items():
        if template == cycle.template:
            yield from ((str(label), texts.get(key, "")) for key, label in headings)


def steps_of(plan):
    """The plan as the ordered steps of a lesson in the KennisHub."""
    if plan is None:
        return []
    found = []
    for stage in plan.stages.all():
        asked = ((_("Pupils may say"), stage.anticipated), (_("Then"), stage.response),
                 (_("Look for"), stage.look_for), (_("Needed"), stage.materials))  # fmt: skip
        words = [stage.teacher_does, *(f"{label}: {text}" for label, text in asked if text.strip())]
        text = "\n".join(each.strip() for each in words if each.strip())[:LONGEST_STEP]
        found.append({"minutes": stage.minutes, "title": stage.title, "text": text})
    return found[:20]


def summary_of(outcome):
    """What a card shows beneath the title."""
    return Truncator(outcome.pupils_learned.strip() or outcome.teachers_learned.strip()).chars(LONGEST_SUMMARY)
