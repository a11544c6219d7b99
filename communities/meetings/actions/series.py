"""Change several dates of a series at once."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from communities.actions.seats import hold
from communities.meetings import asking, calendars, changing, freeing, reminders
from communities.meetings.actions import planning
from communities.meetings.models import Meeting
from core import streams
from core.refusals import Refused

FIELDS = ("held_on", "starts", "ends", "place", "school", "room", "link")


@transaction.atomic
def change_series(meeting, *, by, scope, wish, known=""):
    """Another day, other hours or another place for this date, those after it, or all; returns how many changed.

    Answers stay where the day stays; where it moves they stay too, but are asked again; where a place takes the
    meaning from an answer it is lost. `known` is the fingerprint of the dates on the page: Refused when they were
    changed meanwhile.
    """
    community = hold(meeting.community)
    rows = changing.dates_in(meeting, scope).select_for_update(of=("self",)).select_related("school", "series")
    meetings = list(rows)
    if not meetings:
        raise Refused(_("These dates are over or cancelled. They can no longer be changed."))
    if known and known != changing.fingerprint(meetings):
        raise Refused(_("Somebody changed these dates meanwhile. Look at them once more."))
    found = changing.changes(meetings, wish)
    if not found:
        raise Refused(_("This changes nothing: all dates are like this already."))
    moved = [change for change in found if change.shifts]
    planning.check(community, [change.moment for change in moved], but=[change.meeting.pk for change in moved])
    elsewhen = [change.meeting.pk for change in found if change.moves]
    planning.forget_answers(found)
    before = {row.pk: (row.held_on, row.starts, row.ends) for row in meetings}
    changed = _write(found)
    if scope != changing.Scope.THIS and meeting.series_id:
        _follow(meeting.series, found[0])
    reminders.queue(changed)
    asking.renew(community, again=elsewhen)
    for row in changed:
        freeing.moved(row, before[row.pk], by)
    _tell(community, changed, meeting, by)
    return len(changed)


def _write(found):
    for change in found:
        row = change.meeting
        row.held_on, row.starts, row.ends = change.moment
        for name, value in change.where.items():
            setattr(row, name, value)
        row.sequence += 1
        row.changed_at = now()
    Meeting.objects.bulk_update([change.meeting for change in found], [*FIELDS, "sequence", "changed_at"])
    return list(Meeting.objects.filter(pk__in=[change.meeting.pk for change in found]).select_related("school"))


def _follow(series, change):
    """The series itself goes along, for whoever rolls it over later."""
    series.weekday, series.starts, series.ends = change.held_on.weekday(), change.starts, change.ends
    series.save(update_fields=["weekday", "starts", "ends"])


def _tell(community, changed, meeting, by):
    """One letter with all the dates of the series as they are now, and one calendar file."""
    people, addresses = planning.told(changed, community)
    activity = record(
        "meetings.series_changed", by=by, about=meeting.series or changed[0], tell=people, addresses=addresses,
        community=community, count=len(changed),
    )  # fmt: skip
    calendars.send(activity, people=people, by=by)
    for row in changed:
        streams.tell(f"meeting:{row.pk}", "meeting")
    streams.tell(f"community:{community.pk}", "meetings")
