"""Who was at a meeting has its minutes in the ledger of hours; whoever was not there, or is no longer, has none.

The ledger is read from the attendance, never the other way round: writing it
again at any moment gives the same rows.
"""

from django.db.models import OuterRef, Subquery

from communities.meetings.choices import State
from communities.meetings.models import Attendance
from communities.models import Membership
from organisations import hours
from organisations.choices import HoursKind


def source(meeting_id):
    """Under which the hours of one meeting stand."""
    return f"meeting:{meeting_id}"


def write(meeting, **who):
    """After attendance was marked: of everybody at this meeting, or of whom `who` says (person=…)."""
    hours.write_all(entries(Attendance.objects.filter(meeting=meeting, **who)))


def write_for(person):
    """Of all meetings of one person: an address got an account, or two accounts became one."""
    hours.write_all(entries(Attendance.objects.filter(person=person)))


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
