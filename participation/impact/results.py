"""What was answered, as it may be seen: averages from five answers on, beside each other, sentences first.

What a PLG answered together is its own and stands there at once. Of what its members answered alone, and of panels,
only the average is shown, once nobody can answer any more, and never that it is the highest or lowest there is: then
it would be known of each.
"""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Sum
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from organisations import hours
from organisations.models import Hours
from participation.floor import FEWEST
from participation.impact.choices import Audience, Moment
from participation.impact.models import Response
from participation.impact.models.questionnaire import LEAST_TEXTS
from participation.impact.questions import HIGH, LOW, OF_AUDIENCE, OF_PLG, Question
from people.calendar import days_of_school_year

EDGE = 0.2  # so far from an end lies the average of five, of whom one says otherwise
MOVED = 0.25  # less is no movement
HEADS = {
    Moment.START: pgettext_lazy("of a school year", "Start"),
    Moment.MIDDLE: pgettext_lazy("of a school year", "Halfway"),
    Moment.END: pgettext_lazy("of a school year", "End"),
}


@dataclass(frozen=True)
class Mark:
    """The answer to one question at one moment; `low` and `high` where a PLG that answered together does not agree."""

    mean: float
    people: int
    low: int | None = None
    high: int | None = None
    is_joint: bool = False

    @property
    def shown(self):
        """Where its dot stands."""
        return self.mean if self.is_joint else min(max(self.mean, LOW + EDGE), HIGH - EDGE)

    @property
    def text(self):
        """The figure as it is read."""
        if self.is_joint:
            return number_format(self.mean, 0)
        figure = number_format(round(self.shown, 1), 1)
        if self.mean >= HIGH - EDGE:
            return _("%(figure)s or more") % {"figure": figure}
        return _("%(figure)s or less") % {"figure": figure} if self.mean <= LOW + EDGE else figure

    @property
    def said_spread(self):
        return _("%(low)d to %(high)d") % {"low": self.low, "high": self.high} if self.low else ""


@dataclass(frozen=True)
class Row:
    """One question with its marks, in the order of the moments that are shown."""

    question: Question
    marks: list

    @property
    def known(self):
        return [mark for mark in self.marks if mark]

    @property
    def before(self):
        return self.known[0] if self.known else None

    @property
    def after(self):
        return self.known[-1] if len(self.known) > 1 else None

    @property
    def moved(self):
        """How far, from the first to the last; 0 where there is nothing to compare."""
        return self.after.shown - self.before.shown if self.after else 0.0


@dataclass(frozen=True)
class Shown:
    """One moment of which something is shown: how it is called, and how many answered."""

    moment: str
    people: int
    is_joint: bool = False

    @property
    def label(self):
        return Moment(self.moment).label

    @property
    def short(self):
        """At the head of its column."""
        return HEADS[self.moment]

    @property
    def said_people(self):
        if self.is_joint:
            said = ngettext("%(n)d person, together", "%(n)d people, together", self.people)
        else:
            said = ngettext("%(n)d answer", "%(n)d answers", self.people)
        return said % {"n": self.people}


@dataclass
class Results:
    """What a questionnaire or a panel shows, and in words what it does not show."""

    moments: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    hidden: list = field(default_factory=list)
    texts: list = field(default_factory=list)
    hours: str = ""
    is_linked: bool = False

    @property
    def has_any(self):
        return any(row.known for row in self.rows)

    @property
    def is_compared(self):
        return len(self.moments) > 1

    @cached_property
    def sentences(self):
        """What stands out: most forward, backward, and where people do not agree."""
        found = []
        if self.is_compared:
            ordered = sorted((row for row in self.rows if row.after), key=lambda row: row.moved)
            if ordered and ordered[-1].moved >= MOVED:
                found.append(_said(_("Most forward: “%(question)s”, from %(before)s to %(after)s."), ordered[-1]))
            if ordered and ordered[0].moved <= -MOVED:
                found.append(_said(_("Back went: “%(question)s”, from %(before)s to %(after)s."), ordered[0]))
            if not found and ordered:
                found.append(_("Not much changed between the two times."))
        elif self.rows and self.has_any:
            ordered = sorted((row for row in self.rows if row.known), key=lambda row: row.before.shown)
            found.append(_said(_("Highest: “%(question)s” (%(before)s)."), ordered[-1]))
            found.append(_said(_("Lowest: “%(question)s” (%(before)s)."), ordered[0]))
        wide = [row for row in self.rows if row.known and (row.known[-1].high or 0) - (row.known[-1].low or 0) >= 2]
        if wide:
            widest = max(wide, key=lambda row: row.known[-1].high - row.known[-1].low)
            sentence = _("You do not agree about “%(question)s” (%(spread)s). There lies a conversation.")
            found.append(sentence % {"question": widest.question.text, "spread": widest.known[-1].said_spread})
        return found


def _said(sentence, row):
    return sentence % {
        "question": row.question.text,
        "before": row.before.text,
        "after": row.after.text if row.after else "",
    }


# Of a PLG or network ------------------------------------------------------------------------------


