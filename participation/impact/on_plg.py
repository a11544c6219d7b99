"""What impact lays on the page of a PLG: a tab, a card, and who comes later is asked as well."""

from django.utils.translation import gettext as _

from activity.journal import ask
from communities.choices import Role
from communities.rules import standing
from core.links import address
from core.time import today
from organisations.models import Board, School
from participation.impact import asking
from participation.impact.actions import close_panel
from participation.impact.actions import waves as closing
from participation.impact.choices import Way
from participation.impact.models import Answered, Outcome, Panel, Questionnaire, Wave


def place():
    """How the addresses of our pages about one PLG begin."""
    return "/impact/of/"


def tab(community, user):
    """The tab of what it brings, for members."""
    if community.pk not in standing(user).member_of:
        return None
    return {"url": address("impact:index", community.pk), "label": _("What it brings"), "order": 60}


def arrived(membership):
    """Who comes while questions are open, or planned, is asked too."""
    if not membership.person_id or membership.role == Role.GUEST:
        return
    rows = Wave.objects.filter(closed_at=None, way=Way.ALONE, closes_on__gte=today())
    community = membership.community
    mine = rows.filter(questionnaire__community=community.pk)
    if community.owner_network_id:
        mine |= rows.filter(questionnaire__network=community.owner_network_id)
    for wave in mine.select_related("questionnaire").exclude(answered__person=membership.person_id):
        ask(
            asking.KIND,
            about=wave,
            url=wave.get_absolute_url(),
            people=[membership.person],
            community=wave.questionnaire.community_id,
            opens_on=wave.opens_on if wave.opens_on > today() else None,
            due_on=wave.closes_on,
        )


def ended(community, by):
    """The PLG is completed: what is open closes with what was answered; what was still to come is not asked."""
    for wave in Wave.objects.filter(questionnaire__community=community.pk, closed_at=None):
        if wave.is_to_come:
            asking.take_away(wave)
            wave.delete()
        else:
            closing.close(wave, by=by)
    for panel in Panel.objects.filter(wave__questionnaire__community=community.pk, closed_at=None):
        close_panel(panel, by=by)


def place_went_up(gone, into):
    """What PLGs of a school or board released is seen where that went up."""
    for kind, model in (("school", School), ("board", Board)):
        if isinstance(gone, model):
            Outcome.objects.filter(**{kind: gone}).update(**{kind: into})


def merge(kept, gone):
    """Two accounts of one person become one; where both answered, that stays one who answered."""
    Answered.objects.filter(person=gone).exclude(wave__in=Answered.objects.filter(person=kept).values("wave")).update(
        person=kept
    )
    Answered.objects.filter(person=gone).delete()
    Questionnaire.objects.filter(created_by=gone).update(created_by=kept)
    Questionnaire.objects.filter(released_by=gone).update(released_by=kept)
    Panel.objects.filter(created_by=gone).update(created_by=kept)
