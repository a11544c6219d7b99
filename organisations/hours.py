"""The ledger of hours: every app writes it through `write`.

A row belongs to a person and to what it was written for (its source). Writing it
again replaces it, so that recording twice is harmless and a correction corrects;
no minutes take it away. School and board are those of the day itself: whoever
works elsewhere later leaves her hours where they were made.

What stands in a figure that others saw (`participation`) keeps its place, and is never simply gone: its row says how
many minutes were counted, and the difference goes along with a later figure. A row without minutes is such a rest.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activity.kinds import community_names
from core.registry import Registry
from core.time import today
from organisations.models import Affiliation, Hours
from people.calendar import days_of_school_year, school_year

MOST = 24 * 60  # minutes on a day; whatever is more was typed wrongly

#: Ways on from the page of one's own hours: name -> function(person) -> dict(url, label) or None.
beside = Registry("beside one's own hours")


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
    """The same for several at once, in a few statements however many they are."""
    entries = list({(entry.person_id, entry.source): entry for entry in entries}.values())
    kept = [entry for entry in entries if entry.minutes > 0]
    for source in {entry.source for entry in entries if entry.minutes <= 0}:
        gone = [entry.person_id for entry in entries if entry.minutes <= 0 and entry.source == source]
        take_away(Hours.objects.filter(source=source, person__in=gone))
    rows = rows_of(kept)
    _stay(rows)
    Hours.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "source"],
        update_fields=["kind", "minutes", "held_on", "school", "board", "community_id", "written_at"],
        batch_size=1000,
    )


def take_away(rows):
    """Strike out these rows of the ledger; of what was counted already a row without minutes remains."""
    rows.filter(counted_minutes=0).delete()
    rows.update(minutes=0)


def _stay(rows):
    """What was counted stays where it was counted: place and PLG as they stood."""
    people, sources = {row.person_id for row in rows}, {row.source for row in rows}
    counted = Hours.objects.filter(person__in=people, source__in=sources).exclude(figure_id=None)
    lying = {(row.person_id, row.source): row for row in counted}
    for row in rows:
        if was := lying.get((row.person_id, row.source)):
            row.kind, row.community_id = was.kind, was.community_id
            row.school_id, row.board_id = was.school_id, was.board_id


def hand_over(kept, gone, sources=""):
    """Two accounts became one: the rows of one (whose source begins so) are the other's, once each."""
    theirs = Hours.objects.filter(person=gone, source__startswith=sources)
    double = {row.source: row for row in theirs.filter(source__in=Hours.objects.filter(person=kept).values("source"))}
    for row in Hours.objects.filter(person=kept, source__in=double):
        if counted := double[row.source].counted_minutes:  # counted for both of them, which a later figure puts right
            Hours.objects.filter(pk=row.pk).update(
                counted_minutes=F("counted_minutes") + counted, figure_id=double[row.source].figure_id
            )
    theirs.filter(source__in=double).delete()
    theirs.update(person=kept)


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
        minutes=min(entry.minutes, MOST),
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


# Reading one's own --------------------------------------------------------------------------------


def years_of(person):
    """The school years in which she has hours, and this one, the latest first."""
    days = Hours.objects.filter(person=person, minutes__gt=0).values_list("held_on", flat=True).distinct()
    return sorted({school_year(day) for day in days} | {school_year(today())}, reverse=True)


def of_year(person, year):
    """Her rows of one school year, the latest first, each with the name of its PLG as `plg`."""
    rows = list(
        Hours.objects.for_page(person)
        .filter(held_on__range=days_of_school_year(year), minutes__gt=0)
        .select_related("school")
    )
    names = names_of({row.community_id for row in rows} - {None})
    for row in rows:
        row.plg = names.get(row.community_id, "")
    return rows


def names_of(communities):
    """How these are called; the app that owns them knows."""
    return {pk: name for build in community_names.values() for pk, name in build(communities).items()}


def sums(rows, called):
    """[(how it is called, minutes)] of these rows, the most first."""
    found = {}
    for row in rows:
        found[called(row)] = found.get(called(row), 0) + row.minutes
    return sorted(found.items(), key=lambda pair: (-pair[1], str(pair[0])))


def in_words(minutes):
    """So many minutes as people say it: 2 hours and 30 minutes."""
    hours, rest = divmod(minutes, 60)
    whole = ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    part = ngettext("%(count)d minute", "%(count)d minutes", rest) % {"count": rest}
    if hours and rest:
        return _("%(hours)s and %(minutes)s") % {"hours": whole, "minutes": part}
    return whole if hours else part
