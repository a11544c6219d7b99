"""The rhythm of a PLG: its dates in a row, with the holidays between them."""

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities.choices import MembershipState
from communities.meetings.models import Meeting
from communities.meetings.planner import holidays_between
from communities.models import Membership
from people.choices import Weekday

PAST, COMING = 3, 5
LONGEST_LABEL = 16


def regions_of(community):
    """The holiday regions in which its members work: in one query, or none on the overview, which has them."""
    if community.people_now is not None:
        return tuple(sorted({each.region for each in community.people_now} - {""}))
    rows = Membership.objects.filter(community=community, state=MembershipState.ACTIVE).values_list(
        "school__region", "person__region"
    )
    return tuple(sorted({person or school for school, person in rows if person or school}))


def meetings_of(community, user):
    """All its meetings as lists show them, with the series they came from, in one query."""
    rows = Meeting.objects.for_list(user).filter(community=community)
    rows = list(rows.select_related(None).select_related("school", "series", "mine"))
    for row in rows:
        row.community = community
    return rows


def words(community, meetings):
    """The rhythm in words, by the latest plan: "Every 3 weeks on Thursday"."""
    series = max((row.series for row in meetings if row.series), key=lambda series: series.pk, default=None)
    weeks = series.cadence_weeks if series else community.cadence_weeks
    if series is None:
        return ngettext("Every week", "Every %(weeks)d weeks", weeks) % {"weeks": weeks}
    said = {"weeks": weeks, "weekday": Weekday(series.weekday).label}
    return ngettext("Every week on %(weekday)s", "Every %(weeks)d weeks on %(weekday)s", weeks) % said


def of(community, meetings):
    """Items for `ui/rhythm.html`: a few dates behind, the next, a few ahead, and the holidays between. One query."""
    behind = [row for row in meetings if row.ends_at <= now() and not row.is_cancelled][-PAST:]
    ahead = [row for row in meetings if row.ends_at > now()][: COMING + 1]
    rows, regions, items = behind + ahead, regions_of(community), []
    following = next((row for row in ahead if not row.is_cancelled), None)
    for before, row in zip([None, *rows], rows, strict=False):
        # On a phone there is room for one date behind us.
        hidden = " wide-only" if row in behind[:-1] else ""
        if before:
            items += [
                {"off": name, "state": "wide-only" if row in behind else ""}
                for name in holidays_between(before.held_on, row.held_on, regions)
            ]
        items.append(
            {
                "day": row.held_on,
                "url": row.get_absolute_url(),
                "state": _state(row, following) + hidden,
                "label": _label(row, following),
            }
        )
    return items


def _state(meeting, following):
    if meeting.is_cancelled:
        return "cancelled"
    if meeting == following:
        return "now"
    return "past" if meeting.is_over else ""


def _label(meeting, following):
    """A word or two under the date: longer titles stand on the page of the meeting."""
    if meeting == following:
        return _("Next")
    if meeting.is_cancelled:
        return _("cancelled")
    return meeting.title if len(meeting.title) <= LONGEST_LABEL else ""
