"""The life of a PLG: concept → open for members → active ↔ paused → completed."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from activity.models import Ask
from communities.actions.seats import changed, hold, offer_free_seats, renew_offers
from communities.choices import MembershipState, Role, State
from communities.models import Membership
from communities.places import school_of
from communities.registry import endings
from core.refusals import Refused
from core.standing import forget
from core.time import today


@transaction.atomic
def start(community, *, by):
    """Begin a PLG from a learning question; whoever starts it facilitates it."""
    community.created_by = by
    community.state = State.CONCEPT
    community.save()
    Membership.objects.create(
        community=community,
        person=by,
        school=school_of(by, near=community),
        role=Role.FACILITATOR,
        state=MembershipState.ACTIVE,
        accepted_at=now(),
        joined_at=now(),
    )
    forget(by)
    record("communities.started", by=by, about=community, community=community)
    return community


@transaction.atomic
def edit(form, *, by):
    """Keep what was changed. Refused when there would be fewer seats than members; a wider bound helps the line."""
    held = hold(form.instance)
    taken = held.memberships.taking_seats().count()
    if form.cleaned_data["seats_max"] < taken:
        raise Refused(
            _("There are %(taken)d members, so there must be at least %(taken)d seats.") % {"taken": taken},
            field="seats_max",
        )
    community = form.save()
    offer_free_seats(community)
    record("communities.edited", by=by, about=community, community=community, fields=form.changed_data)
    changed(community)
    return community


@transaction.atomic
def recruit(community, *, by):
    """Open a PLG for members: from now on the directory shows it."""
    community = _move(community, "why_not_recruit", State.RECRUITING)
    record("communities.recruited", by=by, about=community, community=community)
    return community


@transaction.atomic
def begin(community, *, by):
    """The PLG begins; who wants to can still join while there are seats."""
    community = _move(community, "why_not_begin", State.ACTIVE, started_on=today())
    record("communities.begun", by=by, about=community, tell=members(community), community=community)
    return community


@transaction.atomic
def rest(community, *, by):
    """Pause: nobody joins and nothing is planned until it goes on."""
    community = _move(community, "why_not_rest", State.RESTING)
    record("communities.rested", by=by, about=community, tell=members(community), community=community)
    return community


@transaction.atomic
def resume(community, *, by):
    """Go on after a pause; seats that came free are offered to the first in line."""
    community = _move(community, "why_not_resume", State.ACTIVE)
    renew_offers(community)
    offer_free_seats(community)
    record("communities.resumed", by=by, about=community, tell=members(community), community=community)
    return community


@transaction.atomic
def close(community, *, by, outcome):
    """Complete a PLG with what was learned. It stays readable for its members; who waited is told."""
    outcome = outcome.strip()
    if not outcome:
        raise Refused(_("Write in a few sentences what you learned. That is worth keeping."), field="outcome")
    community = _move(community, "why_not_close", State.CLOSED, outcome=outcome, closed_at=now())
    pending = community.memberships.exclude(
        state__in=[MembershipState.ACTIVE, MembershipState.ENDED, MembershipState.DECLINED]
    )
    waiting = [membership.person for membership in pending.select_related("person") if membership.person]
    pending.update(
        state=MembershipState.DECLINED, ended_at=now(), offered_until=None, invitation_until=None, waiting_since=None
    )
    Ask.objects.open().filter(community_id=community.pk).update(closed_at=now())
    for follow in endings.values():
        follow(community, by)
    record(
        "communities.closed",
        by=by,
        about=community,
        tell=[*members(community), *waiting],
        community=community,
    )
    return community


def _move(community, why_not, state, **fields):
    """Lock, ask whether it is possible, and move."""
    community = hold(community)
    if reason := getattr(community, why_not):
        raise Refused(reason)
    community.state = state
    for name, value in fields.items():
        if name != "started_on" or not community.started_on:
            setattr(community, name, value)
    community.save(update_fields=["state", *fields])
    changed(community)
    return community


def members(community):
    """The people who take part, guests not counted."""
    return [membership.person for membership in community.memberships.seated().select_related("person")]
