"""Meetings and the timetable: what they plan of people's time, and the room that is asked for them.

The room itself stands with organisations, which knows nothing of meetings; what moves, is called off or left is said
downward here.
"""

from django.db.models import DurationField, ExpressionWrapper, F, Sum
from django.db.models.functions import Extract

from communities.choices import MembershipState, Role
from communities.meetings import ledger
from communities.meetings.models import Meeting
from communities.models import Membership
from communities.rules import standing
from organisations.actions import room
from organisations.choices import HoursKind, RoomFor
from organisations.innovation_time import Planned, Plans
from organisations.models import RoomRequest
from organisations.rules import standing as at_work


def of_person(person, first, last):
    """The meetings at which she is expected on these days."""
    rows = Meeting.objects.upcoming().of(person).filter(held_on__range=(first, last)).distinct()
    return [
        Planned(row.held_on, row.minutes, ledger.source(row.pk), HoursKind.MEETING, row.community_id) for row in rows
    ]


def of_schools(schools, first, last):
    """{id of a school: minutes} that its members are expected at meetings, all together: one statement."""
    length = ExpressionWrapper(F("community__meetings__ends") - F("community__meetings__starts"), DurationField())
    rows = Membership.objects.filter(
        state=MembershipState.ACTIVE,
        school__in=schools,
        community__meetings__state="planned",
        community__meetings__held_on__range=(first, last),
    ).exclude(role=Role.GUEST)
    found = rows.order_by().values_list("school").annotate(seconds=Sum(Extract(length, "epoch")))
    return {school: int(seconds // 60) for school, seconds in found}


PLANS = Plans(of_person, of_schools, lambda person: standing(person).member_of)


def mine(meeting, person):
    """What she asked for this meeting, or None: one query."""
    rows = RoomRequest.objects.live().filter(person=person, source=ledger.source(meeting.pk))
    return rows.select_related("school", "cover_person").first()


def door(meeting, person):
    """What the page of a meeting says of room in the timetable: for who works at a school and is expected there."""
    if not meeting.can_answer or meeting.why_not_answer or not at_work(person).works_at:
        return None
    return {"request": mine(meeting, person)}


def later(meeting, person):
    """The meetings of this PLG that come after it, for which she has not asked."""
    rows = Meeting.objects.upcoming().of(person).filter(community=meeting.community_id)
    rows = rows.filter(starts_at__gt=meeting.starts_at).distinct()
    asked = set(RoomRequest.objects.live().filter(person=person).exclude(source="").values_list("source", flat=True))
    return [row for row in rows if ledger.source(row.pk) not in asked]


def ask(meeting, person, *, starts, ends, also=(), **fields):
    """Ask room for this meeting and for those in `also`, in the same hours around each."""
    moments = [(meeting.held_on, starts, ends, ledger.source(meeting.pk))]
    before = (meeting.held_on, meeting.starts, meeting.ends)
    for row in also:
        moment = room.shifted((starts, ends), before, (row.held_on, row.starts, row.ends))
        moments.append((*moment, ledger.source(row.pk)))
    return room.ask_for_room(
        person, by=person, moments=moments, purpose=RoomFor.PLG, community=meeting.community_id, **fields
    )


# Said downward --------------------------------------------------------------------------------------


def moved(meeting, before, by):
    """It is held at another time than `before` (day, from, until)."""
    room.move_room(
        ledger.source(meeting.pk), by=by, before=before, after=(meeting.held_on, meeting.starts, meeting.ends)
    )


def called_off(meeting, by):
    """It is not held."""
    room.drop_room(ledger.source(meeting.pk), by=by)


def released(meeting, person, by):
    """This guest need not come."""
    if person:
        room.drop_room(ledger.source(meeting.pk), by=by, person=person)


def parted(membership):
    """Somebody stopped."""
    if membership.person_id:
        room.drop_room_in(membership.community_id, by=None, person=membership.person)
