"""A lesson plan laid out for a reader: on the page, beside another version, on paper."""

from dataclasses import dataclass, field
from difflib import SequenceMatcher
from re import findall

from django.db.models import Prefetch
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lessonstudy import documents, plans
from lessonstudy.models import CasePupil, Observation, Revision, Stage

#: The fields of a stage on screen: (name, label, what helps to fill it in).
COLUMNS = (
    ("teacher_does", _("What the teacher does"), _("Which question or task do you give, in which words?")),
    ("anticipated", _("What pupils may say or do"), _("Also what may go wrong, or otherwise than you think.")),
    ("response", _("What the teacher does then"), _("Which question helps on, without giving it away?")),
    ("look_for", _("What observers look for"), _("What does one see or hear when it works?")),
    ("materials", _("Materials"), ""),
)
LABELS = {"title": _("Name"), "minutes": _("Minutes")} | {name: label for name, label, _hint in COLUMNS}
LABELS_OF_PUPIL = {"expected": _("We expect"), "seen_by": _("How we see it")}


@dataclass
class Sheet:
    """One stage, as it is shown."""

    uid: str
    number: int = 1
    begins: int = 0
    minutes: int = 0
    title: str = ""
    fields: list = field(default_factory=list)  # (name, label, hint, text)
    predictions: list = field(default_factory=list)  # (pupil, expected, seen_by)
    comments: list = field(default_factory=list)
    stage: object = None

    @property
    def ends(self):
        return self.begins + self.minutes

    @property
    def unsettled(self):
        """How many remarks still ask for an answer."""
        return sum(1 for each in self.comments if not each.settled_at)

    @property
    def called(self):
        """By what name it is known, also before it has one."""
        return self.title or _now("part %(number)s") % {"number": self.number}


@dataclass
class Layout:
    """A whole plan, as it is shown; `at` is the change up to which it goes."""

    sheets: list
    gone: list
    at: int = 0

    @property
    def minutes(self):
        """How long the lesson takes."""
        return sum(sheet.minutes for sheet in self.sheets)


def of(plan, pupils, comments=()):
    """The layout of a plan: of an open one from its document, of a frozen one from its rows."""
    by_stage = {}
    for comment in comments:
        by_stage.setdefault(str(comment.stage_uid), []).append(comment)
    gone, at = [], 0
    if plan.frozen_at:
        parts = [_part_of(stage) for stage in stages_of(plan)]
    else:
        at = plans.last(plan)
        parts, gone = documents.read(plans.document_of(plan, upto=at), [pupil.pk for pupil in pupils])
    return Layout(_in_time([_sheet(part, pupils, by_stage) for part in parts]),
                  [_sheet(part, pupils, by_stage) for part in gone], at)  # fmt: skip


def blank(pupils):
    """A stage in which nothing stands, for the browser to make more of."""
    return _sheet(documents.Part("UID", minutes=10), pupils, {})


def stages_of(plan):
    """The rows of a plan with their predictions."""
    return Stage.objects.filter(plan=plan).prefetch_related("predictions")


def _part_of(stage):
    predictions = {row.pupil_id: {"expected": row.expected, "seen_by": row.seen_by} for row in stage.predictions.all()}
    texts = {name: getattr(stage, name) for name in documents.FIELDS}
    return documents.Part(stage.uid, minutes=stage.minutes, texts=texts, predictions=predictions)


def _sheet(part, pupils, comments):
    said = {pupil: part.predictions.get(pupil.pk, {}) for pupil in pupils}
    return Sheet(
        uid=str(part.uid),
        minutes=part.minutes,
        title=part.texts.get("title", ""),
        fields=[(name, label, hint, part.texts.get(name, "")) for name, label, hint in COLUMNS],
        predictions=[(pupil, row.get("expected", ""), row.get("seen_by", "")) for pupil, row in said.items()],
        comments=comments.get(str(part.uid), []),
    )


def _in_time(sheets):
    """Numbered, and each beginning when the one before it ends."""
    begins = 0
    for number, sheet in enumerate(sheets, start=1):
        sheet.number, sheet.begins = number, begins
        begins += sheet.minutes
    return sheets


# Two versions beside each other ------------------------------------------------------------------


@dataclass
class Differing:
    """What became of a stage between two versions; `fields` are (label, was, became) in pieces (kind, text)."""

    title: str
    state: str  # same, changed, added, removed
    fields: list
    moved: bool = False
    revisions: list = field(default_factory=list)


