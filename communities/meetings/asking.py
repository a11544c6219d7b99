"""The request "do you come?": open for each coming meeting and each person who has not said so yet.

For the nearest meeting it stands on *Vandaag* at once; for the one after it, from
the day after the nearest.
"""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import now

from activity.journal import ask_each
from activity.models import Ask
from communities.meetings import rollcall
from communities.meetings.models import Answer, Meeting
from core.models import apart
from core.time import today

KIND = "meetings.answer"


def renew(community, again=()):
    """Bring what is asked in this PLG in step with its coming meetings, in as many queries for one as for twenty.

    `again`: ids of meetings that were moved; whoever answered is asked once more.
    """
    meetings = list(Meeting.objects.filter(community=community).upcoming())
    expected = rollcall.expected(meetings) if meetings else {}
    said = {(row.meeting_id, row.who) for row in Answer.objects.filter(meeting__in=meetings)}
    asked = {}
    for row in _of(meetings):
        asked.setdefault(row.about_id, {})[row.who] = row
    requests, opens_on = [], None
    for meeting in meetings:
        when = {"opens_on": opens_on if opens_on and opens_on > today() else None, "due_on": meeting.held_on}
        lying = asked.get(meeting.pk, {})
        late = [row.pk for row in lying.values() if (row.opens_on, row.due_on) != (when["opens_on"], when["due_on"])]
        if late:
            Ask.objects.filter(pk__in=late).update(**when)
        rows = [row for row in expected[meeting.pk] if row.who not in lying]
        if meeting.pk not in again:
            rows = [row for row in rows if (meeting.pk, row.who) not in said]
        if rows:
            people, addresses = apart(rows)
            requests.append(
                {
                    "about": meeting,
                    "url": meeting.get_absolute_url(),
                    "people": people,
                    "addresses": addresses,
                    "community": meeting.community_id,
                    **when,
                }
            )
        opens_on = meeting.held_on + timedelta(days=1)
    ask_each(KIND, requests)


def close_past():
    """What was never answered is no longer asked once the meeting is over or called off; returns how many."""
    open_ones = Ask.objects.open().filter(kind=KIND)
    return open_ones.exclude(about_id__in=Meeting.objects.upcoming().order_by().values("pk")).update(closed_at=now())


def _of(meetings):
    about_type = ContentType.objects.get_for_model(Meeting)
    return Ask.objects.open().filter(kind=KIND, about_type=about_type, about_id__in=[row.pk for row in meetings])
