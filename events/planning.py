"""The programme as it is being made: what stands where, what is not placed yet, and what is wrong with it."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.choices import ContributionKind, ContributionState, Place, SessionKind
from events.models import ContributionAuthor, Unavailable

#: As what a contribution stands in the programme.
KIND_OF = {
    ContributionKind.PRESENTATION: SessionKind.PRESENTATION,
    ContributionKind.WORKSHOP: SessionKind.WORKSHOP,
    ContributionKind.POSTER: SessionKind.POSTERS,
    ContributionKind.STALL: SessionKind.POSTERS,
    ContributionKind.THEME: SessionKind.SPEED_DATES,
}
#: What can stand in one room side by side.
SHARES = (SessionKind.POSTERS, SessionKind.SPEED_DATES)
KIND_ICONS = {
    SessionKind.PLENARY: "users-group",
    SessionKind.WORKSHOP: "tools",
    SessionKind.PRESENTATION: "presentation",
    SessionKind.POSTERS: "photo",
    SessionKind.SPEED_DATES: "messages",
    SessionKind.BREAK: "coffee",
}


@dataclass(frozen=True)
class Warned:
    """One thing that is wrong, and with which sessions."""

    what: str
    text: str
    sessions: tuple


def sessions_of(event):
    """All sessions with what the planner and the programme need of them."""
    rows = event.sessions.select_related("slot", "room", "contribution__community")
    return list(rows.prefetch_related("speakers", "contribution__authors__person"))


def speakers_of(session):
    """[(id of a person or None, name)] of who brings it: its authors, and whoever the organisers named."""
    found = {}
    if session.contribution_id:
        for author in session.contribution.authors.all():
            found[author.person_id or f"a{author.pk}"] = str(author)
    for person in session.speakers.all():
        found[person.pk] = str(person)
    return [(key if isinstance(key, int) else None, name) for key, name in found.items()]


def to_place(event):
    """Contributions that were accepted and stand nowhere."""
    rows = event.contributions.filter(state__in=[ContributionState.ACCEPTED, ContributionState.CONFIRMED])
    return list(rows.select_related("community").prefetch_related("authors__person").order_by("kind", "pk"))


def warnings(event, sessions):
    """Everything that is wrong, most pressing first. One query."""
    placed = [each for each in sessions if each.slot_id and not each.is_cancelled]
    found = [*_rooms(placed), *_speakers(placed), *_absent(event, placed), *_small(placed)]
    if event.place != Place.ONLINE:
        found += [
            Warned("no_room", _("“%(title)s” has no room.") % {"title": each.title}, (each.pk,))
            for each in placed
            if not each.room_id and not each.link and each.kind != SessionKind.BREAK
        ]
    unconfirmed = [each for each in placed if each.contribution_id and not _is_sure(each)]
    return found + [
        Warned("not_sure", _("Nobody confirmed “%(title)s” yet.") % {"title": each.title}, (each.pk,))
        for each in unconfirmed
    ]


def _is_sure(session):
    return any(author.confirmed_at for author in session.contribution.authors.all())


def overlap(one, other):
    """True when two slots have a moment in common."""
    return one.starts_at < other.ends_at and other.starts_at < one.ends_at


def _rooms(placed):
    by_room = defaultdict(list)
    for each in placed:
        if each.room_id:
            by_room[each.room_id].append(each)
    for sessions in by_room.values():
        for one, other in combinations(sessions, 2):
            if overlap(one.slot, other.slot) and not (one.kind == other.kind and one.kind in SHARES):
                text = _("%(room)s is taken twice at %(time)s: “%(one)s” and “%(other)s”.") % {
                    "room": one.room, "time": _clock(max(one.slot, other.slot, key=lambda slot: slot.starts_at)),
                    "one": one.title, "other": other.title,
                }  # fmt: skip
                yield Warned("room", text, (one.pk, other.pk))


def _speakers(placed):
    by_person = defaultdict(list)
    for each in placed:
        for person, name in speakers_of(each):
            if person:
                by_person[person, name].append(each)
    for (_pk, name), sessions in by_person.items():
        for one, other in combinations(sessions, 2):
            if overlap(one.slot, other.slot):
                text = _("%(name)s is in two places at %(time)s: “%(one)s” and “%(other)s”.") % {
                    "name": name, "time": _clock(max(one.slot, other.slot, key=lambda slot: slot.starts_at)),
                    "one": one.title, "other": other.title,
                }  # fmt: skip
                yield Warned("speaker", text, (one.pk, other.pk))


def _absent(event, placed):
    cannot = set(Unavailable.objects.filter(event=event).values_list("slot", "person"))
    for each in placed if cannot else ():
        for person, name in speakers_of(each):
            if (each.slot_id, person) in cannot:
                text = _("%(name)s cannot at %(time)s, when “%(title)s” is.") % {
                    "name": name, "time": _clock(each.slot), "title": each.title
                }  # fmt: skip
                yield Warned("absent", text, (each.pk,))


def _small(placed):
    for each in placed:
        wanted = max(each.capacity or 0, each.taken)
        if each.room_id and each.room.seats and wanted > each.room.seats:
            text = ngettext(
                "%(room)s has %(seats)s seat, too small for “%(title)s” with %(wanted)s places.",
                "%(room)s has %(seats)s seats, too small for “%(title)s” with %(wanted)s places.",
                each.room.seats,
            ) % {"room": each.room, "seats": each.room.seats, "title": each.title, "wanted": wanted}
            yield Warned("small", text, (each.pk,))


def _clock(slot):
    return f"{slot.starts:%H.%M}"


def authors_told(session):
    """(people, addresses) of who brings a session."""
    people, addresses = {person.pk: person for person in session.speakers.all()}, []
    if session.contribution_id:
        for author in ContributionAuthor.objects.filter(contribution=session.contribution_id).select_related("person"):
            if author.person_id:
                people[author.person_id] = author.person
            elif author.address:
                addresses.append(author.address)
    return list(people.values()), addresses
