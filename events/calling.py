"""The call for contributions: who may offer something, who may read it for the choice, and what readers think of it."""

from collections import defaultdict

from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.choices import MembershipState
from communities.models import Community, Membership
from core.time import today
from events.choices import ContributionState, Decision, State
from events.models import ContributionAuthor
from organisations.models import Affiliation

C = ContributionState
#: What readers look at where the organisers wrote no lines of their own.
RUBRIC = [
    gettext_lazy("Clear what it is about"),
    gettext_lazy("Of use in class"),
    gettext_lazy("From your own research"),
]
#: In these states something waits for a decision.
TO_DECIDE = (C.SUBMITTED, C.REVIEWED, C.RESERVE)
DECIDED = (C.ACCEPTED, C.RESERVE, C.REJECTED, C.CONFIRMED, C.SCHEDULED)
VERBS = {Decision.ACCEPT: "accept", Decision.RESERVE: "keep_in_reserve", Decision.REJECT: "reject"}


def is_open(event):
    """Contributions are welcome now."""
    return event.state == State.CALL_OPEN and bool(event.call_until) and event.call_until > now()


def why_not_contribute(event):
    """Why nobody offers anything for it now."""
    return "" if is_open(event) else _("The call for contributions is closed.")


def why_not_edit(contribution):
    """Why its authors do not change it: words and names stay as they are from the last day on."""
    if contribution.state != C.CONCEPT:
        return _("You submitted it. Choose “Change it” first.") if is_open(contribution.event) else why_frozen()
    return "" if is_open(contribution.event) else why_frozen()


def why_frozen():
    """The last day lies behind us."""
    return _("The call for contributions is closed, so this stays as it is.")


def why_not_withdraw(contribution):
    """Why its authors cannot take it out of the running."""
    if contribution.state == C.SCHEDULED:
        return _("It stands in the programme. Ask who organises the event to take it out.")
    if contribution.state in (C.REJECTED, C.WITHDRAWN):
        return _("There is nothing to withdraw any more.")
    return ""


def rubric_of(event):
    """The lines that readers look at."""
    return [str(line) for line in event.rubric or RUBRIC]


def why_not_review(contribution, user):
    """Why this person does not read it for the choice: too early, too late, or too near; "" when she may."""
    if contribution.state not in TO_DECIDE:
        return _("The choice has been made.") if contribution.state in DECIDED else _("It is not submitted.")
    if is_open(contribution.event):
        return _("Reading begins when the call is closed. Until then it can still change.")
    return why_too_near([contribution], user).get(contribution.pk, "")


def why_too_near(contributions, user):
    """{id: the sentence why she is too near to judge it}: her own, of her PLG, or of her school. Three queries."""
    authors = defaultdict(set)
    for row in ContributionAuthor.objects.filter(contribution__in=contributions, person__isnull=False):
        authors[row.contribution_id].add(row.person_id)
    everyone = set().union(*authors.values(), {user.pk})
    plgs, schools = _plgs_of(everyone), _schools_of(everyone)
    mine, my_schools = plgs[user.pk], schools[user.pk]
    found = {}
    for each in contributions:
        theirs = authors[each.pk]
        if user.pk in theirs:
            found[each.pk] = _("You made this yourself, so somebody else reads it.")
        elif each.community_id in mine or any(plgs[person] & mine for person in theirs):
            found[each.pk] = _("You are in a PLG with who made this, so somebody else reads it.")
        elif any(schools[person] & my_schools for person in theirs):
            found[each.pk] = _("You work at the same school as who made this, so somebody else reads it.")
    return found


def _plgs_of(people):
    found = defaultdict(set)
    rows = Membership.objects.filter(person__in=people, state=MembershipState.ACTIVE)
    for person, community in rows.values_list("person", "community"):
        found[person].add(community)
    return found


def _schools_of(people):
    found = defaultdict(set)
    rows = Affiliation.objects.filter(person__in=people, school__isnull=False, from_on__lte=today())
    for person, school in rows.exclude(until_on__lt=today()).values_list("person", "school"):
        found[person].add(school)
    return found


def plgs_to_speak_for(user):
    """The PLGs in whose name somebody can offer something."""
    taking_part = Membership.objects.filter(person=user, state=MembershipState.ACTIVE).values("community")
    return Community.objects.filter(pk__in=taking_part).living().order_by("sort_name", "pk")


def mean(reviews):
    """What readers think of it, from 1 to 5; None where nobody read it."""
    scores = [score for review in reviews for score in review.scores]
    return sum(scores) / len(scores) if scores else None
