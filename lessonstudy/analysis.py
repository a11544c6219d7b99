"""What a team makes of the facts of a lesson: patterns, meanings and changes, each with the notes that it cites."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from lessonstudy.actions import analysing
from lessonstudy.models import Interpretation, Pattern, Revision, Stage

SECONDED = Interpretation.seconded_by.through.objects.filter(interpretation=OuterRef("pk"))


def _with_cited(model):
    """Its rows with their author and the ids of the notes that they cite, in one statement."""
    through = model.observations.through.objects.filter(**{model._meta.model_name: OuterRef("pk")})
    return model.objects.select_related("author").annotate(cited=ArraySubquery(through.values("observation")))


@dataclass
class Cited:
    """A pattern, a thought or a change, with its notes as `seeing.Note`."""

    row: object
    notes: list
    may_change: bool = False


@dataclass
class Thought(Cited):
    """What somebody thinks that facts mean, and who thinks so too."""

    is_mine: bool = False
    i_second: bool = False

    @property
    def seconds(self):
        """The first names of who thinks so too."""
        return ", ".join(name.split(" ")[0] for name in self.row.seconds)

    @property
    def second_count(self):
        return len(self.row.seconds)


@dataclass
class Change(Cited):
    """What changes in the plan: in which part, in which column; why it cannot go into the next plan now."""

    stage: object = None
    column: str = ""
    why_not_put_in: str = ""


class Analysis:
    """All that was made of one lesson's facts. Build `seeing.Seen` with `cited` first, then give it to `with_notes`."""

    def __init__(self, lesson, user):
        self.lesson, self.user, self.notes = lesson, user, {}

    def with_notes(self, notes):
        """The notes by their id, to which the rows point."""
        self.notes = notes
        return self

    def _of(self, row):
        return sorted((self.notes[pk] for pk in row.cited if pk in self.notes), key=lambda n: n.offset_s)

    @cached_property
    def _revisions(self):
        return list(_with_cited(Revision).filter(lesson=self.lesson))

    @property
    def cited(self):
        """The ids of the notes on which a change rests."""
        return frozenset(pk for row in self._revisions for pk in row.cited)

    @cached_property
    def patterns(self):
        rows = _with_cited(Pattern).filter(lesson=self.lesson)
        return [Cited(row, self._of(row), self.may_write) for row in rows]

    @cached_property
    def thoughts(self):
        rows = (
            _with_cited(Interpretation)
            .filter(lesson=self.lesson)
            .annotate(
                seconds=ArraySubquery(SECONDED.order_by("user__name", "user_id").values("user__name")),
                i_second=Exists(SECONDED.filter(user=self.user.pk)),
            )
        )
        found = []
        for row in rows:
            mine = row.author_id == self.user.pk
            found.append(Thought(row, self._of(row), mine and self.may_write, mine, row.i_second))
        return found

    @cached_property
    def changes(self):
        stages = {stage.uid: stage for stage in self.lesson.plan.stages.all()} if self.lesson.plan_id else {}
        found = []
        for row in self._revisions:
            why_not = analysing.why_not_put_in_next(row, self.lesson)
            may = self.may_write and row.put_in_at is None
            column = Stage._meta.get_field(row.field).verbose_name
            found.append(Change(row, self._of(row), may, stages.get(row.stage_uid), str(column), why_not))
        return found

    @property
    def may_write(self):
        return bool(getattr(self.lesson, "can_edit", False)) and not self.why_not_write

    @cached_property
    def why_not_write(self):
        from lessonstudy.actions.discussing import why_not_write

        return why_not_write(self.lesson)

    @property
    def next_title(self):
        """The next lesson, as a heading names it."""
        return _("lesson %(round)d") % {"round": self.lesson.round + 1}
