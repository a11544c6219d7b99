"""Who was at a meeting has its minutes in the ledger of hours; whoever was not there, or is no longer, has none.

The ledger is read from the attendance, never the other way round: writing it
again at any moment gives the same rows.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import OuterRef, Subquery

from communities.meetings.choices import State
from communities.meetings.models import Attendance, Meeting
from communities.models import Membership
from organisations import hours
from organisations.choices import HoursKind
from organisations.models import Hours


def source(meeting_id):
    """Under which the hours of one meeting stand."""
    return f"meeting:{meeting_id}"


def write(meeting, **who):
    """After attendance was marked: of everybody at this meeting, or of whom `who` says (person=…)."""
    hours.write_all(entries(Attendance.objects.filter(meeting=meeting, **who)))


def write_for(person):
    """Of all meetings of one person: an address got an account."""
    hours.write_all(entries(Attendance.objects.filter(person=person)))


def move(kept, gone):
    """Two accounts became one, and their attendance with them: the hours of meetings are written from that alone."""
    hours.hand_over(kept, gone, source(""))
    write_for(kept)


def entries(attendances):
    """What the ledger has to say about these: each person with her minutes, no minutes where she was not there."""
    school = Membership.objects.filter(community=OuterRef("meeting__community"), person=OuterRef("person"))
    rows = (
        attendances.exclude(person=None)
        .annotate(for_school=Subquery(school.values("school")[:1]))
        .select_related("meeting")
        .order_by("pk")
    )
    return [
        hours.Entry(
            person_id=row.person_id,
            kind=HoursKind.MEETING,
            minutes=row.minutes if row.was_there and row.meeting.state != State.CANCELLED else 0,
            held_on=row.meeting.held_on,
            source=source(row.meeting_id),
            community_id=row.meeting.community_id,
            school_id=row.for_school,
        )
        for row in rows
    ]


# Looking back -------------------------------------------------------------------------------------

AT_ONCE = 500  # meetings
SAID = ("minutes", "held_on", "kind", "school_id", "board_id", "community_id")
STILL = 2  # so many of these may differ where a figure was made of it already: the rest stays as it was counted


@dataclass
class Difference:
    """What the ledger said other than the attendance: (person, source) of each row."""

    right: int = 0
    missing: list = field(default_factory=list)
    wrong: list = field(default_factory=list)
    extra: list = field(default_factory=list)


def rewrite(*, dry_run=False):
    """Rebuild the hours of all meetings from their attendance, some hundred meetings at a time."""
    found = Difference()
    meetings = Meeting.objects.order_by("pk").values_list("pk", flat=True)
    ids = list(meetings)
    for start in range(0, len(ids), AT_ONCE):
        _rewrite_some(ids[start : start + AT_ONCE], found, dry_run)
    orphans = Hours.objects.filter(source__startswith=source(""), minutes__gt=0).exclude(
        source__in=[source(pk) for pk in ids]
    )  # of meetings that are no more
    found.extra += list(orphans.values_list("person_id", "source"))
    if not dry_run:
        hours.take_away(orphans)
    return found


def _says(row, lying):
    return [getattr(row, name) for name in (SAID[:STILL] if lying.figure_id else SAID)]


@transaction.atomic
def _rewrite_some(ids, found, dry_run):
    said = entries(Attendance.objects.filter(meeting__in=ids))
    wanted = {(row.person_id, row.source): row for row in hours.rows_of([each for each in said if each.minutes > 0])}
    lying = {
        (row.person_id, row.source): row
        for row in Hours.objects.filter(source__in=[source(pk) for pk in ids], minutes__gt=0).select_for_update()
    }
    for key, row in wanted.items():
        if key not in lying:
            found.missing.append(key)
        elif _says(row, lying[key]) != _says(lying[key], lying[key]):
            found.wrong.append(key)
        else:
            found.right += 1
    extra = [row.pk for key, row in lying.items() if key not in wanted]
    found.extra += [key for key in lying if key not in wanted]
    if not dry_run:
        hours.take_away(Hours.objects.filter(pk__in=extra))
        hours.write_all(each for each in said if each.minutes > 0)
