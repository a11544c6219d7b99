"""While somebody types: titles, tags and subject terms, only of what she may see."""

from functools import cache

from core import dutch
from core.text import sort_key
from knowledgehub.finding import asking, weighing
from knowledgehub.finding.rules import rights
from knowledgehub.finding.statements import Named

MOST, LOOKED_AT, SHORTEST = 8, 100, 2
#: From this step on a word stands in the title, or nearly is one.
TITLE = range(4, weighing.STEPS)
#: So many places are followed of words that begin so, the most telling first; more where other words narrow them.
FOLLOWED, FOLLOWED_WITH_OTHERS = 1000, 20_000

# Number by number: of many at once PostgreSQL would rather read all rows until it has enough.
TITLES = """
SELECT r.title FROM (
    SELECT DISTINCT e.resource_id, e.used FROM unnest(%(codes)s::int[]) c(code) CROSS JOIN LATERAL (
        SELECT e.resource_id, e.used FROM finding_entry e
        WHERE e.impacts @> ARRAY[c.code] AND MAY_FIND OTHERS LIMIT %(most)s::int
    ) e ORDER BY e.used DESC, e.resource_id LIMIT %(looked_at)s::int
) e JOIN knowledgehub_resource r ON r.id = e.resource_id ORDER BY e.used DESC, length(r.title), r.title
"""
NAMES = Named("""
(SELECT t.name FROM taggit_tag t WHERE t.name LIKE %(begin)s AND EXISTS (
    SELECT FROM taggit_taggeditem i JOIN finding_entry e ON e.resource_id = i.object_id
    WHERE i.tag_id = t.id AND i.content_type_id = %(type)s::int AND MAY_FIND) ORDER BY t.name LIMIT 3)
UNION ALL
(SELECT v.label FROM knowledgehub_term v WHERE v.sort_name LIKE %(begin)s AND v.retired_at IS NULL AND EXISTS (
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
    params = rights(user) | {"codes": _codes(last, FOLLOWED_WITH_OTHERS if before else FOLLOWED)}
    for n, term in enumerate(before):
        params[f"word_{n}"] = [weighing.code(key, step) for key in term.own for step in TITLE]
    params |= {
        "begin": f"{asking.literally(sort_key(typed))}%", "looked_at": LOOKED_AT, "most": LOOKED_AT // 4,
        "type": ContentType.objects.get_for_model(Resource).pk,
    }  # fmt: skip
    names = [name for (name,) in NAMES.rows(params)]
    titles = [title for (title,) in _titles(len(before)).rows(params) if any(map(last.is_in, dutch.words(title)))]
    return list(dict.fromkeys([*names, *titles]))[:MOST]


@cache
def _titles(others):
    """The statement for titles with so many other words."""
    return Named(TITLES.replace("OTHERS", "".join(f" AND e.impacts && %(word_{n})s::int[]" for n in range(others))))


def _codes(term, most):
    """The numbers of a word in titles, and of words that begin like it: the most telling, until there are enough."""
    found = [weighing.code(key, step) for key in term.own for step in TITLE]
    begun = asking.begun(term.word) if term.is_begin else []
    for step in reversed(TITLE):
        for key, counts in begun:
            count = counts[step] if counts else 1
            if count and most > 0:
                found.append(weighing.code(key, step))
                most -= count
    return list(dict.fromkeys(found))
