"""Ask the index: what this person may see that says something about her question, the best first.

First the index adds up what the words of the question say about each resource, and counts what one could narrow by;
then the best are looked at more closely here, letter by letter, which puts those first that are written most like it.
What she may not see is left out before anything is counted or weighed.
"""

import re
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from django.utils.timezone import now

from communities.rules import standing
from core.dutch import STOP, fold
from knowledgehub.finding import asking, facets
from knowledgehub.finding.rules import rights
from knowledgehub.finding.statements import Named
from knowledgehub.finding.weighing import STEPS
from organisations.rules import standing as at_work

MOST, PER_PAGE, CLOSER = 200, 10, 30  # how many there are to page through, at a time, and looked at letter by letter
#: What says less than this part of what the best says is not found at all.
TAIL = 0.3
LETTERS, OFTEN = 0.6, 0.03  # what likeness of letters is worth beside the words; what each doubling of uses adds
NEWNESS, HALF_NEW = 0.05, 400  # of something new; half of that is gone after so many days
WORD = re.compile(r"[^\W_]+")

#: What a resource is counted by: its numbers, and one that says whose it is (`facets.WHOSE`).
FACTS = f"""e.facets || ({facets.NOBODYS} - (CASE WHEN e.community_id = ANY(%(plgs)s::int[]) THEN 1 ELSE 0 END
    | CASE WHEN e.schools && %(schools)s::int[] THEN 2 ELSE 0 END
    | CASE WHEN e.boards && %(boards)s::int[] THEN 4 ELSE 8 END))"""

FIRST = "any_value(facts) AS facts, any_value(at) AS at"

#: Each place of a number of the question, as far as it is followed.
HITS = """
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest(%(codes)s::int[], %(worths)s::real[], %(terms)s::int[], %(ways)s::int[], %(parts)s::int[],
        %(needs)s::int[], %(exact)s::bool[], %(mosts)s::int[]) a(code, worth, term, way, part, needs, exact, most)
), hit AS (
    SELECT * FROM asked a CROSS JOIN LATERAL (
        SELECT e.resource_id AS id, FACTS AS facts, e.at FROM finding_entry e
        WHERE e.impacts @> ARRAY[a.code] AND MAY_FIND NARROWER
        ORDER BY e.at DESC LIMIT a.most
    ) each
)"""

#: Of a way all its parts count, of a part its best key; left out where each way has one part.
PARTS = """, part AS (
    SELECT id, term, way, needs, max(worth) AS worth, bool_or(exact) AS exact, FIRST
    FROM hit GROUP BY id, term, way, part, needs
), way AS (
    SELECT id, term, sum(worth) AS worth, count(*) FILTER (WHERE exact) = needs AS exact, FIRST
    FROM part GROUP BY id, term, way, needs
)"""

#: Of a word counts its best way.
SUMMED = """, term AS (
    SELECT id, max(worth) AS worth, bool_or(exact) AS exact, FIRST FROM WAYS GROUP BY id, term
), scored AS MATERIALIZED (
    SELECT id, sum(worth) AS score, count(*) FILTER (WHERE exact) >= %(all)s::int AS exact, FIRST
    FROM term GROUP BY id
), kept AS MATERIALIZED (
    SELECT id, score, exact, facts, at, LACKING AS lacking FROM scored
    WHERE (exact OR NOT %(only_exact)s::bool) AND score >= %(tail)s::real * (SELECT max(score) FROM scored)
)"""

ASKED = HITS + PARTS + SUMMED.replace("WAYS", "way")
ASKED_OF_ONE_PART = HITS + SUMMED.replace("WAYS", "hit")

#: Without a question the newest are looked at, and counted; of her themes first.
NEWEST = """
WITH newest AS (
    SELECT e.resource_id AS id, e.at, e.theme, FACTS AS facts FROM finding_entry e
    WHERE MAY_FIND NARROWER ORDER BY e.at DESC, e.resource_id DESC LIMIT %(look_at)s::int
), kept AS MATERIALIZED (
    SELECT id, (theme = ANY(%(themes)s::varchar[]))::int AS score, TRUE AS exact, facts, at, LACKING AS lacking
    FROM newest
)"""

#: How many there are by each number, of what lacks at most one of the groups that were ticked; in all; and the best.
COUNTED = """
SELECT lacking, code, count(*), NULL::bigint, NULL::bigint, NULL::real
FROM (SELECT lacking, unnest(facts) AS code FROM kept WHERE lacking & (lacking - 1) = 0) each
GROUP BY lacking, code
UNION ALL
SELECT NULL, NULL, count(*) FILTER (WHERE lacking = 0), count(*) FILTER (WHERE lacking = 0 AND exact), count(*), NULL
FROM kept
UNION ALL (
    SELECT NULL, id, 1, exact::int, NULL, score FROM kept WHERE lacking = 0
    ORDER BY score DESC, at DESC, id LIMIT %(most)s::int
)"""

#: The best looked at again; LATE is what the words say about it that are everywhere.
CLOSELY = """
SELECT e.resource_id, LATE, r.title || ' ' || left(r.summary, 200), e.used, e.at
FROM finding_entry e JOIN knowledgehub_resource r ON r.id = e.resource_id WHERE e.resource_id = ANY(%(ids)s::int[])
"""


class Hit(NamedTuple):
    """A resource that was found; `is_exact` when it has all words, or what means the same."""

    pk: int
    score: float
    is_exact: bool


