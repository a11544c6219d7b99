"""What was seen in a lesson beside what was expected: the rows behind the matrix, the time line and the paper.

Facts are read as plain values in one query, however many there are, and put in their cells here.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from django.db.models import Count
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from lessonstudy.choices import MATCH_ICONS, Match
from lessonstudy.models import Observation, Prediction

#: From what asks most attention to what asks least; the first of these wins where as many notes say one as the other.
WEIGHT = {Match.OTHER: 0, Match.PARTLY: 1, Match.EXPECTED: 2, "": 3, Match.UNSEEN: 4}
#: In which order a tally tells them.
TOLD = (Match.EXPECTED, Match.PARTLY, Match.OTHER)
#: The filters above the matrix.
FILTERS = (Match.PARTLY, Match.OTHER)
COLUMNS = (
    "pk", "stage__uid", "pupil", "offset_s", "fact", "is_quote", "match", "observer__name", "is_late", "photo",
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Note:
    """A fact as the pages show it; `cited` says that a change rests on it."""

    pk: int
    stage: object
    pupil: int | None
    offset_s: int
    fact: str
    is_quote: bool
    match: str
    observer: str
    is_late: bool
    photo: str
    code: str = ""
    cited: bool = False

    @property
    def clock(self):
        """Minutes and seconds since the lesson began: 4:12."""
        return f"{self.offset_s // 60}:{self.offset_s % 60:02d}"

    @property
    def who(self):
        """The first name of who saw it."""
        return self.observer.split(" ")[0] if self.observer else _("a former member")

    @property
    def look(self):
        return f"is-{self.match or 'bare'}"

    @property
    def icon(self):
        return MATCH_ICONS.get(self.match, "")

    @property
    def mark(self):
        """Its match as a mark, in HTML."""
        return mark_of(self.match, get_language())

    @property
    def says(self):
        """Whether it was as expected, in a word."""
        return Match(self.match).label if self.match else ""

    @property
    def words(self):
        """The fact; what was said word for word between quotation marks, unless the observer put them there."""
        text = self.fact or (_("Not seen") if self.match == Match.UNSEEN else _("A mark without words"))
        return quoted(text) if self.is_quote else text

    @property
    def place(self):
        """By what others point at it: "B · 31:48"."""
        return f"{self.code or _('class')} · {self.clock}"


@lru_cache(maxsize=64)
def mark_of(match, language):
    """The mark of a match in this language; drawn once, because it stands four hundred times on a page."""
    return mark_safe(render_to_string("lessonstudy/match.html", {"match": match}).strip())


def quoted(text):
    """Between quotation marks, unless its observer put some in it herself."""
    return text if any(mark in text for mark in '‘’“”"') else _("‘%(words)s’") % {"words": text}


def tallies_of(lessons, pupils):
    """How the notes of other lessons lie: {pupil: [(round, [(icon, look, label, count)])]}, in one query."""
    rounds = {lesson.pk: lesson.round for lesson in lessons}
    rows = Observation.objects.filter(lesson__in=rounds, pupil__in=[pupil.pk for pupil in pupils]).standing()
    rows = rows.exclude(match="").values_list("pupil", "lesson", "match").annotate(n=Count("pk"))
    found = {}
    for pupil, lesson, match, n in rows.order_by("lesson"):
        found.setdefault(pupil, {}).setdefault(rounds[lesson], {})[match] = n
    return {
        pupil: [
            (number, [(MATCH_ICONS[each], f"is-{each}", each.label, said[each]) for each in TOLD if each in said])
            for number, said in sorted(of.items())
        ]
        for pupil, of in found.items()
    }  # fmt: skip


def notes_of(lesson, user, cited=frozenset()):
    """All facts of this lesson that this person may see, in its order; without what was taken back."""
    codes = {pupil.pk: pupil.code for pupil in lesson.cycle.pupils.all()}
    rows = Observation.objects.allowing(user, "view").filter(lesson=lesson).standing().in_order()
    return [
        Note(*row, code=codes.get(row[2], ""), cited=row[0] in cited) for row in rows.values_list(*COLUMNS)
    ]  # fmt: skip


@dataclass
class Cell:
    """One pupil in one part of the lesson."""

    stage: object
    pupil: object
    expected: str = ""
    notes: list = field(default_factory=list)
    shown: list = field(default_factory=list)

    @cached_property
    def best(self):
        """The fact that stands for the cell: one that a change rests on, else of what most notes say."""
        if not self.shown:
            return None
        often = Counter(note.match for note in self.shown)
        return min(
            self.shown,
            key=lambda note: (
                not note.cited, -often[note.match], WEIGHT[note.match], not note.fact, not note.is_quote, note.offset_s,
            ),
        )  # fmt: skip

    @property
    def others(self):
        """What else its notes say, as (icon, look, label, how many): no cell hides that opinions differ."""
        often = Counter(note.match for note in self.shown if note.match and note.match != self.best.match)
        order = sorted(often, key=WEIGHT.get)
        return [(MATCH_ICONS[match], f"is-{match}", Match(match).label, often[match]) for match in order]

    @property
    def said_count(self):
        count = len(self.shown)
        return ngettext("%(count)d note", "%(count)d notes", count) % {"count": count}

    @property
    def is_cited(self):
        return any(note.cited for note in self.shown)

    @property
    def has_late(self):
        return any(note.is_late for note in self.shown)


@dataclass
class Row:
    """One part of the lesson: from minute to minute, a cell for each pupil, and what was seen of the whole class."""

    stage: object
    begins: int
    cells: list
    of_class: list

    @property
    def ends(self):
        return self.begins + (self.stage.minutes if self.stage else 0)

    @property
    def said_of_class(self):
        count = len(self.of_class)
        sentence = ngettext("%(count)d note on the class", "%(count)d notes on the class", count)
        return sentence % {"count": count}


class Seen:
    """A lesson's facts in their cells, for one reader. `match` leaves only the notes that say so."""

    def __init__(self, lesson, user, match="", cited=frozenset()):
        self.lesson, self.match = lesson, match if match in Match.values else ""
        self.pupils = list(lesson.cycle.pupils.all())
        self.stages = list(lesson.plan.stages.all()) if lesson.plan_id else []
        self.notes = notes_of(lesson, user, cited)
        seen = {note.pupil for note in self.notes}
        self.pupils = [each for each in self.pupils if each.reserve_for_id is None or each.pk in seen]

    @cached_property
    def expected(self):
        rows = Prediction.objects.filter(stage__plan=self.lesson.plan_id)
        return {(stage, pupil): text for stage, pupil, text in rows.values_list("stage_id", "pupil_id", "expected")}

    @cached_property
    def rows(self):
        """The parts of the lesson in order; last what was noted without one."""
        found, minute, known = [], 0, {stage.uid for stage in self.stages}
        groups = {}
        for note in self.notes:
            groups.setdefault((note.stage if note.stage in known else None, note.pupil), []).append(note)
        for stage in self.stages:
            found.append(self._row(stage, minute, groups))
            minute += stage.minutes
        if any(stage is None for stage, _pupil in groups):
            found.append(self._row(None, minute, groups))
        return found

    def _row(self, stage, minute, groups):
        uid = stage.uid if stage else None
        cells = [
            self._cell(Cell(stage, pupil, self.expected.get((stage.pk, pupil.pk), "") if stage else ""),
                       groups.get((uid, pupil.pk), []))
            for pupil in self.pupils
        ]  # fmt: skip
        return Row(stage, minute, cells, self._chosen(groups.get((uid, None), [])))

    def _cell(self, cell, notes):
        cell.notes, cell.shown = notes, self._chosen(notes)
        return cell

    def _chosen(self, notes):
        return [note for note in notes if note.match == self.match] if self.match else notes

    @cached_property
    def counts(self):
        return Counter(note.match for note in self.notes)

    @property
    def late_count(self):
        return sum(note.is_late for note in self.notes)

    def by_pk(self):
        return {note.pk: note for note in self.notes}

    def line_of(self, pupil):
        """The time line of one pupil: [(row, her notes and those on the class)], in the order of the lesson."""
        return [
            (row, cell.expected, sorted([*cell.shown, *row.of_class], key=lambda note: (note.offset_s, note.pk)))
            for row in self.rows
            for cell in row.cells
            if cell.pupil.pk == pupil.pk
        ]

    def pupil(self, code):
        """The pupil of this code, or the first."""
        return next((each for each in self.pupils if each.code == code), self.pupils[0] if self.pupils else None)
