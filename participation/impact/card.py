"""The card on the page of a PLG: what is asked now, or that a result is there.

The page of a PLG is opened more than any other, and most days nothing is asked. So each process knows for a minute
which PLGs have such a card at all, and only those pay a small query.
"""

from time import monotonic

from communities.rules import standing
from core.links import address
from core.statements import Statement
from core.time import today
from participation.floor import FEWEST
from participation.impact.choices import Way

# The wave that is open now, or else the one whose result came last.
CARD = Statement(
    """
SELECT w.id, w.questionnaire_id, w.way, w.closes_on, w.closed_at IS NULL AND w.closes_on >= %s,
    EXISTS (SELECT 1 FROM impact_response r WHERE r.wave_id = w.id AND r.is_joint AND r.is_done), w.people
FROM impact_questionnaire q JOIN impact_wave w ON w.questionnaire_id = q.id
WHERE q.community_id = %s AND w.opens_on <= %s AND w.closes_on >= %s
ORDER BY w.opens_on DESC LIMIT 1
""",
    parameters=4,
)
DAYS_ON_CARD = 28  # that a result stands there after the last day

# Which PLGs have a card.
ASKED = Statement(
    """
SELECT DISTINCT q.community_id FROM impact_wave w JOIN impact_questionnaire q ON q.id = w.questionnaire_id
WHERE w.opens_on <= %s AND w.closes_on >= %s AND q.community_id IS NOT NULL
""",
    parameters=2,
)
A_MINUTE = 60
_known = {"until": 0.0, "ids": frozenset()}


def forget():
    """Something was set up or changed here: look again at the next page."""
    _known["until"] = 0.0


def _is_asked(community, day, since):
    if _known["until"] < monotonic():
        _known.update(ids=frozenset(row[0] for row in ASKED.rows([day, since])), until=monotonic() + A_MINUTE)
    return community.pk in _known["ids"]


def card(community, user):
    """What is asked now, or what came out of it: one small query, and none where there is nothing."""
    if community.pk not in standing(user).member_of:
        return None
    day = today()
    since = day.fromordinal(day.toordinal() - DAYS_ON_CARD)
    if not _is_asked(community, day, since):
        return None
    for row in CARD.rows([day, community.pk, day, since]):
        asked = _asked(row)
        if asked["has_result"] or (asked["is_joint"] and community.pk not in standing(user).leads):
            return "impact/card.html", {"asked": asked}  # facilitators, and who answers alone, have a request
    return None


def _asked(row):
    pk, questionnaire, way, closes_on, is_open, is_done, people = row
    return {
        "url": address("impact:answer", pk),
        "results_url": address("impact:results", questionnaire),
        "closes_on": closes_on,
        "is_joint": way == Way.JOINT and is_open,
        "has_result": is_done or (not is_open and people >= FEWEST),
    }
