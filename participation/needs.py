"""PLGs by need: what a network's or board's administrator may know of each, and which of them could use help.

Facts (no facilitator, no date) and of attendance at most one word: fewer than half, in the last month that closed,
of five people or more besides those who lead or run a place.
"""

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.utils.timezone import now
from django.utils.translation import gettext as _

from communities.choices import LEADING, State
from communities.meetings.choices import State as Held
from communities.meetings.models import Attendance, Meeting
from communities.models import Communities, Community, Membership
from core.models import QuerySet
from core.prepared import prepared
from organisations.models import Role
from participation import months
from participation.floor import FEWEST


def in_view(user):
    """Every living PLG whose facts this user may know, with what tells whether it needs help."""
    return InView(Community).for_home(user, now())


class InView(Communities):
    @prepared
    def for_home(self, user, at):
        """Every living PLG whose facts this user may know, with what tells whether it needs help."""
        leading = Membership.objects.active().filter(community=OuterRef("pk"), role__in=LEADING)
        coming = Meeting.objects.upcoming(at).filter(community=OuterRef("pk"))
        last = Meeting.objects.past(at).filter(community=OuterRef("pk"))
        return (
            self.allowing(user, "facts")
            .with_powers(user, "view", "appoint")
            .living()
            .with_seats()
            .annotate(
                is_led=Exists(leading),
                next_on=Subquery(coming.values("held_on")[:1]),
                last_on=Subquery(last.values("held_on")[:1]),
            )
            .select_related("owner_school", "owner_board", "owner_network")
            .order_by("sort_name")
        )


def by_need(rows):
    """The PLGs that could use help, each once, under the first reason that holds."""
    unled = [row for row in rows if not row.is_led]
    dateless = [row for row in rows if row.is_led and row.state == State.ACTIVE and not row.next_on]
    seen = {row.pk for row in unled + dateless}
    rest = [row for row in rows if row.pk not in seen]
    few = less_than_half([row.pk for row in rest])
    low = [row for row in rest if row.pk in few]
    groups = [
        {"name": "facilitator", "icon": "user-question", "title": _("No facilitator"), "short": _("no facilitator")},
        {"name": "date", "icon": "calendar-off", "title": _("No date"), "short": _("no date")},
        {
            "name": "attendance",
            "icon": "users-minus",
            "title": _("Fewer than half came"),
            "short": _("fewer than half came"),
        },
    ]
    return [group | {"rows": found} for group, found in zip(groups, (unled, dateless, low), strict=True)]


def less_than_half(communities):
    """Ids of those where fewer than half were there in the last closed month: a fixed grid, so no two overlap."""
    month = months.last_closed()
    counts = Counted(Attendance).by_community(communities, month, months.after(month))
    return {community for community, asked, were, people in counts if people >= FEWEST and 2 * were < asked}


class Counted(QuerySet):
    @prepared
    def by_community(self, communities, begin, end):
        """A line for each community: its id, how often somebody was expected and was there, and how many people.

        Who leads a school or runs a place counts towards the sums and not towards the five: she knows herself.
        """
        runs = Role.objects.current().filter(person=OuterRef("person"))
        return (
            self.filter(meeting__community__in=communities, meeting__held_on__gte=begin, meeting__held_on__lt=end)
            .exclude(meeting__state=Held.CANCELLED)
            .annotate(runs=Exists(runs))
            .values_list("meeting__community")
            .annotate(
                asked=Count("pk"),
                were=Count("pk", filter=Q(was_there=True)),
                people=Count("person", distinct=True, filter=Q(runs=False)),
            )
        )
