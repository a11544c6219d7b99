"""A harvested library kept in step: what is new comes, what changed gets a new version, what went is withdrawn."""

from collections import Counter
from datetime import timedelta

import structlog
from django.db import transaction
from django.db.models import Max, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from core.refusals import Refused
from core.text import of_the_house
from knowledgehub import registry
from knowledgehub.choices import Audience, Origin, Pupils, State
from knowledgehub.models import Author, CollectionItem, Resource, ResourceVersion, Term
from knowledgehub.outside.harvest import bindings, fetching
from knowledgehub.outside.models import HarvestedRecord, HarvestSource

log = structlog.get_logger(__name__)
#: After this a run that never ended is taken as broken off.
LONGEST_RUN = timedelta(hours=2)
FROM_THE_BEGINNING = ("badResumptionToken", "badArgument")


def harvest(source, *, library=None):
    """Bring what changed since last time. Returns counts; what went wrong stands on the source."""
    if not _take(source):
        raise Refused(_("This library is being harvested already."))
    counts, wrong, until = Counter(), "", source.told_until
    try:
        with of_the_house():
            until = _bring(source, library or fetching.Library(source.url), counts)
    except Refused as refusal:
        wrong = str(refusal)[:300]
        if getattr(refusal, "code", "") in FROM_THE_BEGINNING:
            until = ""
    except Exception:
        wrong = _("Something went wrong on our side.")
        raise
    finally:
        HarvestSource.objects.filter(pk=source.pk).update(
            running_since=None, told_until=until, last_run_at=now(), last_counts=dict(counts), last_wrong=wrong
        )
    log.info("harvested", source=source.pk, wrong=wrong, **counts)
    return counts


def harvest_all():
    """Every library that is not paused, each by itself."""
    for source in HarvestSource.objects.filter(paused_at=None).order_by("pk"):
        try:
            harvest(source)
        except Refused:
            continue  # it runs already
        except Exception:
            log.exception("harvest_failed", source=source.pk)


def _take(source):
    """Only one at a time harvests a library."""
    free = HarvestSource.objects.filter(Q(running_since=None) | Q(running_since__lt=now() - LONGEST_RUN), pk=source.pk)
    return free.update(running_since=now())


def _bring(source, library, counts):
    """All pieces, each kept in a transaction of its own. Returns until when the library told us, by its own clock."""
    begun = ""
    asked = {"metadataPrefix": library.prefix(), "set": source.set_spec, "from": library.since(source.told_until)}
    for root in library.pieces(**asked):
        begun = begun or (root.findtext(f"{fetching.OAI}responseDate") or "").strip()
        keep_all(source, bindings.records(root), counts)
    return begun[:20] or source.told_until


@transaction.atomic
def keep_all(source, found, counts):
    """Keep these records; the same ones twice change nothing."""
    found = {each.identifier: each for each in found}  # of one that is told twice, the last
    known = {
        row.identifier: row
        for row in HarvestedRecord.objects.select_related("resource__current")
        .select_for_update(of=("self", "resource"))  # whoever hides it meanwhile is not undone
        .filter(source=source, identifier__in=found)
    }
    terms = _terms({key for each in found.values() if each.told for key in each.told.terms})
    changed = []
    for identifier, each in found.items():
        row = known.get(identifier)
        if each.is_deleted:
            what = _withdraw(row, source) if row and not row.is_deleted else "known"
        elif each.told is None:
            what = "unusable"
        elif row is None:
            row, what = _lay_in(source, each), "new"
        elif row.digest == each.told.digest and not row.is_deleted:
            what = "same"
        else:
            what = _renew(row, each.told, source)
        counts[what] += 1
        if what in ("new", "changed", "back"):
            row.resource.terms.set({terms[key] for key in each.told.terms if key in terms})
            row.resource.tags.set(each.told.tags)
        if what in ("new", "changed", "back", "withdrawn"):
            changed.append(row.resource)
    if changed:
        registry.tell_changed(*changed)


def _terms(keys):
    """{identifier: the term that one chooses for it now}: of one that was replaced, what came after it."""
    found = {}
    for term in Term.objects.filter(key__in=keys).prefetch_related("replaced_by"):
        since = [each for each in term.replaced_by.all() if not each.retired_at]
        found[term.key] = since[0].pk if term.retired_at and since else term.pk
    return found


def _words(told):
    return {name: getattr(told, name) for name in ("title", "summary", "licence")} | {"lesson_minutes": told.minutes}


def _lay_in(source, each):
    told, moment = each.told, now()
    resource = Resource.objects.create(
        audience=Audience.MEMBERS, pupils=Pupils.NONE, **_words(told), **_about(source, told)
    )
    version = _version(resource, told, 1)
    resource.current, resource.state, resource.published_at, resource.changed_at = (
        version, State.PUBLISHED, moment, moment,
    )  # fmt: skip
    resource.save()
    _name_makers(resource, told)
    _lay_in_collection(source, resource)
    return HarvestedRecord.objects.create(
        source=source, identifier=each.identifier, resource=resource, digest=told.digest
    )


def _about(source, told):
    says = _("From %(library)s.") % {"library": source.name}
    if told.rights:
        says = f"{says} {told.rights}"
    return {"kind": told.kind, "language": told.language, "origin": Origin.OPEN, "origin_says": says[:300]}


def _version(resource, told, number):
    return ResourceVersion.objects.create(
        resource=resource, number=number, link=told.link, published_at=now(), **_words(told)
    )


def _name_makers(resource, told):
    resource.authors.all().delete()
    Author.objects.bulk_create(
        Author(resource=resource, name=name, position=position) for position, name in enumerate(told.makers)
    )


def _lay_in_collection(source, resource):
    last = CollectionItem.objects.filter(collection=source.collection_id).aggregate(last=Max("position"))["last"]
    CollectionItem.objects.get_or_create(
        collection_id=source.collection_id, resource=resource, defaults={"position": (last or 0) + 1}
    )


def _renew(row, told, source):
    """A new version; one that was withdrawn there and came back is found again."""
    resource, was_gone = row.resource, row.is_deleted
    for name, value in (_words(told) | _about(source, told)).items():
        setattr(resource, name, value)
    if row.digest != told.digest:
        resource.current = _version(resource, told, resource.current.number + 1)
        _name_makers(resource, told)
    resource.state, resource.withdrawn_at, resource.withdrawn_why = State.PUBLISHED, None, ""
    resource.changed_at = now()
    resource.save()
    _lay_in_collection(source, resource)
    row.digest, row.is_deleted, row.changed_at = told.digest, False, now()
    row.save()
    return "back" if was_gone else "changed"


def _withdraw(row, source):
    resource = row.resource
    resource.state, resource.withdrawn_at, resource.changed_at = State.WITHDRAWN, now(), now()
    resource.withdrawn_why = (_("%(library)s took it away.") % {"library": source.name})[:300]
    resource.save()
    CollectionItem.objects.filter(collection=source.collection_id, resource=resource).delete()
    row.is_deleted, row.changed_at = True, now()
    row.save()
    return "withdrawn"
