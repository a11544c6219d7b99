"""Two people who learn from each other: who may be so together, and what comes next for them.

Nothing of it is read by anybody else: not by an assessor, not by a leader, not by an administrator.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from core.links import address
from core.time import today
from training.choices import CoachingKind, CoachingState, TalkKind
from training.independence import is_line_manager, judged_with
from training.models.coaching import MOST_GOALS

LIVING = (CoachingState.PROPOSED, CoachingState.ACCEPTED, CoachingState.ACTIVE, CoachingState.EVALUATED)
TOGETHER = (CoachingState.ACCEPTED, CoachingState.ACTIVE, CoachingState.EVALUATED)
HALFWAY = 3  # after so many talks one looks back halfway


def why_not_together(row):
    """Why these two cannot be coach and coachee, or "". A mentor is no line manager; nobody of them assesses."""
    coach, coachee = row.coach, row.coachee
    if coach is None or coachee is None or not (coach.is_active and coachee.is_active):
        return _("One of you has no account any more.")
    if coach.pk == coachee.pk:
        return _("Somebody is not her own coach.")
    if row.kind == CoachingKind.MENTORING and is_line_manager(coach, coachee):
        return _("A mentor is not somebody's line manager. Choose somebody who is not.")
    if coach.pk in judged_with(coachee):
        return _("One of you assesses the other. Whoever assesses is no coach or mentor.")
    return ""


def why_not_write(row):
    """Why nothing is written in it now, or ""."""
    if row.state == CoachingState.PROPOSED:
        return _("You can write here once you both want to.")
    return "" if row.state in TOGETHER else _("This is over. You can both still read it.")


def why_not_goal(row):
    """Why there is no goal more, or ""."""
    if reason := why_not_write(row):
        return reason
    return _("Three goals are enough.") if row.goals.count() >= MOST_GOALS else ""


@dataclass(frozen=True)
class Step:
    """What comes next for the two: a sentence, and where to do it; with `verb` it is one button."""

    sentence: str
    url: str = ""
    button: str = ""
    note: str = ""
    verb: str = ""


def next_of(row, user, goals, talks):
    """The one thing that comes next for this reader; None when it is over."""
    return {
        CoachingState.PROPOSED: _when_proposed,
        CoachingState.ACCEPTED: _when_accepted,
        CoachingState.ACTIVE: _when_active,
        CoachingState.EVALUATED: _when_evaluated,
    }.get(row.state, lambda *_args: None)(row, user, goals, talks)


def _when_proposed(row, user, goals, talks):
    other = row.coachee if row.coach_id == user.pk else row.coach
    if row.proposed_by_id == user.pk:
        return Step(
            _("%(name)s has not answered yet.") % {"name": other or _("The other")}, note=_("You hear it by mail.")
        )
    asks, offers = _("%(name)s would like your help."), _("%(name)s would like to help you.")
    sentence = asks if row.coach_id == user.pk else offers
    return Step(sentence % {"name": other or _("The other")}, verb="accept", button=_("I would like to"))


def _when_accepted(row, user, goals, talks):
    if not goals:
        note = _("At most three, each with a sign by which you see that you get there.")
        return Step(_("Agree on a first goal."), address("training:add_goal", row.pk), _("Write down a goal"), note)
    return Step(_("You have a goal. Begin whenever it suits you."), verb="begin", button=_("Begin"))


def _when_active(row, user, goals, talks):
    past = next((talk for talk in talks if not talk.was_held and talk.held_on <= today()), None)
    if past:
        return Step(
            _("Was your talk held? Write down what you agreed."), address("training:edit_talk", past.pk), _("Tell it")
        )
    if any(talk.held_on > today() for talk in talks):
        return Step(_("Your next talk is planned."), note=_("Put what you want to talk about in your notebook."))
    held = [talk for talk in talks if talk.was_held]
    url = address("training:add_talk", row.pk)
    if len(held) >= HALFWAY and all(talk.kind in (TalkKind.TALK, TalkKind.OBSERVATION) for talk in held):
        return Step(_("You are on your way. Look back halfway together."), f"{url}?kind=midway", _("Plan it"))
    return Step(_("Plan your next talk."), url, _("Plan it"))


def _when_evaluated(row, user, goals, talks):
    return Step(
        _("You looked back. Close it together."), address("training:coaching_step", row.pk, "close"), _("Close")
    )
