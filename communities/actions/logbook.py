"""Keep a logbook: write, change, share with one PLG, take back, delete."""

import secrets
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox, references
from activity.journal import record
from activity.models import Activity, Notification
from communities.actions.seats import hold
from communities.models import LogbookEntry, LogbookPhoto, Membership
from communities.models.logbook import MOST_PHOTOS, TEXTS
from communities.search import index
from core import streams
from core.refusals import Refused
from core.time import today
from people.models import User

SHARED, ENTRY = "communities.entry_shared", "entry"
LONGEST_AGO = timedelta(days=366 * 20)


@transaction.atomic
def write_entry(person, *, happened_on, words, community=None, of_the_plg=False, about=None, photos=()):
    """A new entry in one's own logbook, which only she reads; or in that of a PLG, whose members are told.

    `words` are the boxes by name, `photos` pictures that passed the intake.
    Refused for a PLG in which she does not take part, and in one that is completed where it is written for the PLG.
    """
    if community:
        community = _hers(community, person, field="community")
    if of_the_plg and community.is_closed:
        raise Refused(_("This PLG is completed. Its logbook stays as it is."))
    _check(words, happened_on)
    entry = LogbookEntry.objects.create(
        person=person,
        community=community,
        is_of_the_plg=of_the_plg,
        shared_at=now() if of_the_plg else None,
        happened_on=happened_on,
        **_boxes(words),
    )
    references.refer(entry, about)
    index.follow(entry)
    _hang(entry, photos)
    if of_the_plg:
        _tell(entry)
    else:
        record("communities.entry_written", by=person, about=entry)
    return entry


@transaction.atomic
def edit_entry(entry, *, by, happened_on, words, community=None, about=None, photos=(), gone=(), descriptions=None):
    """Other words, another day, other photos. While it is shared it stays with the PLG it is shared with.

    `gone` are ids of photos that go, `descriptions` say what is on those that stay.
    """
    moves = getattr(community, "pk", None) != entry.community_id
    if moves and community and not entry.is_shared:
        community = _hers(community, by, field="community")
    entry = _hold(entry)
    if reason := entry.why_not_edit:
        raise Refused(reason)
    _check(words, happened_on)
    if moves and not entry.is_shared:
        entry.community = community
    entry.happened_on = happened_on
    for name, text in _boxes(words).items():
        setattr(entry, name, text)
    entry.save()
    index.follow(entry)
    references.refer(entry, about)
    _take_down(entry.photos.filter(pk__in=gone))
    for photo in entry.photos.all():
        said = (descriptions or {}).get(photo.pk, photo.description)
        if said != photo.description:
            photo.description = said
            photo.save(update_fields=["description"])
    _hang(entry, photos)
    record("communities.entry_edited", by=by, about=entry, community=_known_in(entry))
    _changed(entry)
    return entry


