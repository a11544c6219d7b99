"""Ask the index: what this person may see that says something about her question, the best first.

First the index adds up what the words of the question say about each resource (three queries, whatever there is); then
the best are looked at more closely here, letter by letter, which puts those first that are written most like it.
What she may not see is left out before anything is counted or weighed.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from django.db import connection
from django.utils.timezone import now

from communities.rules import standing
from core.dutch.text import STOP, words
from knowledgehub.finding import asking, facets
from knowledgehub.finding.rules import rights, with_rights
from knowledgehub.finding.weighing import STEPS
from organisations.rules import standing as at_work

MOST, PER_PAGE, CLOSER = 200, 10, 80  # how many there are to page through, at a time, and looked at letter by letter
#: What says less than this part of what the best says is not found at all.
TAIL = 0.3
LETTERS, OFTEN = 0.6, 0.03  # what likeness of letters is worth beside the words; what each doubling of uses adds
NEWNESS, HALF_NEW = 0.05, 400  # of something new; half of that is gone after so many days

FOUND = with_rights("""
SET LOCAL random_page_cost = 1.1;
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest(%(codes)s::int[], %(worths)s::real[], %(terms)s::int[], %(ways)s::int[], %(parts)s::int[],
        %(exact)s::bool[], %(mosts)s::int[]) a(code, worth, term, way, part, exact, most)
), needed AS MATERIALIZED (
    SELECT * FROM unnest(%(need_terms)s::int[], %(need_ways)s::int[], %(needs)s::int[]) n(term, way, parts)
), hit AS (
    SELECT e.id, a.term, a.way, a.part, max(a.worth) AS worth, bool_or(a.exact) AS exact
    FROM asked a CROSS JOIN LATERAL (
        SELECT e.resource_id AS id FROM finding_entry e
        WHERE e.impacts @> ARRAY[a.code] AND MAY_FIND{narrower}
        ORDER BY e.at DESC LIMIT a.most
    ) e GROUP BY 1, 2, 3, 4
), met AS (
    SELECT h.id, h.term, sum(h.worth) AS worth, count(*) FILTER (WHERE h.exact) = n.parts AS exact
    FROM hit h JOIN needed n USING (term, way) GROUP BY h.id, h.term, h.way, n.parts
), scored AS MATERIALIZED (
    SELECT id, sum(worth) AS score, count(*) FILTER (WHERE exact) >= %(all)s AS exact
    FROM (SELECT id, term, max(worth) AS worth, bool_or(exact) AS exact FROM met GROUP BY id, term) t GROUP BY id
), kept AS MATERIALIZED (
    SELECT s.id, s.score, s.exact, e.facets, {whose} AS whose, e.used, e.at
    FROM scored s JOIN finding_entry e ON e.resource_id = s.id
    WHERE (s.exact OR NOT %(only_exact)s) AND s.score >= %(tail)s * (SELECT max(score) FROM scored)
)
SELECT 1, count(*), NULL, count(*) FILTER (WHERE exact), facets, whose, NULL, NULL FROM kept GROUP BY facets, whose
UNION ALL (
    SELECT 0, id, score, exact::int, NULL, 0, used, at FROM kept WHERE TRUE{ticked}
    ORDER BY score DESC, at DESC, id LIMIT %(most)s
)
""")
#: Bits of `facets.WHOSE`.
WHOSE = """(CASE WHEN e.community_id = ANY(%(plgs)s) THEN 1 ELSE 0 END | CASE WHEN e.schools && %(schools)s THEN 2
    ELSE 0 END | CASE WHEN e.boards && %(boards)s THEN 4 ELSE 8 END)"""

LOOKED_AT = "SELECT id, title, left(summary, 200) FROM knowledgehub_resource WHERE id = ANY(%s)"
LATE = "SELECT resource_id, {checks} FROM finding_entry WHERE resource_id = ANY(%(ids)s)"

#: Without a question the newest are looked at, and counted.
NEWEST = with_rights("""
SET LOCAL random_page_cost = 1.1;
SELECT e.facets, {whose} AS whose, 1, 1, e.resource_id, e.theme FROM finding_entry e
WHERE MAY_FIND{narrower} ORDER BY e.at DESC, e.resource_id DESC LIMIT %(most)s
""")


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
    if not question:
        return _unasked(user, wishes, since)
    plan = asking.plan(question)
    params = _params(user, plan, wishes) | {"only_exact": only_exact, "all": len({row[0] for row in plan.needs})}
    ticked, narrower = _narrowed(wishes, params), ""
    if plan.outs:
        narrower += " AND NOT e.impacts && %(outs)s"
    if since:
        params["since"], narrower = since, f"{narrower} AND e.at > %(since)s"
    if plan.is_cut and wishes:  # of what was ticked every place counts
        narrower += _narrowed(wishes, params, of="e.", whose=WHOSE)
    with connection.cursor() as cursor:
        cursor.execute(FOUND.format(narrower=narrower, ticked=ticked, whose=WHOSE), params)
        rows = cursor.fetchall()
    groups = [(row[4], row[5], row[1], row[3]) for row in rows if row[0]]
    hits = [row for row in rows if not row[0]]
    counts, fit = facets.counted(groups, wishes)
    return Found(
        hits=_closer(question, plan, hits),
        total=sum(group[2] for group in fit),
        exact=sum(group[3] for group in fit),
        counts=counts,
        is_cut=plan.is_cut,
        plan=plan,
    )


def _params(user, plan, wishes):
    codes, worths, terms, ways, parts, exact, mosts = plan.columns
    need_terms, need_ways, needs = [list(each) for each in zip(*plan.needs, strict=True)]
    return {
        **rights(user), **_places(user),
        "codes": codes, "worths": worths, "terms": terms, "ways": ways, "parts": parts, "exact": exact, "mosts": mosts,
        "need_terms": need_terms, "need_ways": need_ways, "needs": needs, "outs": plan.outs,
        "tail": TAIL, "most": MOST,
    }  # fmt: skip


def _places(user):
    mine, work = standing(user), at_work(user)
    return {"plgs": list(mine.member_of), "schools": list(work.works_at), "boards": list(work.boards)}


def _narrowed(wishes, params, of="", whose="whose"):
    """The condition of what was ticked: one of each group."""
    said = ""
    for name, codes in wishes.items():
        params[f"tick_{name}"] = sum(codes) if name == "whose" else codes
        said += f" AND {whose} & %(tick_whose)s <> 0" if name == "whose" else f" AND {of}facets && %(tick_{name})s"
    return said


# Letter by letter ----------------------------------------------------------------------------------
def _closer(question, plan, rows):
    """The best looked at again: the words that are everywhere, the letters, how often it was used, how new it is."""
    ids = [row[1] for row in rows]
    if not ids:
        return []
    late = _late(plan, ids)
    with connection.cursor() as cursor:
        cursor.execute(LOOKED_AT, [ids[:CLOSER]])
        texts = {pk: f"{title} {summary}" for pk, title, summary in cursor.fetchall()}
    asked, today = grams(str(question)), now()
    hits = []
    for _kind, pk, score, is_exact, _facets, _whose, used, at in rows:
        likeness = LETTERS * like(asked, grams(texts[pk])) if pk in texts else 0
        known = 1 + OFTEN * min(used.bit_length(), 6)
        known += NEWNESS * HALF_NEW / (HALF_NEW + max((today - at).days, 0))
        hits.append(Hit(pk, ((score + late.get(pk, 0)) * STEPS / 4 + likeness) * known, bool(is_exact)))
    return sorted(hits, key=lambda hit: (-hit.score, -hit.pk))


def _late(plan, ids):
    """{id: what the words say about it that are everywhere}: those were not followed to every place."""
    if not plan.late:
        return {}
    names, params = [], {"ids": ids}
    for n, (codes, worth) in enumerate(plan.late.values()):
        params |= {f"codes_{n}": codes, f"worth_{n}": worth}
        names.append(f"CASE WHEN impacts && %(codes_{n})s THEN %(worth_{n})s ELSE 0 END")
    with connection.cursor() as cursor:
        cursor.execute(LATE.format(checks=" + ".join(names)), params)
        return {pk: float(worth) for pk, worth in cursor.fetchall()}


def grams(text):
    """Groups of three letters in the words of a text that say something."""
    found = set()
    for word in words(text):
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


# Without a question --------------------------------------------------------------------------------
def _unasked(user, wishes, since):
    """What is new: of her themes first."""
    params = rights(user) | _places(user) | {"most": asking.MOST, "since": since}
    narrower = " AND e.at > %(since)s" if since else ""
    rows = _newest(params, narrower)
    is_cut = len(rows) == asking.MOST
    if is_cut and wishes:  # then of what was ticked the newest
        rows = _newest(params, narrower + _narrowed(wishes, params, of="e.", whose=WHOSE))
    counts, fit = facets.counted(rows, wishes)
    themes = set(getattr(user, "themes", ()))
    ids = [row[4] for row in sorted(fit, key=lambda row: row[5] not in themes)]
    hits = [Hit(pk, 0, True) for pk in ids[:MOST]]
    return Found(hits, total=len(fit), exact=len(fit), counts=counts, is_cut=is_cut)


def _newest(params, narrower):
    with connection.cursor() as cursor:
        cursor.execute(NEWEST.format(narrower=narrower, whose=WHOSE), params)
        return cursor.fetchall()
