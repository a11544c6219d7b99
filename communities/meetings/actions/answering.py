"""Say whether one comes."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, record
from communities.choices import Role
from communities.meetings.asking import KIND
from communities.meetings.choices import Coming
from communities.meetings.models import Answer, Meeting
from core import streams
from core.refusals import Refused


@transaction.atomic
def answer(meeting, membership, *, coming, reason="", slot=""):
    """Write down whether this member comes; a later answer replaces an earlier one.

    `slot` is the date and hour that stood on the page: Refused when the meeting was moved meanwhile.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("community", "school").get(pk=meeting.pk)
    if reason_not := meeting.why_not_answer:
        raise Refused(reason_not)
    if slot and slot != meeting.slot:
        raise Refused(_("The date was changed meanwhile: %(when)s. Do you come then?") % {"when": meeting.when})
    if coming not in meeting.options:
        raise Refused(_("Choose one of the answers."), field="coming")
    _write([meeting], membership, coming, reason)
    return meeting


@transaction.atomic
def answer_all(meeting, membership, *, coming, reason="", slot=""):
    """The same answer for this date and all coming dates of its PLG; returns how many meetings that were."""
    meetings = list(
        Meeting.objects.filter(community=meeting.community_id)
        .upcoming()
        .filter(pk__in=_mine(membership))
        .select_for_update(of=("self",))
    )
    fitting = [row for row in meetings if coming in row.options or row.pk == meeting.pk]
    answer(meeting, membership, coming=coming, reason=reason, slot=slot)
    _write([row for row in fitting if row.pk != meeting.pk], membership, coming, reason)
    return len(fitting)


def _mine(membership):
    """Ids of the meetings at which this member is expected."""
    if membership.role == Role.GUEST:
        return membership.meetings_as_guest.values("pk")
    return Meeting.objects.filter(community=membership.community_id).values("pk")


def _write(meetings, membership, coming, reason):
    """One statement, so that two taps at once leave one answer."""
    if not meetings:
        return
    who = {"person_id": membership.person_id, "address": membership.address}
    reason = reason if coming == Coming.ABSENT else ""
    Answer.objects.bulk_create(
        [Answer(meeting=meeting, coming=coming, reason=reason, at=now(), **who) for meeting in meetings],
        update_conflicts=True,
        unique_fields=["meeting", "person", "address"],
        update_fields=["coming", "reason", "at"],
    )
    for meeting in meetings:
        answered(KIND, about=meeting, person=membership.person, address=membership.address)
        record("meetings.answered", by=membership.person, about=meeting, community=meeting.community_id)
        streams.tell(f"meeting:{meeting.pk}", "answers")
