"""The steps of a class visit, written once: from where to where, who may, and what must be so first.

Like `lessonstudy.steps`: a guard returns a sentence, or "" when it is so. Those under `hard` always hold; those under
`asks` may be passed over with "go on all the same, because …". Pages, actions and the test read this table.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from communities.rules import standing
from lessonstudy.visits.choices import OPEN_TO_ALL, Direction, State, Way

OPENER, OTHER, VISITED, VISITOR = "opener", "other", "visited", "visitor"
BOTH = frozenset({OPENER, OTHER})
VIDEO = "video"


@dataclass(frozen=True)
class Step:
    """One step: its verb, the states it leads from and to, who may take it, and whether it asks for something."""

    verb: str
    label: str
    sources: tuple
    to: str
    who: frozenset = BOTH
    hard: tuple = ()
    asks: tuple = ()
    needs_reason: bool = False
    is_way_out: bool = False


# Guards -------------------------------------------------------------------------------------------


def has_begun(visit):
    return "" if visit.slot_id and visit.slot.has_begun else _now("The lesson has not begun yet.")


def class_is_cared_for(visit):
    cover = getattr(visit, "cover", None)
    if cover is None:
        return _now("It is not said yet who looks after the class of the visitor.")
    if cover.is_arranged:
        return ""
    return _now("Nobody looks after the class of %(name)s yet.") % {"name": visit.visitor}


def visited_spoke(visit):
    return _unless(visit, "spoke_at", visit.visited, _now("%(name)s did not say yet how it went."))


def visitor_told(visit):
    return _unless(visit, "told_at", visit.visitor, _now("%(name)s did not write yet what there was to see."))


def next_step_is_chosen(visit):
    return _unless(visit, "chose_at", visit.visited, _now("%(name)s did not choose yet what to do next."))


def takes_something_along(visit):
    return _unless(visit, "took_at", visit.visitor, _now("%(name)s did not write yet what to take along."))


def _unless(visit, moment, person, sentence):
    feedback = getattr(visit, "feedback", None)
    return "" if feedback and getattr(feedback, moment) else sentence % {"name": person}


# The table ----------------------------------------------------------------------------------------

S = State


def _step(verb, label, sources, to, **more):
    return Step(verb, label, (sources,) if isinstance(sources, State) else tuple(sources), to, **more)


def _way_out(sources):
    return _step("cancel", _("Call it off"), sources, S.CANCELLED, needs_reason=True, is_way_out=True)


AFTERWARDS = (
    _step("discuss", _("We talked it over"), S.VISITED, S.DISCUSSED,
          asks=(visited_spoke, visitor_told, next_step_is_chosen)),
    _step("close", _("Complete it"), S.DISCUSSED, S.CLOSED, asks=(takes_something_along,)),
)  # fmt: skip

FULL = (
    _step("offer", _("Offer times"), (S.OPEN, S.OFFERED, S.POSTPONED), S.OFFERED, who=frozenset({VISITED})),
    _step("accept", _("Choose a time"), S.OFFERED, S.ACCEPTED, who=frozenset({VISITOR})),
    _step("need_cover", _("Arrange my class"), S.ACCEPTED, S.COVER, who=frozenset({VISITOR})),
    _step("plan", _("It is arranged"), (S.ACCEPTED, S.COVER), S.PLANNED, asks=(class_is_cared_for,)),
    _step("visit", _("The visit was there"), S.PLANNED, S.VISITED, hard=(has_begun,)),
    *AFTERWARDS,
    _step("postpone", _("Put it off"), (S.ACCEPTED, S.COVER, S.PLANNED), S.POSTPONED, needs_reason=True,
          is_way_out=True),
    _way_out((S.OPEN, S.OFFERED, S.ACCEPTED, S.COVER, S.PLANNED, S.POSTPONED)),
)  # fmt: skip
SHORT = (
    _step("visit", _("The visit was there"), S.PLANNED, S.VISITED, hard=(has_begun,)),
    _step("move", _("Another time"), S.PLANNED, S.PLANNED, is_way_out=True),
    _way_out((S.PLANNED,)),
)
ON_FILM = (
    _step("offer", _("Show a film"), S.OPEN, S.OFFERED, who=frozenset({VISITED})),
    _step("accept", _("I will look at it"), S.OFFERED, S.PLANNED, who=frozenset({VISITOR})),
    _step("visit", _("I looked at it"), S.PLANNED, S.VISITED, who=frozenset({VISITOR})),
    *AFTERWARDS,
    _way_out((S.OPEN, S.OFFERED, S.PLANNED)),
)
STEPS = {Way.FULL: FULL, Way.SHORT: SHORT, VIDEO: ON_FILM}
VERBS = tuple(dict.fromkeys(step.verb for way in STEPS.values() for step in way))

#: What the bar above a page shows: (label, the states that belong to it).
PATHS = {
    Way.FULL: (
        (_("Find each other"), (S.OPEN, S.OFFERED, S.POSTPONED)),
        (_("Arrange"), (S.ACCEPTED, S.COVER)),
        (_("Look"), (S.PLANNED,)),
        (_("Talk"), (S.VISITED,)),
        (_("Take along"), (S.DISCUSSED, S.CLOSED)),
    ),
    Way.SHORT: ((_("Planned"), (S.PLANNED,)), (_("Done"), (S.VISITED,))),
    VIDEO: (
        (_("Find each other"), (S.OPEN, S.OFFERED)),
        (_("Look"), (S.PLANNED,)),
        (_("Talk"), (S.VISITED,)),
        (_("Take along"), (S.DISCUSSED, S.CLOSED)),
    ),
}


def kind_of(visit):
    """Which of the tables counts for it."""
    return VIDEO if visit.is_video and visit.way == Way.FULL else visit.way


def of(visit):
    """All its steps."""
    return STEPS[kind_of(visit)]


def step(visit, verb):
    """The step of this name from where the visit is; None where there is none."""
    return next((each for each in of(visit) if each.verb == verb and visit.state in each.sources), None)


def parts_of(user, visit):
    """What this person is in this visit: who opened it, the other one; visited, visitor. Who may answer is the last."""
    visited, visitor = {VISITED}, {VISITOR}
    if user.pk == visit.opened_by_id:
        return frozenset({OPENER} | (visited if visit.direction == Direction.COME else visitor))
    may_answer = visit.other_id is None and visit.state in OPEN_TO_ALL
    mine = visitor if visit.direction == Direction.COME else visited
    if user.pk == visit.other_id:
        return frozenset({OTHER} | mine)
    return frozenset(mine) if may_answer and visit.community_id in standing(user).member_of else frozenset()


def open_to(visit, parts):
    """The steps from where the visit is for somebody with these parts, ways out last."""
    found = [each for each in of(visit) if visit.state in each.sources and each.who & parts]
    return sorted(found, key=lambda each: each.is_way_out)


def refused(visit, step):
    """The sentences of its hard guards that stand in its way."""
    return [sentence for guard in step.hard if (sentence := guard(visit))]


def asked(visit, step):
    """The sentences of its other guards: one may go on all the same, with a reason."""
    return [sentence for guard in step.asks if (sentence := guard(visit))]


def why_not_step(visit, verb, parts):
    """Why somebody with these parts does not take this step now."""
    found = step(visit, verb)
    if found is None:
        return _now("This step does not follow from where you are: %(state)s.") % {"state": visit.get_state_display()}
    if found.who & parts:
        return ""
    person = visit.visited if VISITED in found.who else visit.visitor if VISITOR in found.who else None
    return _now("This step is for %(who)s.") % {"who": person or _now("the two of you")}


def path(visit):
    """(labels, where it is from 1) for the bar above its page."""
    lines = PATHS[kind_of(visit)]
    here = next((n for n, (_label, states) in enumerate(lines, 1) if visit.state in states), 1)
    return [label for label, _states in lines], len(lines) + 1 if visit.is_over else here
