"""Beside a resource: others like it, and PLGs that work on the same."""

from communities.models import Community
from core.models import FETCH_MODE
from knowledgehub import rules as hub
from knowledgehub.finding.rules import rights
from knowledgehub.finding.statements import Named
from knowledgehub.models import Resource

MOST, TELLING, PLGS = 3, 24, 3

#: The words that say most about it; what shares those, each the more the fewer have it, is like it.
LIKE = Named("""
WITH mine AS (
    SELECT unnest(impacts) AS code FROM finding_entry WHERE resource_id = %(pk)s::int
), telling AS MATERIALIZED (
    SELECT code, (code & 7) + .5 AS worth FROM mine ORDER BY (code & 7) DESC, code LIMIT %(telling)s::int
)
SELECT id FROM (
    SELECT e.id, t.worth / (10 + count(*) OVER (PARTITION BY t.code)) AS worth
    FROM telling t CROSS JOIN LATERAL (
        SELECT e.resource_id AS id FROM finding_entry e
        WHERE e.impacts @> ARRAY[t.code] AND MAY_FIND AND e.resource_id <> %(pk)s::int ORDER BY e.at DESC LIMIT 200
    ) e
) shared GROUP BY id HAVING count(*) > 1 ORDER BY sum(worth) DESC, id DESC LIMIT %(most)s::int
""")


def similar(resource, user):
    """Three that are like it, of what she may see."""
    if not resource.is_published:
        return None
    ids = [pk for (pk,) in LIKE.rows(rights(user) | {"pk": resource.pk, "telling": TELLING, "most": MOST})]
    rows = Resource.objects.filter(hub.found(user) | hub.made(user), state="published").fetch_mode(FETCH_MODE)
    rows = rows.in_bulk(ids)
    if not rows:
        return None
    return {"template": "finding/similar.html", "context": {"rows": [rows[pk] for pk in ids if pk in rows]}}


def who_works_on_it(resource, user):
    """PLGs with the same theme, of those that she may know of."""
    if not user.is_authenticated or not resource.theme:
        return None
    rows = Community.objects.allowing(user, "view").filter(theme=resource.theme, state__in=("active", "recruiting"))
    rows = rows.exclude(pk=resource.community_id).order_by("sort_name", "pk").fetch_mode(FETCH_MODE)
    rows = list(rows[: PLGS + 1])
    if not rows:
        return None
    context = {"communities": rows[:PLGS], "theme": resource.get_theme_display(), "has_more": len(rows) > PLGS}
    return {"template": "finding/who_works_on_it.html", "context": context, "side": True}
