"""School pairs of a learning network: the leader promises time and means, two people take part."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from communities.actions.inviting import invite
from communities.actions.seats import hold, leaders
from communities.choices import MembershipState, Role
from communities.models import SchoolPair
from core.refusals import Refused


@transaction.atomic
def pair(community, *, by, school, first, second, promised):
    """A school takes part: its leader promises time and means and names two people, who are invited.

    Refused without the promise, and when the two are one.
    """
    community = hold(community)
    if not community.wants_pairs:
        raise Refused(_("Schools do not take part in pairs here."))
    if reason := community.why_not_join:
        raise Refused(reason)
    if not promised:
        raise Refused(_("Tick that your school gives time and means."), field="promised")
    if first and first == second:
        raise Refused(_("Choose two different people."), field="second")
    row, _new = SchoolPair.objects.update_or_create(
        community=community,
        school=school,
        defaults={"first": first, "second": second, "promised_by": by, "promised_at": now()},
    )
    for person in filter(None, (first, second)):
        here = community.memberships.filter(person=person).first()
        if person != by and (not here or here.state in (MembershipState.DECLINED, MembershipState.ENDED)):
            invite(community, by=by, person=person, role=Role.MEMBER)
    record("communities.paired", by=by, about=row, tell=leaders(community), community=community)
    return row