def of(questionnaire):
    """What it shows to its own people: three queries, however many answered."""
    waves = [questionnaire.by_moment[moment] for moment in Moment if moment in questionnaire.by_moment]
    begun = [wave for wave in waves if not wave.is_to_come]
    responses = {}
    for row in Response.objects.filter(wave__in=[wave for wave in begun if wave.is_shown], is_done=True):
        responses.setdefault(row.wave_id, []).append(row)
    shown = [wave for wave in begun if responses.get(wave.pk)]
    return Results(
        moments=[Shown(wave.moment, sum(row.people for row in responses[wave.pk]), wave.is_joint) for wave in shown],
        rows=_rows(OF_PLG, [responses[wave.pk] for wave in shown], [wave.least for wave in shown]),
        hidden=[said for wave in waves if wave not in shown and (said := _why_hidden(wave))],
        texts=_texts(shown, responses),
        hours=_hours(questionnaire),
    )


def open_together(questionnaire):
    """The waves that the PLG can answer with each other now, each with whether it did."""
    waves = [wave for wave in questionnaire.waves.all() if wave.is_joint and wave.is_open]
    for wave in waves:
        wave.has_answers = wave.responses.exists()
    return waves


def _why_hidden(wave):
    if wave.closed_at and not wave.people:
        return _("Nobody answered %(moment)s.") % {"moment": wave.get_moment_display()}
    if wave.closed_at:
        return "" if wave.is_shown else _too_few(wave.moment)
    if wave.is_open and not wave.is_joint:
        return _("The questions %(moment)s are still open. Their result comes when they are closed.") % {
            "moment": wave.get_moment_display()
        }
    return ""


def _rows(questions, groups, leasts):
    each = list(zip(groups, leasts, strict=True))
    return [Row(question, [_mark(question.key, group, least) for group, least in each]) for question in questions]


def _mark(key, responses, least):
    """The mark of one question, or None where nobody, or alone fewer than that, answered it."""
    said = [(row.answers[key], row.people) for row in responses if key in row.answers]
    people = sum(count for _value, count in said)
    is_joint = any(row.is_joint for row in responses)
    if not said or (people < least and not is_joint):
        return None
    low, high = responses[0].spread.get(key, (None, None)) if is_joint else (None, None)
    return Mark(sum(value * count for value, count in said) / people, people, low, high, is_joint)


def _texts(waves, responses):
    """Examples: of a PLG that answered together its own; of its members from ten answers on, in no order."""
    found = []
    for wave in waves:
        if wave.is_joint or wave.people >= LEAST_TEXTS:
            found += sorted(row.text for row in responses[wave.pk] if row.text.strip())
    return found


def _hours(questionnaire):
    """How long the PLG learned together that year, in words; "" where fewer than five people did."""
    if not questionnaire.community_id:
        return ""
    rows = Hours.objects.filter(
        community_id=questionnaire.community_id, held_on__range=days_of_school_year(questionnaire.year)
    )
    found = rows.aggregate(people=Count("person", distinct=True), minutes=Sum("minutes"))
    return hours.in_words(round(found["minutes"] / 60) * 60) if found["people"] >= FEWEST else ""


def sums(wave):
    """{question: (how many answered, the sum of what they said)} of a wave."""
    found = {}
    for row in wave.responses.filter(is_done=True):
        for key, value in row.answers.items():
            people, total = found.get(key, (0, 0))
            found[key] = (people + row.people, total + row.people * value)
    return found


# Of pupils and parents ----------------------------------------------------------------------------


def of_panels(questionnaire):
    """[(audience, Results)] of whom else was asked."""
    found = []
    for audience in Audience:
        panels = [
            panel
            for moment in Moment
            if moment in questionnaire.by_moment
            for panel in questionnaire.by_moment[moment].panels.all()
            if panel.audience == audience
        ]
        if panels:
            found.append((audience, _of_audience(audience, panels, questionnaire)))
    return found


def _of_audience(audience, panels, questionnaire):
    which = {wave.pk: wave.moment for wave in questionnaire.by_moment.values()}
    shown = [panel for panel in panels if panel.is_shown]
    hidden = [_too_few(which[panel.wave_id]) for panel in panels if panel.closed_at and not panel.is_shown]
    groups = {panel.pk: [] for panel in shown}
    for row in Response.objects.filter(panel__in=groups):
        groups[row.panel_id].append(row)
    linked = _linked([groups[panel.pk] for panel in shown])
    return Results(
        moments=[Shown(which[panel.wave_id], len(rows)) for panel, rows in zip(shown, linked, strict=True)],
        rows=_rows(OF_AUDIENCE[audience], linked, [FEWEST] * len(linked)),
        hidden=hidden,
        texts=[
            (panel.pk, row.pk, row.text)
            for panel in shown
            if panel.people >= LEAST_TEXTS
            for row in sorted(groups[panel.pk], key=lambda row: row.text)
            if row.text.strip()
        ],
        is_linked=len(linked) > 1 and sum(map(len, linked)) < sum(map(len, groups.values())),
    )


def _too_few(moment):
    sentence = _("Fewer than %(least)d people answered %(moment)s. Then nothing is shown.")
    return sentence % {"least": FEWEST, "moment": Moment(moment).label}


def _linked(groups):
    """Of two moments only who answered at both, where that is five or more and those left out are none or five.

    Else all of both: the difference between the two would tell of the few who answered once. Also to one question.
    """
    if len(groups) != 2:
        return groups
    codes = set.intersection(*({row.code for row in rows if row.code} for rows in groups))
    left_out = [[row for row in rows if row.code not in codes] for rows in groups]
    counts = [count for rows in left_out for count in Counter(key for row in rows for key in row.answers).values()]
    if len(codes) < FEWEST or any(count < FEWEST for count in counts):
        return groups
    return [[row for row in rows if row.code in codes] for rows in groups]
