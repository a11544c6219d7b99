"""A visit begins: offered or asked for in a PLG, or planned at once by two who arranged it themselves."""

from django.db import transaction
from django.utils.translation import gettext as _

from communities.actions.seats import hold as hold_plg
from communities.rules import standing
from core.refusals import Refused
from lessonstudy.visits.actions import moving, telling
from lessonstudy.visits.choices import Direction, Manner, State, Way
from lessonstudy.visits.models import Move, Visit

MOST_OPEN = 10  # of one person


@transaction.atomic
def open_visit(community, *, by, question, direction=Direction.COME, manner=Manner.LIVE, other=None, slots=(), link="",
               **about):  # fmt: skip
    """Ask for a visit, or offer one; with times (or a film) at hand it is offered at once.

    Refused in a completed PLG, without a question, and with somebody who does not take part.
    """
    _check(community, by, question, other)
    visit = Visit.objects.create(
        community=community, opened_by=by, other=other, question=question, direction=direction, manner=manner, **about
    )
    is_at_hand = direction == Direction.COME and (link if manner == Manner.VIDEO else slots)
    if is_at_hand:
        moving.lay_out(visit, slots=slots, link=link)
        visit.state = State.OFFERED
        visit.save(update_fields=["state", "link", "changed_at"])
        Move.objects.create(visit=visit, verb="offer", was=State.OPEN, became=State.OFFERED, by=by)
    telling.tell(visit, telling.kind_of_offer(visit), by=by, people=telling.offers_to(visit))
    telling.renew(visit)
    return visit


@transaction.atomic
def swap(community, *, by, other, question, direction, slot):
    """Two who arranged it themselves: it is planned at once, and later it was there."""
    if other is None:
        raise Refused(_("Choose with whom."), field="other")
    _check(community, by, question, other)
    visit = Visit.objects.create(
        community=community, opened_by=by, other=other, question=question, direction=direction, way=Way.SHORT,
        state=State.PLANNED,
    )  # fmt: skip
    visit.slot = moving.a_slot(visit, slot)
    visit.save(update_fields=["slot", "changed_at"])
    Move.objects.create(visit=visit, verb="plan", was=State.OPEN, became=State.PLANNED, by=by)
    telling.tell(visit, "visits.planned", by=by)
    telling.renew(visit)
    return visit


def _check(community, by, question, other):
    community = hold_plg(community)
    if community.pk not in standing(by).member_of:
        raise Refused(_("Only who takes part in this PLG can do this."))
    if reason := community.why_not_add:
        raise Refused(reason)
    if not question.strip():
        raise Refused(_("What do you want to learn? One question is enough."), field="question")
    if other and (other == by or community.pk not in standing(other).member_of):
        raise Refused(_("Choose somebody else who takes part in this PLG."), field="other")
    if Visit.objects.going_on().filter(opened_by=by, community=community).count() >= MOST_OPEN:
        raise Refused(_("You have %(most)d visits open here. Complete or call off one first.") % {"most": MOST_OPEN})
