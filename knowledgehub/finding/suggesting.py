"""While somebody types: titles, tags and subject terms, only of what she may see."""

from django.db import connection

from core import dutch
from core.text import sort_key
from knowledgehub.finding import asking, weighing
from knowledgehub.finding.rules import rights, with_rights

MOST, LOOKED_AT, SHORTEST = 8, 60, 2
#: From this step on a word stands in the title, or nearly is one.
TITLE = range(4, weighing.STEPS)

# PostgreSQL cannot know how few have these words, and would rather read all rows until it has enough.
TITLES = with_rights("""
SET LOCAL enable_seqscan = off;
SELECT r.title FROM (
    SELECT e.resource_id, e.used FROM finding_entry e
    WHERE MAY_FIND AND e.impacts && %(codes)s::int[] {others} LIMIT %(looked_at)s
) e JOIN knowledgehub_resource r ON r.id = e.resource_id ORDER BY e.used DESC, length(r.title), r.title
""")
NAMES = with_rights("""
(SELECT t.name FROM taggit_tag t WHERE t.name LIKE %(tag)s AND EXISTS (
    SELECT FROM taggit_taggeditem i JOIN finding_entry e ON e.resource_id = i.object_id
    WHERE i.tag_id = t.id AND i.content_type_id = %(type)s AND MAY_FIND) ORDER BY t.name LIMIT 3)
UNION ALL
(SELECT v.label FROM knowledgehub_term v WHERE v.sort_name LIKE %(term)s AND v.retired_at IS NULL AND EXISTS (
    SELECT FROM knowledgehub_resource_terms i JOIN finding_entry e ON e.resource_id = i.resource_id
    WHERE i.term_id = v.id AND MAY_FIND) ORDER BY v.sort_name LIMIT 3)
""")


def suggestions(user, typed):
    """What she may mean, at most eight; nothing for a single letter."""
    from django.contrib.contenttypes.models import ContentType

    from knowledgehub.models import Resource

    typed = " ".join(typed.split())
    question = dutch.asked(typed)
    if len(typed) < SHORTEST or not question:
        return []
    *before, last = question.wanted
    begun = asking.begun(last.word) if last.is_begin else []
    codes = [weighing.code(key, step) for key in {*begun, *last.own} for step in TITLE]
    params = rights(user) | {"codes": codes, "looked_at": LOOKED_AT}
    others = ""
    for n, term in enumerate(before):
        params[f"word_{n}"] = [weighing.code(key, step) for key in term.own for step in TITLE]
        others += f" AND e.impacts && %(word_{n})s::int[]"
    safe = sort_key(typed).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    params |= {"tag": f"{safe}%", "term": f"{safe}%", "type": ContentType.objects.get_for_model(Resource).pk}
    with connection.cursor() as cursor:
        cursor.execute(NAMES, params)
        names = [name for (name,) in cursor.fetchall()]
        cursor.execute(TITLES.format(others=others), params)
        titles = [title for (title,) in cursor.fetchall()]
    return list(dict.fromkeys([*names, *titles]))[:MOST]
