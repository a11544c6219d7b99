"""Keep what is found in step with what there is: called by the deeds themselves, within their transaction.

Whoever changes something first holds its row, then writes here; the nightly `heal` does so in the same order. So
neither overwrites what the other knows better.
"""

from itertools import batched

import structlog
from django.db import transaction
from django.db.models import Exists, F, Func, OuterRef, Value

from communities.search.models import SearchText
from communities.search.registry import owner, source_of, sources
from core import dutch

LONGEST_TITLE, LONGEST = 200, 60_000  # characters
AT_ONCE = 200
log = structlog.get_logger(__name__)
KEY = ("kind", "object_id", "part")
FACTS = ("unit", "unit_id", "doors", "community_id", "network_id", "owner_id", "at", "title", "text", "version")
WRITTEN = ["unit", "unit_id", "doors", "community", "network", "owner", "at", "title", "text", "words", "version"]


def follow(*rows):
    """These rows of a registered model are found as they are now, and what they do not say any more is not."""
    if rows:
        _follow(type(rows[0]), rows)


def _follow(model, rows):
    """How many texts had to be changed."""
    unit, source = source_of(model)
    ids = [row.pk for row in rows]
    known = {
        tuple(getattr(text, name) for name in KEY): text
        for text in SearchText.objects.filter(unit=unit, unit_id__in=ids).defer("words")
    }
    changed = []
    for unit_id, record in source.records(list(rows)):
        text = _text(unit, unit_id, record)
        was = known.pop(tuple(getattr(text, name) for name in KEY), None)
        if was is None or any(getattr(was, name) != getattr(text, name) for name in FACTS):
            changed.append(text)
    SearchText.objects.filter(pk__in=[text.pk for text in known.values()]).delete()
    _write(changed)
    return len(changed) + len(known)


def put(unit_id, *records, unit):
    """Write these records of a row, the others of it stay as they are: a new post in a long topic."""
    _write([_text(unit, unit_id, record) for record in records])


def forget(unit, *unit_ids):
    """Nothing of these rows is found any more."""
    SearchText.objects.filter(unit=unit, unit_id__in=unit_ids).delete()


def forget_one(kind, object_id):
    """This is not found any more; the rest of the row that it belongs to is."""
    SearchText.objects.filter(kind=kind, object_id=object_id).delete()


def merge(kept, gone):
    """Two accounts of one person become one: what was her own there is her own here."""
    SearchText.objects.filter(doors__contains=[owner(gone.pk)]).update(
        doors=Func(F("doors"), Value(owner(gone.pk)), Value(owner(kept.pk)), function="array_replace")
    )
    SearchText.objects.filter(owner=gone).update(owner=kept)


def _text(unit, unit_id, record):
    text = SearchText(
        kind=record.kind,
        object_id=record.object_id,
        part=record.part,
        version=dutch.VERSION,
        unit=unit,
        unit_id=unit_id,
        doors=sorted(record.doors),
        community_id=record.community_id,
        network_id=record.network_id,
        owner_id=record.owner_id,
        at=record.at,
        title=record.title.replace("\0", "")[:LONGEST_TITLE],
        text=record.text.replace("\0", "")[:LONGEST],
    )
    text.says_title = record.says_title
    return text


def _write(texts):
    for text in texts:
        text.words = dutch.vector(text.title if text.says_title else "", text.text)
    SearchText.objects.bulk_create(
        texts, batch_size=AT_ONCE, update_conflicts=True, unique_fields=KEY, update_fields=WRITTEN
    )


# Making it anew ------------------------------------------------------------------------------------
def heal(name, *, tell=lambda done: None):
    """Compare everything of one source with what is found of it, and mend. Returns how many texts were wrong."""
    source = sources[name]
    there = source.model._base_manager.filter(pk=OuterRef("unit_id"))
    wrong = SearchText.objects.filter(unit=name).exclude(Exists(there)).delete()[0]
    done = 0
    for ids in batched(source.model._base_manager.order_by("pk").values_list("pk", flat=True).iterator(), AT_ONCE):
        with transaction.atomic():
            rows = source.rows().filter(pk__in=ids).order_by("pk")
            rows = list(rows.select_for_update(of=("self",), no_key=True))
            here = {row.pk for row in rows}
            wrong += SearchText.objects.filter(unit=name, unit_id__in=set(ids) - here).delete()[0]
            wrong += _follow(source.model, rows)
        done += len(ids)
        tell(done)
    return wrong


def heal_all():
    """Every night: {source: how many texts were wrong}; none is, when every deed does its work."""
    wrong = {name: heal(name) for name in sources}
    if any(wrong.values()):
        log.warning("search_mended", **wrong)
    return wrong
