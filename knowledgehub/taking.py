"""To which of her PLGs somebody can take a resource, and who there would not see it."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from communities.choices import MembershipState, Role
from communities.meetings.models import Meeting
from communities.models import Community
from communities.rules import standing
from core import standing as of_many
from core.models import FETCH_MODE
from core.templatetags.ui import day
from knowledgehub import rules
from people.models import User

MOST_DATES = 3  # of one PLG to choose from


@dataclass(frozen=True)
class Place:
    """An agenda or a new conversation of one PLG."""

    community: Community
    meeting: Meeting | None = None

    @property
    def key(self):
        return f"meeting-{self.meeting.pk}" if self.meeting else f"topic-{self.community.pk}"

    @property
    def label(self):
        if self.meeting:
            return _("agenda of %(day)s") % {"day": day(self.meeting.held_on)}
        return _("a new conversation")


def places(user):
    """All places where she may put something, the nearest date first; two queries."""
    rows = Community.objects.filter(pk__in=standing(user).member_of).living().order_by("sort_name", "pk")
    communities = [row for row in rows.fetch_mode(FETCH_MODE) if not row.why_not_add]
    dates = defaultdict(list)
    coming = Meeting.objects.filter(community__in=[row.pk for row in communities]).upcoming() if communities else ()
    for meeting in coming:
        if len(dates[meeting.community_id]) < MOST_DATES:
            dates[meeting.community_id].append(meeting)
    communities.sort(key=lambda row: dates[row.pk][0].starts_at.timestamp() if dates[row.pk] else float("inf"))
    return [Place(row, meeting) for row in communities for meeting in (*dates[row.pk], None)]


def groups(found):
    """The same for a select, PLG by PLG."""
    by_plg = defaultdict(list)
    for place in found:
        by_plg[place.community.name].append((place.key, place.label))
    return list(by_plg.items())


def place_of(user, key):
    """The place with this key, if she may put something there now; else None."""
    return next((place for place in places(user) if place.key == key), None)


def blind(resource, community):
    """(how many members of a PLG would not find this resource, how many there are); its own rule is asked of each."""
    seats = community.memberships.filter(state=MembershipState.ACTIVE, person__is_active=True).exclude(role=Role.GUEST)
    people = list(User.objects.filter(pk__in=seats.values("person")))
    if not resource.is_published or resource.hidden_at:
        makers = set(resource.authors.values_list("person", flat=True))
        return sum(person.pk not in makers for person in people), len(people)
    if resource.door in (rules.WEB, rules.MEMBERS, f"c{community.pk}"):
        return 0, len(people)
    of_many.fetch(people)
    makers = set(resource.authors.values_list("person", flat=True))
    found = sum(resource.door not in rules.doors_of(each) and each.pk not in makers for each in people)
    return found, len(people)


def warning(resource, community):
    """That some members would not see it, and what to do; "" where all do."""
    without, everybody = blind(resource, community)
    if not without:
        return ""
    said = {"n": without, "all": everybody, "plg": community.name, "who": resource.audience_says}
    if not resource.is_published:
        return _("This is not published yet: %(n)s of the %(all)s members of %(plg)s would see its title only.") % said
    return _("This is for %(who)s: %(n)s of the %(all)s members of %(plg)s would see its title only.") % said