def compared(before, after, user):
    """The stages of two versions, in the order of the later one; those that went at the end."""
    pupils = list(CasePupil.objects.filter(cycle=after.cycle_id))
    was = {str(part.uid): (n, part) for n, part in enumerate(map(_part_of, stages_of(before)))}
    became = {str(part.uid): (n, part) for n, part in enumerate(map(_part_of, stages_of(after)))}
    reasons = _revisions(before, user)
    moved_ones = _moved([uid for uid in was if uid in became], [uid for uid in became if uid in was])
    rows = []
    for uid, (number, part) in became.items():
        old = was.get(uid, (number, None))[1]
        fields = _fields(old, part, pupils)
        state = "added" if old is None else "changed" if fields else "same"
        rows.append(Differing(_title(part, number), state, fields, uid in moved_ones, reasons.pop(uid, [])))
    for uid, (number, part) in was.items():
        if uid not in became:
            fields = _fields(part, None, pupils)
            rows.append(Differing(_title(part, number), "removed", fields, False, reasons.pop(uid, [])))
    return rows


def _moved(before, after):
    """As few as must have moved to come from one order to the other."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    stayed = {uid for block in matcher.get_matching_blocks() for uid in before[block.a : block.a + block.size]}
    return set(before) - stayed


def _title(part, number):
    return part.texts["title"] or _now("part %(number)s") % {"number": number + 1}


def _fields(old, new, pupils):
    """The fields that differ: (label, pieces of what it was, pieces of what it became)."""
    rows = []
    for label, was, became in _pairs(old, new, pupils):
        if was != became:
            rows.append((label, *pieces(was, became)))
    return rows


def _pairs(old, new, pupils):
    for name in ("title", "teacher_does", "anticipated", "response", "look_for", "materials"):
        yield LABELS[name], old.texts[name] if old else "", new.texts[name] if new else ""
    yield LABELS["minutes"], str(old.minutes) if old else "", str(new.minutes) if new else ""
    for pupil in pupils:
        for name, label in LABELS_OF_PUPIL.items():
            was = old.predictions.get(pupil.pk, {}).get(name, "") if old else ""
            became = new.predictions.get(pupil.pk, {}).get(name, "") if new else ""
            yield f"{pupil.code} · {label}", was, became


def pieces(was, became):
    """Both texts word by word: pieces ("same" | "out", text) and ("same" | "in", text)."""
    old, new = findall(r"\s+|\w+|[^\w\s]", was), findall(r"\s+|\w+|[^\w\s]", became)
    left, right = [], []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if a < b:
            left.append(("same" if kind == "equal" else "out", "".join(old[a:b])))
        if c < d:
            right.append(("same" if kind == "equal" else "in", "".join(new[c:d])))
    return left, right


def _revisions(plan, user):
    """Why the team changed this plan: its revisions with what was seen, by stage."""
    seen = Observation.objects.allowing(user, "view").standing().select_related("pupil").in_order()
    rows = Revision.objects.filter(lesson__plan=plan).prefetch_related(Prefetch("observations", seen))
    found = {}
    for row in rows.order_by("pk"):
        found.setdefault(str(row.stage_uid), []).append(row)
    return found


# On paper ----------------------------------------------------------------------------------------


def paper(plan, pupils, layout):
    """The values of `templates/pdf/plan.typ`: one sheet of A3."""
    cycle = plan.cycle
    goal = [(_now("What pupils learn"), cycle.pupil_goal), (_now("Research question"), cycle.question)]
    title = _now("lesson plan %(number)s") % {"number": plan.number}
    in_round = _now("round %(round)s") % {"round": plan.round}
    seen_as = _now("How we see it")
    status = (plan.frozen_at and _now("fixed for the lesson")) or _now("the team is still writing")
    return {
        "title": f"{cycle.title} – {title}",
        "subtitle": f"{cycle.community.name} · {in_round} · {status}",
        "foot": _now("Of the team alone. Pupils stand here by a code."),
        "goal": [[label, text] for label, text in goal if text.strip()],
        "pupils": [
            [pupil.code, pupil.get_stands_for_display(), " → ".join(filter(None, [pupil.start, pupil.target]))]
            for pupil in pupils
        ],
        "heads": [_now("Part"), *(str(label) for _name, label, _hint in COLUMNS),
                  *(_now("We expect of %(code)s") % {"code": pupil.code} for pupil in pupils)],
        "rows": [
            {
                "title": sheet.called,
                "time": _now("%(begins)s–%(ends)s min") % {"begins": sheet.begins, "ends": sheet.ends},
                "cells": [text for _name, _label, _hint, text in sheet.fields],
                "predictions": [
                    [expected, f"{seen_as}: {seen_by}" if seen_by.strip() else ""]
                    for _pupil, expected, seen_by in sheet.predictions
                ],
            }
            for sheet in layout.sheets
        ],
    }  # fmt: skip
