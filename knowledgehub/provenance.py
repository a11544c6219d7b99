"""Where a resource comes from and what was made of it: a line of rows, each only where this reader finds it."""

from dataclasses import dataclass

from django.db import connection

from core.models import FETCH_MODE
from knowledgehub.models import Resource

MOST_UP, MOST_DOWN, SHOWN = 12, 200, 8

UP = """WITH RECURSIVE up (id, above, depth) AS (
    SELECT id, adapted_from_id, 0 FROM knowledgehub_resource WHERE id = %(pk)s
    UNION ALL SELECT r.id, r.adapted_from_id, up.depth + 1
    FROM up JOIN knowledgehub_resource r ON r.id = up.above WHERE up.depth < %(most)s
) SELECT id, depth FROM up WHERE depth > 0"""
DOWN = """WITH RECURSIVE down (id, depth) AS (
    SELECT id, 0 FROM knowledgehub_resource WHERE id = %(pk)s
    UNION ALL SELECT r.id, down.depth + 1
    FROM down JOIN knowledgehub_resource r ON r.adapted_from_id = down.id WHERE down.depth < %(most)s
) SELECT id, depth FROM down WHERE depth > 0 ORDER BY depth, id LIMIT %(limit)s"""


@dataclass(frozen=True)
class Tree:
    """From the oldest source to the newest version, as one reader may know them."""

    ancestors: list
    descendants: list
    more: int  # descendants that she finds too, and that are not named
    says: str  # the attribution line, which stays also where the source itself cannot be seen
    is_source_gone: bool

    def __bool__(self):
        return bool(self.says or self.ancestors or self.descendants)


def _depths(sql, **names):
    with connection.cursor() as cursor:
        cursor.execute(sql, names)
        return dict(cursor.fetchall())


def _seen(depths, user):
    """Those of these rows that this reader finds, with how far away each is."""
    if not depths:
        return []
    rows = Resource.objects.allowing(user, "view").exclude(state="withdrawn").filter(pk__in=depths)
    rows = list(rows.select_related("community", "school").prefetch_related("authors__person").fetch_mode(FETCH_MODE))
    for row in rows:
        row.steps_away = depths[row.pk]
    return rows


def tree(resource, user):
    """The provenance of this resource for this reader: at most six queries, however long the line."""
    up = _depths(UP, pk=resource.pk, most=MOST_UP) if resource.adapted_from_id else {}
    down = _depths(DOWN, pk=resource.pk, most=MOST_UP, limit=MOST_DOWN)
    ancestors = sorted(_seen(up, user), key=lambda row: -row.steps_away)
    descendants = sorted(_seen(down, user), key=lambda row: (row.steps_away, row.published_at is None, row.pk))
    nearest = bool(ancestors) and ancestors[-1].steps_away == 1
    return Tree(
        ancestors=ancestors,
        descendants=descendants[:SHOWN],
        more=max(len(descendants) - SHOWN, 0),
        says=resource.adapted_from_says,
        is_source_gone=resource.is_adaptation and not nearest,
    )
