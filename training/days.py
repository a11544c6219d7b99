"""Days of a group: how long they last, and who was there. A day that is a meeting or an event takes both from it."""

from datetime import timedelta

from django.utils.timezone import now

from communities.meetings.models import Attendance
from core.time import instant
from events import attending
from events.models import Registration
from training.models import Enrolment, GroupSession

MOMENT = ("held_on", "starts", "ends", "zone")
#: So long what is written of a meeting or an event afterwards is still taken over.
FOLLOWED = timedelta(days=30)


def minutes(day):
    """How long it lasts, by the clock of the place."""
    return int((instant(day.held_on, day.ends, day.zone) - day.starts_at).total_seconds() // 60)


def stands_elsewhere(day):
    """True where its hours and who was there are those of a meeting or an event."""
    return bool(day.meeting_id or day.event_id)


def take_moment(day):
    """When the meeting or the event is, that is this day. True if that was another moment."""
    other = day.meeting or day.event
    before = [getattr(day, name) for name in MOMENT]
    for name in MOMENT:
        setattr(day, name, getattr(other, name))
    return before != [getattr(day, name) for name in MOMENT]


def were_there(day):
    """Ids of the enrolments of who was there: recorded here, with the meeting, or at the door of the event."""
    if day.meeting_id:
        people = Attendance.objects.filter(meeting=day.meeting_id, was_there=True).values("person")
    elif day.event_id:
        learners = Enrolment.objects.filter(group=day.group_id).values("person")
        people = minutes_at(day.event, learners)
    else:
        return set(day.attended.values_list("pk", flat=True))
    return set(Enrolment.objects.filter(group=day.group_id, person__in=people).values_list("pk", flat=True))


def minutes_at(event, people):
    """{id of a person: minutes} of whoever of these was at an event, as it was written at its door. Four queries."""
    rows = list(Registration.objects.filter(event=event, person__in=people))
    present = attending.of_event(event, rows)
    return {row.person_id: present[row.pk].total for row in rows if present[row.pk].total}


def follow():
    """Days that are a meeting or an event move along with it, and take over who was there; once a night."""
    rows = GroupSession.objects.exclude(meeting=None, event=None).filter(starts_at__gte=now() - FOLLOWED)
    for day in rows.select_related("meeting", "event").order_by("pk"):
        if take_moment(day):
            day.save(update_fields=MOMENT)
            day.refresh_from_db(fields=["starts_at"])
        if day.starts_at <= now():
            day.attended.set(were_there(day))
