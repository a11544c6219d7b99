"""What a facilitator does from her cockpit: write to one member, by her own tap only."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.choices import State as Letter
from activity.journal import record
from activity.models import Activity, Delivery
from communities.actions.seats import hold_membership
from communities.choices import MembershipState
from communities.meetings.cockpit import NUDGED
from communities.models import Membership
from core.refusals import Refused


def why_not_nudge(membership, by):
    """Why there is nobody to write to, or ""."""
    if membership.state != MembershipState.ACTIVE or not membership.person_id or membership.person_id == by.pk:
        return _("This person does not take part any more.")
    return ""


@transaction.atomic
def nudge(membership, *, by, text):
    """Mail these words to one member. The journal knows that it was done, by whom and to whom, never the words.

    Refused when she stopped meanwhile, has no account, or was written to today already.
    """
    membership = hold_membership(membership)
    if reason := why_not_nudge(membership, by):
        raise Refused(reason)
    lately = Activity.objects.filter(kind=NUDGED, by=by, about_id=membership.pk, at__gt=now() - timedelta(days=1))
    if lately.exists():
        raise Refused(_("You wrote %(name)s already today.") % {"name": membership.person.first_name})
    activity = record(NUDGED, by=by, about=membership, community=membership.community_id)
    outbox.put(
        NUDGED, occasion=f"meetings:nudge:{uuid4()}", about=membership, activity=activity,
        people=[membership.person], community=membership.community_id, facts={"text": text},
    )  # fmt: skip


def still_right(delivery, membership, person):
    """She takes part, and who wrote it still leads that PLG."""
    by = delivery.activity.by_id if delivery.activity_id else None
    leads = Membership.objects.leading().filter(community=membership.community_id, person=by)
    return membership.state == MembershipState.ACTIVE and leads.exists()


def forget_words(delivery, context):
    """What was sent is not kept: it was a word between two people."""
    Delivery.objects.filter(pk=delivery.pk).update(facts={})


def forget_unsent():
    """Nor what will never go out."""
    gone = Delivery.objects.filter(kind=NUDGED, state__in=[Letter.SENT, Letter.CANCELLED, Letter.FAILED])
    return gone.exclude(facts={}).update(facts={})


def a_nudge():
    """(about, facts) for the preview."""
    row = Membership.objects.active().exclude(person=None).select_related("community", "person").first()
    return row, {"text": _("Hello %(name)s,") % {"name": row.person.first_name} if row else ""}
