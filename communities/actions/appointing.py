"""A PLG whose facilitator left: its members propose, the owner's administrator appoints without seeing content."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from activity.journal import ask, record
from communities.actions.inviting import invite
from communities.actions.joining import not_yourself
from communities.actions.members import admins_of, make_facilitator
from communities.actions.seats import hold
from communities.choices import Role
from communities.models import Proposal
from core.refusals import Refused
from core.standing import forget
from people.actions import account_of


def why_not_propose(community):
    """Why nobody can be proposed or appointed now."""
    if community.is_closed:
        return _("This PLG is completed. It needs no facilitator any more.")
    if community.memberships.leading().exists():
        return _("This PLG has a facilitator.")
    return ""


@transaction.atomic
def propose(community, *, by, person):
    """A member says who should facilitate; saying it again replaces what she said before."""
    community = hold(community)
    if reason := why_not_propose(community):
        raise Refused(reason)
    if not community.memberships.seated().filter(person=person).exists():
        raise Refused(_("Choose somebody who takes part in this PLG."), field="person")
    Proposal.objects.update_or_create(community=community, by=by, settled_at=None, defaults={"person": person})
    admins = admins_of(community)
    ask(
        "communities.no_facilitator",
        about=community,
        url=reverse("communities:appoint", args=[community.pk]),
        people=admins,
    )
    record("communities.proposed", by=by, about=community, tell=admins, community=community)


@transaction.atomic
def appoint(community, *, by, person=None, address=""):
    """The owner's administrator gives the PLG a facilitator: a member at once, anybody else by invitation.

    Refused for oneself: managing a board opens no door to what a PLG writes.
    """
    community = hold(community)
    if reason := why_not_propose(community):
        raise Refused(reason)
    person = person or account_of(address)
    if person == by:
        raise Refused(not_yourself())
    seated = community.memberships.seated().select_related("person")
    member = seated.filter(person=person).first() if person else None
    if not member:
        return invite(community, by=by, person=person, address=address, role=Role.FACILITATOR)
    make_facilitator(member)
    forget(member.person)
    record(
        "communities.appointed",
        by=by,
        about=member,
        tell=[membership.person for membership in seated],
        community=community,
    )
    return member
