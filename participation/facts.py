"""Agreed facts beside the figures: how many colleagues there are, how many take part, in how many PLGs.

A leader plans with them, and whoever joins a PLG is told so. Counted in SQL, in one
statement for a whole place and each of its parts: the country has 130,000 people.
"""

from dataclasses import dataclass, field

from django.core.cache import cache

from communities.choices import MembershipState, Role, State
from core.statements import Statement
from core.time import today


@dataclass(frozen=True)
class Count:
    """Of a place or a part of it."""

    staff: int = 0
    taking_part: int = 0
    plgs: int = 0


@dataclass(frozen=True)
class Facts(Count):
    """Of a place, with those of its parts by their id."""

    parts: dict = field(default_factory=dict)


_SQL = """
WITH place AS MATERIALIZED ({places}), staff AS (
    SELECT p.part, a.person_id FROM place p JOIN organisations_affiliation a ON a.school_id = p.id
    WHERE a.from_on <= %s AND (a.until_on IS NULL OR a.until_on >= %s)
), plg AS (
    SELECT p.part, m.person_id, m.community_id FROM place p
    JOIN communities_membership m ON m.school_id = p.id AND m.state = '{active}' AND m.role <> '{guest}'
    JOIN communities_community c ON c.id = m.community_id AND c.state NOT IN ('{concept}', '{closed}')
), taking AS (SELECT DISTINCT s.part, s.person_id FROM staff s JOIN plg USING (part, person_id))
SELECT 'staff', {of}, count(DISTINCT person_id), 0 FROM staff GROUP BY GROUPING SETS ({sets})
UNION ALL SELECT 'taking', {of}, count(DISTINCT person_id), 0 FROM taking GROUP BY GROUPING SETS ({sets})
UNION ALL SELECT 'plgs', {of}, 0, count(DISTINCT community_id) FROM plg GROUP BY GROUPING SETS ({sets})
"""


def _statement(places, *, by_part=True):
    words = {
        "active": MembershipState.ACTIVE,
        "guest": Role.GUEST,
        "concept": State.CONCEPT,
        "closed": State.CLOSED,
    }
    words |= {"of": "part", "sets": "(part), ()"} if by_part else {"of": "NULL::bigint", "sets": "()"}
    return Statement(_SQL.format(places=places, **words), 2 + places.count("%s"))


_OPEN = "SELECT s.id, {part} AS part FROM organisations_school s WHERE s.gone_at IS NULL AND "
_IN_NETWORK = """(s.board_id IN (SELECT board_id FROM organisations_network_boards WHERE network_id = %s)
    OR s.id IN (SELECT school_id FROM organisations_network_schools WHERE network_id = %s))"""
_STATEMENTS = {
    "school": (_statement(_OPEN.format(part="0") + "s.id = %s", by_part=False), 1),
    "board": (_statement(_OPEN.format(part="s.id") + "s.board_id = %s"), 1),
    "network": (_statement(_OPEN.format(part="COALESCE(s.board_id, 0)") + _IN_NETWORK), 2),
    "nation": (_statement(_OPEN.format(part="0") + "TRUE", by_part=False), 0),
}


A_DAY = 24 * 60 * 60


def of(place):
    """How it stands with this place today: one query. The country is counted once a day: it takes half a second."""
    if place.kind == "nation":
        return cache.get_or_set(f"participation-facts-{today()}", lambda: _counted(place), A_DAY)
    return _counted(place)


def _counted(place):
    statement, keys = _STATEMENTS[place.kind]
    day = today()
    whole, parts = {}, {}
    for what, part, people, plgs in statement.rows([*[place.pk] * keys, day, day]):
        (whole if part is None else parts.setdefault(part, {}))[what] = people or plgs
    return Facts(**_count(whole), parts={pk: Count(**_count(found)) for pk, found in parts.items()})


def _count(found):
    return {
        "staff": found.get("staff", 0),
        "taking_part": found.get("taking", 0),
        "plgs": found.get("plgs", 0),
    }
