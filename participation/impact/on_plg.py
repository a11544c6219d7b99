"""What impact lays on the page of a PLG: a tab, a card, and who comes later is asked as well."""

from django.utils.translation import gettext as _

from activity.journal import ask
from communities.choices import Role
from communities.rules import standing
from core.links import address
from core.statements import Statement
from core.time import today
from participation.impact import asking
from participation.impact.actions import waves as closing
from participation.impact.choices import Way
from participation.impact.models import Answered, Panel, Questionnaire, Wave

# The wave that is open now, or else the one whose result came last; with whether she answered alone.
CARD = Statement(
    """
SELECT w.id, w.questionnaire_id, w.way, w.closes_on, w.closed_at IS NULL AND w.closes_on >= %s,
    EXISTS (SELECT 1 FROM impact_answered a WHERE a.wave_id = w.id AND a.person_id = %s),
    EXISTS (SELECT 1 FROM impact_response r WHERE r.wave_id = w.id AND r.is_joint AND r.is_done), w.people
FROM impact_questionnaire q JOIN impact_wave w ON w.questionnaire_id = q.id
WHERE q.community_id = %s AND w.opens_on <= %s AND w.closes_on >= %s
ORDER BY w.opens_on DESC LIMIT 1
""",
    parameters=5,
)
DAYS_ON_CARD = 28  # that a result stands there after the last day


def place():
    """How the addresses of our pages about one PLG begin."""
    return "/impact/of/"


def tab(community, user):
    """The tab of what it brings, for members."""
    if community.pk not in standing(user).member_of:
        return None
    return {"url": address("impact:index", community.pk), "label": _("What it brings"), "order": 60}


def card(community, user):
    """What is asked now, or what came out of it: one small query, and nothing where there is nothing."""
    if community.pk not in standing(user).member_of:
        return None
    day = today()
    since = day.fromordinal(day.toordinal() - DAYS_ON_CARD)
    for row in CARD.rows([day, user.pk, community.pk, day, since]):
        return "impact/card.html", {"asked": _asked(row)}
    return None


def _asked(row):
    pk, questionnaire, way, closes_on, is_open, has_answered, is_done, people = row
    is_joint = way == Way.JOINT
    return {
        "url": address("impact:answer", pk),
        "results_url": address("impact:results", questionnaire),
        "closes_on": closes_on,
        "is_open": is_open,
        "is_joint": is_joint,
        "is_ready": is_done or has_answered,
        "has_result": is_done or (not is_open and people >= 5),
    }


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


def merge(kept, gone):
    """Two accounts of one person become one; where both answered, that stays one who answered."""
    Answered.objects.filter(person=gone).exclude(wave__in=Answered.objects.filter(person=kept).values("wave")).update(
        person=kept
    )
    Answered.objects.filter(person=gone).delete()
    Questionnaire.objects.filter(created_by=gone).update(created_by=kept)
    Questionnaire.objects.filter(released_by=gone).update(released_by=kept)
    Panel.objects.filter(created_by=gone).update(created_by=kept)
