"""Write down who was there, apart from what was answered before."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from communities.meetings import ledger, rollcall
from communities.meetings.choices import Coming
from communities.meetings.models import Answer, Attendance, Meeting
from core import streams
from core.refusals import Refused


@transaction.atomic
def mark_all(meeting, *, by):
    """Whoever said yes is there, whoever said no is not; what was written down before stays."""
    meeting = _hold(meeting)
    rows = [
        Attendance(
            meeting=meeting, person_id=answer.person_id, address=answer.address, marked_by=by,
            was_there=answer.coming != Coming.ABSENT,
            minutes=meeting.minutes if answer.coming != Coming.ABSENT else 0,
        )
        for answer in Answer.objects.filter(meeting=meeting)
    ]  # fmt: skip
    Attendance.objects.bulk_create(rows, ignore_conflicts=True)
    ledger.write(meeting)
    _marked(meeting, by)


@transaction.atomic
def mark(meeting, membership, *, by, was_there, minutes=None):
    """Write down one person; a correction replaces. Minutes are those of the meeting, if nothing else is said."""
    meeting = _hold(meeting)
    if all(line.membership.pk != membership.pk for line in rollcall.roll(meeting)):
        raise Refused(_("This person is not on the list."))
    minutes = meeting.minutes if minutes is None else minutes
    if not 0 <= minutes <= 24 * 60:
        raise Refused(_("Minutes lie between 0 and %(most)d.") % {"most": 24 * 60}, field="minutes")
    Attendance.objects.bulk_create(
        [
            Attendance(
                meeting=meeting, person_id=membership.person_id, address=membership.address, marked_by=by,
                was_there=was_there, minutes=minutes if was_there else 0, at=now(),
            )
        ],
        update_conflicts=True,
        unique_fields=["meeting", "person", "address"],
        update_fields=["was_there", "minutes", "marked_by", "at"],
    )  # fmt: skip
    if membership.person_id:
        ledger.write(meeting, person=membership.person_id)
    _marked(meeting, by)


def _hold(meeting):
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    if reason := meeting.why_not_mark:
        raise Refused(reason)
    return meeting


def _marked(meeting, by):
    record("meetings.marked", by=by, about=meeting, community=meeting.community_id)
    streams.tell(f"meeting:{meeting.pk}", "attendance")
