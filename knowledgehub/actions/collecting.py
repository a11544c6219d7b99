"""What somebody keeps at hand: saved resources, followed themes, collections in an order of their own."""

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from communities.rules import standing
from core.refusals import Refused
from knowledgehub.models import Collection, CollectionItem, FollowedTheme, Saved
from organisations.rules import standing as at_work

MOST_COLLECTIONS, MOST_ITEMS, MOST_SAVED = 100, 300, 1000


@transaction.atomic
def save(resource, *, by):
    """Keep it at hand, or no longer: a second time takes that back. Returns whether it is saved now."""
    if Saved.objects.filter(person=by, resource=resource).delete()[0]:
        return False
    if Saved.objects.filter(person=by).count() >= MOST_SAVED:
        raise Refused(_("You saved a thousand already. Take some away first."))
    Saved.objects.get_or_create(person=by, resource=resource)
    return True


@transaction.atomic
def follow_theme(theme, *, by):
    """Hear what is new of a theme, or no longer. Returns whether she follows it now."""
    if FollowedTheme.objects.filter(person=by, theme=theme).delete()[0]:
        return False
    FollowedTheme.objects.get_or_create(person=by, theme=theme)
    return True


# Collections --------------------------------------------------------------------------------------


@transaction.atomic
def begin_collection(*, by, name, of=None, said="", is_public=False):
    """A collection of her own, or of a PLG in which she takes part, or of a network that she connects."""
    if Collection.objects.filter(created_by=by).count() >= MOST_COLLECTIONS:
        raise Refused(_("You began a hundred collections. Take one away first."))
    whose = _whose(by, of)
    row = Collection.objects.create(**whose, name=name, said=said, is_public=is_public, created_by=by)
    record("knowledgehub.collection_begun", by=by, about=row, community=whose.get("community"))
    return row


def _whose(person, of):
    """The column of its owner. `of` is a PLG or a network; without, it is her own."""
    if of is None:
        return {"person": person}
    kind = type(of).__name__.lower()
    may = standing(person).member_of if kind == "community" else at_work(person).connects
    if of.pk not in may:
        raise Refused(_("You cannot begin a collection there."), field="of")
    if kind == "community" and (reason := of.why_not_add):
        raise Refused(reason, field="of")
    return {kind: of}


@transaction.atomic
def edit_collection(collection, *, by, name, said, is_public):
    """Another name or purpose; open to the web, or not."""
    row = _hold(collection)
    row.name, row.said, row.is_public, row.changed_at = name, said, is_public, now()
    row.save()
    record("knowledgehub.collection_edited", by=by, about=row, community=row.community_id)
    return row


@transaction.atomic
def remove_collection(collection, *, by):
    """Away with it; what lay in it stays where it is."""
    row = _hold(collection)
    record("knowledgehub.collection_removed", by=by, community=row.community_id)
    try:
        row.delete()
    except ProtectedError:
        raise Refused(_("What another library shows comes into this collection. So it stays.")) from None


@transaction.atomic
def lay_in(collection, resource, *, by, note=""):
    """At the end of a collection; once is enough. Returns the item."""
    row = _hold(collection)
    if standing_there := row.items.filter(resource=resource).first():
        raise Refused(
            _("This is in “%(name)s” already, at place %(place)s.")
            % {"name": row.name, "place": row.items.filter(position__lte=standing_there.position).count()},
            field="collection",
        )
    if row.items.count() >= MOST_ITEMS:
        raise Refused(_("A collection holds %(most)s things. Begin another one.") % {"most": MOST_ITEMS})
    last = row.items.aggregate(last=Max("position"))["last"] or 0
    item = CollectionItem.objects.create(collection=row, resource=resource, position=last + 1, note=note, added_by=by)
    _touch(row)
    return item


@transaction.atomic
def take_out(item, *, by):
    """Out of the collection."""
    row = _hold(item.collection_id)
    row.items.filter(pk=item.pk).delete()
    _touch(row)


@transaction.atomic
def note(item, *, by, note):
    """Say why it is there."""
    row = _hold(item.collection_id)
    row.items.filter(pk=item.pk).update(note=note)
    _touch(row)


@transaction.atomic
def shift(item, *, by, steps):
    """One place up (-1) or down (+1), as the collection stands now; at its end it stays where it is."""
    row = _hold(item.collection_id)
    rows = list(row.items.order_by("position", "pk"))
    here = next((n for n, each in enumerate(rows) if each.pk == item.pk), None)
    if here is None:
        raise Refused(_("This was taken out of the collection."))
    moved = rows.pop(here)
    rows.insert(min(max(here + steps, 0), len(rows)), moved)
    for position, each in enumerate(rows, start=1):
        each.position = position
    CollectionItem.objects.bulk_update(rows, ["position"])
    _touch(row)


def _hold(collection):
    """The collection as it is now, for us alone until the end of the deed.

    Refused where it is gone, and in a completed PLG.
    """
    rows = Collection.objects.select_for_update(of=("self",)).select_related("community")
    row = rows.filter(pk=getattr(collection, "pk", collection)).first()
    if not row:
        raise Refused(_("This collection was removed."))
    if row.community and (reason := row.community.why_not_add):
        raise Refused(reason)
    return row


def _touch(collection):
    Collection.objects.filter(pk=collection.pk).update(changed_at=now())
