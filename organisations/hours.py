"""The ledger of hours: every app writes it through `write`.

A row belongs to a person and to what it was written for (its source). Writing it
again replaces it, so that recording twice is harmless and a correction corrects;
no minutes take it away. School and board are those of the day itself: whoever
works elsewhere later leaves her hours where they were made.
"""

from dataclasses import dataclass
from datetime import date

from organisations.models import Affiliation, Hours


@dataclass(frozen=True)
class Entry:
    """What one person did once; `school_id` is for whom she took part, where that is known."""

    person_id: int
    kind: str
    minutes: int
    held_on: date
    source: str
    community_id: int | None = None
    school_id: int | None = None


def write(person, *, kind, minutes, held_on, source, community=None, school=None):
    """Write down how long this person learned with others on a day; no minutes take the row away.

    `school`: for which of her schools, where she works at more than one.
    """
    write_all(
        [
            Entry(
                person.pk,
                kind,
                minutes,
                held_on,
                source,
                getattr(community, "pk", community),
                getattr(school, "pk", school),
            )
        ]
    )


def write_all(entries):
    """The same for several at once, in three statements however many they are."""
    entries = list({(entry.person_id, entry.source): entry for entry in entries}.values())
    kept = [entry for entry in entries if entry.minutes > 0]
    for source in {entry.source for entry in entries if entry.minutes <= 0}:
        gone = [entry.person_id for entry in entries if entry.minutes <= 0 and entry.source == source]
        Hours.objects.filter(source=source, person__in=gone).delete()
    Hours.objects.bulk_create(
        rows_of(kept),
        update_conflicts=True,
        unique_fields=["person", "source"],
        update_fields=["kind", "minutes", "held_on", "school", "board", "community_id", "written_at"],
        batch_size=1000,
    )


def rows_of(entries):
    """The ledger's rows for these entries, unsaved, each with its school and board: one query."""
    worked = {}
    of_people = Affiliation.objects.filter(person__in={entry.person_id for entry in entries}).select_related("school")
    for affiliation in of_people.order_by("from_on", "pk"):
        worked.setdefault(affiliation.person_id, []).append(affiliation)
    return [_row(entry, worked.get(entry.person_id, ())) for entry in entries]


def _row(entry, affiliations):
    place = _place(entry, affiliations)
    return Hours(
        person_id=entry.person_id,
        kind=entry.kind,
        minutes=entry.minutes,
        held_on=entry.held_on,
        source=entry.source,
        community_id=entry.community_id,
        school_id=place and place.school_id,
        board_id=place and (place.school.board_id if place.school_id else place.board_id),
    )


def _place(entry, affiliations):
    """Where she worked that day: the school she took part for, else the first of her schools, else her board."""
    that_day = [
        each
        for each in affiliations
        if each.from_on <= entry.held_on and (each.until_on is None or each.until_on >= entry.held_on)
    ]
    for each in that_day:
        if entry.school_id and each.school_id == entry.school_id:
            return each
    at_schools = [each for each in that_day if each.school_id]
    return next(iter(at_schools or that_day), None)