@transaction.atomic
def keep_entry(start, *, by):
    """Make an entry of what she said elsewhere, as it is, once. Returns the entry, also that of an earlier time."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two taps make one entry
    known = LogbookEntry.objects.own(by).filter(pk__in=references.referring(LogbookEntry, start.about)).first()
    if known:
        return known
    return write_entry(
        by,
        happened_on=start.happened_on,
        words=start.words,
        community=_still_hers(start.community_id, by),
        about=start.about,
        photos=photos_of(start),
    )


def photos_of(start):
    """A copy of the photo that comes with a beginning, so that either can go without the other."""
    if not start or not start.photo or not start.photo.storage.exists(start.photo.name):
        return []
    with start.photo.open("rb") as file:
        return [ContentFile(file.read(), name=f"{secrets.token_urlsafe(12)}.jpg")]


@transaction.atomic
def share_entry(entry, *, by, community):
    """Let the members of one PLG read it; they hear once that there is something."""
    community = _hers(community, by, field="community")
    if reason := community.why_not_add:
        raise Refused(reason, field="community")
    entry = _hold(entry)
    if reason := entry.why_not_share:
        raise Refused(reason)
    entry.community, entry.shared_at = community, now()
    entry.save(update_fields=["community", "shared_at"])
    index.follow(entry)
    _tell(entry)
    return entry


@transaction.atomic
def take_back_entry(entry, *, by):
    """Only she reads it again. What was on its way to the others stays away."""
    if entry.community_id:
        hold(entry.community_id)
    entry = _hold(entry)
    if entry.is_of_the_plg or not entry.is_shared:
        raise Refused(_("Only you read this entry already."))
    _close(entry)
    record("communities.entry_taken_back", by=by, about=entry)
    return entry


@transaction.atomic
def delete_entry(entry, *, by):
    """Away with it, its photos and what it refers to. This cannot be undone."""
    entry = _hold(entry)
    if reason := entry.why_not_edit:
        raise Refused(reason)
    if entry.is_shared:
        _close(entry, save=False)
    references.refer(entry, None)
    _take_down(entry.photos.all())
    index.forget(ENTRY, entry.pk)
    record("communities.entry_deleted", by=by, about=entry)
    entry.delete()


def parted(membership):
    """She takes no part any more: what she shared there out of her own logbook is hers alone again."""
    shared = LogbookEntry.objects.filter(
        person=membership.person_id, community=membership.community_id, is_of_the_plg=False, shared_at__isnull=False
    )
    for entry in shared.select_for_update():
        _close(entry)


# What follows ------------------------------------------------------------------------------------
def _hold(entry):
    """The entry as it is now, with its row locked."""
    return LogbookEntry.objects.select_for_update(of=("self",)).select_related("person", "community").get(pk=entry.pk)


def _hers(community, person, field=None):
    """The PLG, locked, so that nobody leaves meanwhile. Refused where she does not take part."""
    community = hold(community)
    if not Membership.objects.seated().filter(community=community, person=person).exists():
        raise Refused(_("You do not take part in this PLG any more."), field=field)
    return community


def _still_hers(community_id, person):
    seated = Membership.objects.seated().filter(community=community_id, person=person).select_related("community")
    return next((row.community for row in seated), None)


def _check(words, happened_on):
    if not any(_boxes(words).values()):
        raise Refused(_("Write something in one of the boxes. One sentence is enough."))
    if not today() - LONGEST_AGO <= happened_on <= today():
        raise Refused(_("Choose today or a day that is past."), field="happened_on")


def _boxes(words):
    return {name: words.get(name, "").strip() for name in TEXTS}


def _hang(entry, photos):
    if entry.photos.count() + len(photos) > MOST_PHOTOS:
        raise Refused(
            _("An entry has room for %(most)d photos. Your text is kept; choose fewer.") % {"most": MOST_PHOTOS},
            field="photos",
        )
    for picture in photos:
        photo = LogbookPhoto(entry=entry)
        photo.image.save(picture.name, picture, save=False)
        photo.save()


def _take_down(photos):
    """Away with these rows; their files go when that is certain."""
    for photo in photos:
        storage, name = photo.image.storage, photo.image.name
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))
        photo.delete()


def _tell(entry):
    """The members hear of it the first time that it is there for them, never again when it comes back."""
    facts = {"by": entry.person, "about": entry, "community": entry.community}
    told = Activity.objects.filter(
        kind=SHARED, community_id=entry.community_id, about_type=_type_of(entry), about_id=entry.pk
    )
    seated = Membership.objects.seated().filter(community=entry.community, person__isnull=False)
    people = [] if told.exists() else [row.person for row in seated.select_related("person")]
    record(SHARED, tell=people, **facts)
    _changed(entry)


def _close(entry, save=True):
    """Nobody else reads it from now on: not here, not in bell or letter."""
    outbox.withdraw(about=entry)
    news = Notification.objects.unread().filter(activity__about_type=_type_of(entry), activity__about_id=entry.pk)
    news.update(read_at=now())
    _changed(entry)
    if save:
        entry.shared_at = None
        entry.save(update_fields=["shared_at"])
        index.follow(entry)


def _type_of(entry):
    return ContentType.objects.get_for_model(entry)


def _known_in(entry):
    """The PLG in whose journal a line about this entry may stand."""
    return entry.community_id if entry.is_shared else None


def _changed(entry):
    if entry.community_id:
        streams.tell(f"community:{entry.community_id}", "logbook")
