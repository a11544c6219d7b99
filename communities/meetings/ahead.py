"""A letter to the facilitators of a meeting that lies ten days ahead or less, and lacks something.

Once for each date: no agenda yet, or two members who have not answered. It is laid
ready at night for eight o'clock on the reader's next working day, and asks again
whether it is still so when it goes out.
"""

from datetime import timedelta

from activity import outbox
from communities.meetings import reminders
from communities.meetings.choices import ItemState
from communities.meetings.cockpit import AGENDA_DAYS
from communities.meetings.models import AgendaItem, Answer, Meeting
from communities.models import Community, Membership
from core.time import today
from people import calendar

KIND = "meetings.lacking"
SILENT = 2  # so many members without an answer


def look_ahead():
    """Lay ready what facilitators should know of the coming ten days; returns for how many meetings."""
    until = today() + timedelta(days=AGENDA_DAYS)
    coming = Meeting.objects.upcoming().filter(
        held_on__gt=today(), held_on__lte=until, community__in=Community.objects.living()
    )
    lacking = [meeting for meeting in coming.select_related("community") if any(what_lacks(meeting).values())]
    leaders = _leaders(lacking)
    for meeting in lacking:
        for membership in leaders.get(meeting.community_id, []):
            _lay(meeting, membership)
    return len(lacking)


def _leaders(meetings):
    rows = Membership.objects.leading().filter(community__in={meeting.community_id for meeting in meetings})
    found = {}
    for row in rows.exclude(person=None).select_related("person", "school"):
        found.setdefault(row.community_id, []).append(row)
    return found


def _lay(meeting, membership):
    """At eight on her first working day from today on; not when that comes too late."""
    person, day = membership.person, today()
    while not calendar.is_working_day(day, *reminders.rhythm(membership)):
        day += timedelta(days=1)
        if day >= meeting.held_on:
            return
    outbox.put(
        KIND, occasion=reminders.occasion(meeting), slot=f"lacks:{meeting.slot}", about=meeting,
        community=meeting.community_id, people=[person],
        due_at=reminders.morning(day, person, meeting.zone),
    )  # fmt: skip


def what_lacks(meeting):
    """Whether there is an agenda, and who has not answered: {"agenda": True, "silent": [memberships]}."""
    answers = Answer.objects.filter(meeting=meeting)
    seated = Membership.objects.seated().filter(community=meeting.community_id).select_related("person")
    said = {person or address for person, address in answers.values_list("person", "address")}
    silent = [each for each in seated if each.who not in said]
    has_agenda = AgendaItem.objects.filter(meeting=meeting, state=ItemState.PLANNED).exists()
    return {"agenda": not has_agenda, "silent": silent if len(silent) >= SILENT else []}


def context(meeting, person, facts):
    """What the letter says."""
    return {"meeting": meeting, "lacks": what_lacks(meeting)}


def still_right(delivery, meeting, person):
    """The same date, to come, and still lacking something; and the reader still leads this PLG."""
    if meeting is None or meeting.is_cancelled or meeting.has_begun or meeting.community.why_not_plan:
        return False
    if not delivery.slot.endswith(f":{meeting.slot}"):
        return False
    leads = Membership.objects.leading().filter(community=meeting.community_id, person=person)
    return leads.exists() and any(what_lacks(meeting).values())


def a_sample():
    """(about, facts) for the preview: a coming meeting that lacks an agenda or answers, if there is one."""
    coming = list(Meeting.objects.upcoming().select_related("community", "school")[:20])
    return next((meeting for meeting in coming if any(what_lacks(meeting).values())), next(iter(coming), None)), {}
