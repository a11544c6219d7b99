"""The little that a draft tells of behaviour: one word on attendance, and the hours of the group as a rough sum.

A report goes up, and what stands there lies beside the figures of the school. An exact sum of one PLG, taken from a
figure of its school, would leave the few others of that school and theme. So hours come in steps that are wider than
what one person learns in a year, and attendance is one word; of fewer than five people neither is said.
"""

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from communities.choices import MembershipState, Role
from communities.meetings.models import Attendance, Meeting
from organisations.models import Hours
from organisations.models import Role as Office
from participation.floor import FEWEST, LOOKING
from people.calendar import days_of_school_year

STEP = 25  # hours


def _not_above(field="person"):
    """Rows of people who read no reports from above: those know what they did themselves."""
    return ~Q(**{f"{field}__in": Office.objects.filter(kind__in=LOOKING, ended_at=None).values("person")})


def hours(community, year):
    """ "more than 75 hours", or "" where it is of too few people or too little."""
    rows = Hours.objects.filter(
        _not_above(), community_id=community.pk, held_on__range=days_of_school_year(year), person__isnull=False
    )
    found = rows.aggregate(people=Count("person", distinct=True), minutes=Sum("minutes"))
    whole = (found["minutes"] or 0) // 60 // STEP * STEP
    if found["people"] < FEWEST or not whole:
        return ""
    return _("more than %(hours)d hours") % {"hours": whole}


def attendance(community, year):
    """One word on how many of the members came, over the meetings of which that was written down; or ""."""
    members = community.memberships.filter(state=MembershipState.ACTIVE).exclude(role=Role.GUEST)
    marked = Attendance.objects.filter(
        _not_above(),
        meeting__in=Meeting.objects.planned().filter(community=community.pk, held_on__range=days_of_school_year(year)),
        person__in=members.values("person"),
    )
    found = marked.aggregate(
        people=Count("person", distinct=True), asked=Count("pk"), were=Count("pk", filter=Q(was_there=True))
    )
    if found["people"] < FEWEST:
        return ""
    share = found["were"] / found["asked"]
    if share >= 0.9:
        return _("Almost everybody was there, almost every time.")
    if share >= 0.7:
        return _("Most of us were there, most of the times.")
    if share >= 0.5:
        return _("More than half of us were there, on average.")
    return _("Often less than half of us were there.")
