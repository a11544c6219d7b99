"""A complaint about a facilitator goes to the confidant whom the board named, and to nobody else.

The journal knows that something was sent, read and answered, and by whom it
was read; never the text, and not in the PLG's own feed.
"""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from communities.choices import LEADING, MembershipState
from communities.models import Complaint
from core.refusals import Refused
from organisations.choices import RoleKind
from organisations.models import Role


def confidant_for(community, *, by):
    """The confidant of the owner's board (of her own board, where a network owns the PLG); None where there is none.

    Never who complains, never who facilitates this PLG.
    """
    own_school = community.memberships.filter(person=by).values_list("school__board", flat=True).first()
    board = community.board_id or own_school
    leading = community.memberships.filter(state=MembershipState.ACTIVE, role__in=LEADING).values("person")
    role = (
        Role.objects.current()
        .filter(kind=RoleKind.CONFIDANT, board=board, person__is_active=True)
        .exclude(person=by)
        .exclude(person__in=leading)
        .select_related("person")
        .order_by("given_at")
        .first()
    )
    return role.person if role else None


@transaction.atomic
def complain(community, *, by, text):
    """Send a complaint to the confidant. Refused when the board named none."""
    confidant = confidant_for(community, by=by)
    if not confidant:
        raise Refused(
            _(
                "Your board has not named a confidant here yet. Nothing was sent; your text is still here. "
                "Ask your school leader who the confidant is."
            )
        )
    complaint = Complaint.objects.create(community=community, by=by, confidant=confidant, text=text)
    ask("communities.complained", about=complaint, url=complaint.get_absolute_url(), people=[confidant])
    record("communities.complained", about=complaint, tell=[confidant])
    return complaint


def note_reading(complaint, *, by):
    """Write down that the confidant read it."""
    record("communities.complaint_read", by=by, about=complaint)


@transaction.atomic
def handle(complaint, *, by, answer):
    """Answer whoever complained; she reads it on a page of her own."""
    complaint = Complaint.objects.select_for_update().get(pk=complaint.pk)
    if complaint.handled_at:
        raise Refused(_("This was answered already."))
    complaint.handled_at, complaint.answer = now(), answer
    complaint.save(update_fields=["handled_at", "answer"])
    answered("communities.complained", about=complaint)
    record(
        "communities.complaint_handled",
        by=by,
        about=complaint,
        tell=[complaint.by] if complaint.by_id else [],
    )
