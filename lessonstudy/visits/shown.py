"""Where class visits show themselves elsewhere, and what follows when people and PLGs come and go."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from communities.rules import standing
from core.context import item
from core.text import of_the_house
from core.time import today
from lessonstudy.visits.actions import moving
from lessonstudy.visits.choices import OPEN_TO_ALL
from lessonstudy.visits.models import CoverNeed, Move, Visit
from organisations import hours
from organisations.models import School
from organisations.rules import standing as at_work

ON_PLG = 3
WAY = {"url_name": "visits:index", "label": _lazy("Class visits"), "icon": "eye"}


def lines(user):
    """In the menu of who plans a school; all others find visits under Lesson Study."""
    if not at_work(user).schools_planned:
        return []
    return [item("visits:covers", _("Cover at visits"), "user-share", 26)]


def panel(community, user):
    """Come and look: what is offered in this PLG, and how to begin; one query."""
    if community.pk not in standing(user).member_of:
        return None
    rows = list(Visit.objects.for_list(user).filter(community=community, other=None, state__in=OPEN_TO_ALL))
    context = {
        "community": community,
        "offers": rows[:ON_PLG],
        "more": max(0, len(rows) - ON_PLG),
        "may_open": not community.why_not_add,
        "fetched": rows,
    }
    return "visits/panel.html", context


def merge(kept, gone):
    """Two accounts of one person become one; a visit with herself there cannot be."""
    Visit.objects.filter(opened_by=gone, other=kept).update(other=None)
    Visit.objects.filter(opened_by=kept, other=gone).update(other=None)
    Visit.objects.filter(opened_by=gone).update(opened_by=kept)
    Visit.objects.filter(other=gone).update(other=kept)
    CoverNeed.objects.filter(person=gone).update(person=kept)
    Move.objects.filter(by=gone).update(by=kept)
    hours.hand_over(kept, gone, "visit:")


def school_went_up(gone, into):
    """Classes that still need somebody do so at the school that stays. From `core.registry.mergers`."""
    if isinstance(gone, School):
        CoverNeed.objects.filter(school=gone, held_on__gte=today()).update(school=into)


def parted(membership):
    """Somebody takes part no longer: what she offered to all goes; what two agreed stays between them."""
    if membership.person_id:
        _withdraw(Visit.objects.filter(community=membership.community_id, opened_by=membership.person_id))


def ended(community, by):
    """The PLG is completed: nobody answers an offer any more."""
    _withdraw(Visit.objects.filter(community=community))


def _withdraw(rows):
    for visit in rows.filter(other=None, state__in=OPEN_TO_ALL).select_related("opened_by"):
        with of_the_house():
            because = _("the PLG goes on without it")
        moving.take(visit, "cancel", by=visit.opened_by, because=because)


def clear(community):
    """What goes with the content of a PLG; returns how many visits that were."""
    return Visit.objects.filter(community=community).delete()[1].get("visits.Visit", 0)