@dataclass
class Found:
    """What was found, the best first; `total` of what was asked, also beyond what can be paged through."""

    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    exact: int = 0
    counts: dict = field(default_factory=dict)  # group -> {number: how many}
    is_cut: bool = False  # there is more: of a common word not every place was looked at
    plan: asking.Plan | None = None


def find(user, question, wishes=None, *, only_exact=False, since=None):
    """What this person finds. `wishes` are what she ticked (`facets.chosen`); `since` what was published later."""
    wishes = wishes or {}
    params = rights(user) | _places(user) | facets.ticked(wishes) | {"since": since, "only_exact": only_exact}
    params |= {"tail": TAIL, "look_at": asking.MOST, "most": MOST}
    narrower = " AND e.at > %(since)s::timestamptz" if since else ""
    if not question:
        return _newest(user, wishes, params, narrower)
    plan = asking.plan(question)
    params |= plan.params
    if plan.outs:
        narrower += " AND NOT e.impacts && %(outs)s::int[]"
    if plan.is_cut:  # of what was ticked every place counts
        narrower += _narrower(wishes)
    found, _looked_at = _found(ASKED if plan.has_parts else ASKED_OF_ONE_PART, wishes, params, narrower)
    found.plan, found.is_cut = plan, plan.is_cut
    found.hits = _closer(question, plan, found.hits)
    return found


def _newest(user, wishes, params, narrower):
    """What is new: of her themes first."""
    params["themes"] = list(getattr(user, "themes", ()))
    found, looked_at = _found(NEWEST, wishes, params, narrower)
    is_cut = looked_at == asking.MOST
    if is_cut and wishes:  # then of what was ticked the newest
        found, _looked_at = _found(NEWEST, wishes, params, narrower + _narrower(wishes))
    found.is_cut = is_cut
    return found


def _found(sql, wishes, params, narrower):
    """(what was found, how many were looked at)."""
    rows = _statement(sql, narrower, tuple(wishes)).rows(params)
    groups = [row[:3] for row in rows if row[0] is not None]
    ((total, exact, looked_at),) = [row[2:5] for row in rows if row[1] is None]
    hits = [Hit(pk, score, bool(is_exact)) for _lacking, pk, _one, is_exact, _all, score in rows if score is not None]
    return Found(hits, total, exact, facets.counted(groups, wishes)), looked_at


@cache
def _statement(sql, narrower, ticked):
    """The statement for what was ticked: a bit of `lacking` for each group in which a resource has nothing of it."""
    bits = [f"((NOT facts && %(ticked_{name})s::int[])::int << {n})" for n, name in enumerate(ticked)]
    parts = {"NARROWER": narrower, "LACKING": f"({' | '.join(bits) or '0'})", "FACTS": FACTS, "FIRST": FIRST}
    sql += COUNTED
    for part, text in parts.items():
        sql = sql.replace(part, text)
    return Named(sql)


def _narrower(wishes):
    """The condition of what was ticked: one of each group."""
    return "".join(f" AND ({FACTS if name == 'whose' else 'e.facets'}) && %(ticked_{name})s::int[]" for name in wishes)


def _places(user):
    mine, work = standing(user), at_work(user)
    return {"plgs": list(mine.member_of), "schools": list(work.works_at), "boards": list(work.boards)}


# Letter by letter ----------------------------------------------------------------------------------
def _closer(question, plan, hits):
    """The best looked at again: the words that are everywhere, the letters, how often it was used, how new it is."""
    best, params = hits[:CLOSER], {"ids": [hit.pk for hit in hits[:CLOSER]]}
    for n, (codes, worth) in enumerate(plan.late.values()):
        params |= {f"codes_{n}": codes, f"worth_{n}": worth}
    rows = _look(len(plan.late)).rows(params) if best else ()
    looks = {pk: look for pk, *look in rows}
    asked, today, found = grams(str(question)), now(), []
    for pk, score, is_exact in best:
        late, text, used, at = looks[pk]
        known = 1 + OFTEN * min(used.bit_length(), 6)
        known += NEWNESS * HALF_NEW / (HALF_NEW + max((today - at).days, 0))
        likeness = LETTERS * like(asked, grams(text))
        found.append(Hit(pk, ((score + late) * STEPS / 4 + likeness) * known, is_exact))
    return sorted(found, key=lambda hit: (-hit.score, -hit.pk)) + hits[CLOSER:]


@cache
def _look(count):
    """The statement for so many words that are everywhere: those were not followed to every place."""
    late = [f"CASE WHEN e.impacts && %(codes_{n})s::int[] THEN %(worth_{n})s::float8 ELSE 0 END" for n in range(count)]
    return Named(CLOSELY.replace("LATE", " + ".join(late) or "0"))


def grams(text):
    """Groups of three letters in the words of a text that say something."""
    found = set()
    for word in WORD.findall(fold(text)):
        if word not in STOP:
            found.update(_grams_of(word))
    return found


@lru_cache(maxsize=50_000)
def _grams_of(word):
    wide = f"  {word} "
    return tuple(wide[n : n + 3] for n in range(len(wide) - 2))


def like(asked, found):
    """How much of what was asked is in it, less in what is long."""
    return 4 * len(asked & found) / (1 + 1.2 * (0.8 + 0.2 * len(found) / 60)) if asked else 0
