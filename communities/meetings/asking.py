"""The request "do you come?": open for each coming meeting and each person who has not said so yet.

For the nearest meeting it stands on *Vandaag* at once; for the one after it, from
the day after the nearest.
"""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import now

from activity.journal import ask
from activity.models import Ask
from communities.meetings.models import Answer, Meeting
from core.time import today

KIND = "meetings.answer"


def renew(community, again=None):
    """Bring what is asked in this PLG in step with its coming meetings.

    `again`: a meeting that was moved; whoever answered is asked once more.
    """
    meetings = list(Meeting.objects.filter(community=community).upcoming())
    opens_on = None
    for meeting in meetings:
        rows = meeting.expected().select_related("person")
        if meeting != again:
            rows = _silent(rows, meeting)
        rows = list(rows)
        when = {"opens_on": opens_on if opens_on and opens_on > today() else None, "due_on": meeting.held_on}
        _of(meeting).update(**when)
        ask(
            KIND,
            about=meeting,
            url=meeting.get_absolute_url(),
            people=[row.person for row in rows if row.person_id],
            addresses=[row.address for row in rows if not row.person_id],
            community=meeting.community_id,
            **when,
        )
        opens_on = meeting.held_on + timedelta(days=1)


def close_past():
    """What was never answered is no longer asked once the meeting is over or called off; returns how many."""
    open_ones = Ask.objects.open().filter(kind=KIND)
    return open_ones.exclude(about_id__in=Meeting.objects.upcoming().order_by().values("pk")).update(closed_at=now())


def _of(meeting):
    about_type = ContentType.objects.get_for_model(Meeting)
    return Ask.objects.open().filter(kind=KIND, about_type=about_type, about_id=meeting.pk)


def _silent(rows, meeting):
    """Those who have not answered yet."""
    said = Answer.objects.filter(meeting=meeting)
    return rows.exclude(person__in=said.exclude(person=None).values("person")).exclude(
        person=None, address__in=said.filter(person=None).values("address")
    )
