"""Keep what is found in step with the resources: called by the deeds themselves, within their transaction."""

from itertools import batched, chain

import structlog
from django.db import connection, transaction
from django.db.models import Q

from communities.models import Community
from core import dutch
from core.time import today
from knowledgehub.finding import facets, weighing
from knowledgehub.finding.models import Entry, Word
from knowledgehub.models import Resource
from organisations.models import Affiliation, School

LONGEST, AT_ONCE = 100_000, 100  # characters of all texts of a resource; resources in one transaction
FACTS = ["door", "makers", "at", "facets", "community_id", "theme", "digest"]
#: Where its makers work now: that changes without a deed here, and the night follows it.
PLACES = ["schools", "boards"]
log = structlog.get_logger(__name__)


def follow(*resources):
    """These resources are found as they are now; what is not published any more is not."""
    _follow([resource.pk for resource in resources])


def _follow(ids):
    """How many rows had to be changed."""
    rows = (
        Resource.objects.filter(pk__in=ids, state="published", hidden_at=None)
        .select_related("current")
        .prefetch_related("terms", "tags", "authors", "current__files")
    )
    rows = sorted(rows, key=lambda row: row.pk)
    known = {entry.pk: entry for entry in Entry.objects.filter(pk__in=ids).defer("impacts")}
    gone = known.keys() - {row.pk for row in rows}
    Entry.objects.filter(pk__in=gone).delete()
    places, changed, renewed, moved = _places(rows), [], [], []
    for row in rows:
        fields = words_of(row)
        entry, was = _entry(row, fields, *places[row.pk]), known.get(row.pk)
        if was is None or was.digest != entry.digest:
            weighed = weighing.weights(**fields)
            _know(weighed)
            entry.impacts = weighing.codes(weighed)
            renewed.append(entry)
        elif any(getattr(was, name) != getattr(entry, name) for name in FACTS):
            changed.append(entry)
        elif any(getattr(was, name) != getattr(entry, name) for name in PLACES):
            moved.append(entry)
    Entry.objects.bulk_create(
        renewed, update_conflicts=True, unique_fields=["resource"], update_fields=[*FACTS, *PLACES, "used", "impacts"]
    )
    Entry.objects.bulk_update([*changed, *moved], [*FACTS, *PLACES])
    return len(changed) + len(renewed) + len(gone)


def words_of(resource):
    """{where: text} of what a resource says, in its published version and the files of that."""
    version = resource.current
    tags = [tag.name for tag in resource.tags.all()] + [term.label for term in resource.terms.all()]
    steps = chain.from_iterable((step.get("title", ""), step.get("text", "")) for step in version.steps)
    texts = [version.text, version.needs, *map(str, steps), *(file.text for file in version.files.all())]
    return {
        "title": resource.title,
        "tags": " ".join([*sorted(tags), resource.get_theme_display()]),
        "summary": resource.summary,
        "text": "\n".join(text for text in texts if text)[:LONGEST],
    }


def _entry(row, fields, schools, boards):
    return Entry(
        resource=row,
        door=row.door,
        makers=sorted(author.person_id for author in row.authors.all() if author.person_id),
        at=row.published_at,
        facets=facets.codes_of(row),
        community_id=row.community_id,
        schools=schools,
        boards=boards,
        theme=row.theme,
        used=row.used,
        digest=weighing.digest(fields),
    )


def _places(rows):
    """{id: (schools, boards)} where it comes from: its own, those of its PLG, those where its makers work."""
    people = {author.person_id for row in rows for author in row.authors.all()} - {None}
    day, works = today(), {}
    at_work = Affiliation.objects.filter(Q(until_on=None) | Q(until_on__gte=day), person__in=people, from_on__lte=day)
    for person, school, board in at_work.exclude(school=None).values_list("person", "school", "school__board"):
        works.setdefault(person, set()).add((school, board))
    board_of = dict(School.objects.filter(pk__in={row.school_id for row in rows}).values_list("pk", "board"))
    plgs = Community.objects.filter(pk__in={row.community_id for row in rows}).values_list(
        "pk", "owner_school", "board"
    )
    of_plg = {pk: (school, board) for pk, school, board in plgs}
    found = {}
    for row in rows:
        pairs = {(row.school_id, board_of.get(row.school_id)), (None, row.board_id)}
        pairs.add(of_plg.get(row.community_id, (None, None)))
        pairs.update(chain.from_iterable(works.get(author.person_id, ()) for author in row.authors.all()))
        found[row.pk] = tuple(sorted(set(each) - {None}) for each in zip(*pairs, strict=True))
    return found


def _know(keys):
    """Words that were never seen before; how often they occur is counted at night."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO finding_word (key, counts) SELECT key, '{}' FROM unnest(%s::varchar[]) key"
            " ON CONFLICT DO NOTHING",
            [sorted(key[: dutch.text.LONGEST] for key in keys)],
        )


# Making it anew ------------------------------------------------------------------------------------
def heal(*, tell=lambda done: None):
    """Compare everything with what is found of it, mend, and count the words. Returns how much was wrong."""
    wrong = done = 0
    for ids in batched(Resource.objects.order_by("pk").values_list("pk", flat=True).iterator(), AT_ONCE):
        with transaction.atomic():
            list(Resource.objects.filter(pk__in=ids).order_by("pk").select_for_update(no_key=True).values_list("pk"))
            wrong += _follow(list(ids))
        done += len(ids)
        tell(done)
    count_words()
    if wrong:
        log.warning("hub_search_mended", wrong=wrong)
    return wrong


COUNT = "SELECT code, count(*) FROM finding_entry, unnest(impacts) code GROUP BY code"
KEEP = """
UPDATE finding_word w SET counts = c.counts::int[] FROM unnest(%s::varchar[], %s::text[]) c(key, counts)
WHERE w.key = c.key AND w.counts <> c.counts::int[]
"""


#: How often it was used; what colleagues tell changes that daily, and its place among what is found only a little.
USES = """
UPDATE finding_entry e SET used = r.used FROM knowledgehub_resource r WHERE r.id = e.resource_id AND r.used <> e.used
"""


@transaction.atomic
def count_words():
    """In how many resources each word stands, by how much it says there; words that nobody uses go."""
    known = list(Word.objects.exclude(key="").values_list("key", flat=True))  # first: what comes later is not unused
    with connection.cursor() as cursor:
        cursor.execute(COUNT)
        counts = dict(cursor.fetchall())
        steps = range(weighing.STEPS)
        unused = []
        for keys in batched(known, 5000):
            found = {key: [counts.get(weighing.code(key, step), 0) for step in steps] for key in keys}
            unused += [key for key, each in found.items() if not any(each)]
            arrays = [f"{{{','.join(map(str, each))}}}" for each in found.values()]
            cursor.execute(KEEP, [list(found), arrays])
        cursor.execute("DELETE FROM finding_word WHERE key = ANY(%s)", [unused])
        cursor.execute(USES)
    Word.objects.update_or_create(key="", defaults={"counts": [Entry.objects.count()]})
