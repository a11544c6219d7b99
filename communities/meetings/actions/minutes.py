"""What a meeting came to: write it down, propose it, say yes to it, correct it."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from communities.meetings import minutes as reading
from communities.meetings.choices import MinutesState
from communities.meetings.models import Approval, Meeting, Minutes, MinutesVersion
from communities.models import Membership
from core import streams
from core.refusals import Refused
from core.text import one_line

KIND = "meetings.approve"


class WroteMeanwhile(Refused):
    """Somebody else wrote in the same section; `theirs` has what stands there now, by the section's key."""

    def __init__(self, sentence, theirs, version):
        super().__init__(sentence)
        self.theirs, self.version = theirs, version


@transaction.atomic
def grow(meeting, *, by):
    """A draft from what the session left behind; again, as long as nobody wrote in it by hand."""
    if reason := why_not_begin(meeting):
        raise Refused(reason)
    minutes, is_new = Minutes.objects.get_or_create(meeting=meeting)
    minutes = _hold(minutes)
    version = minutes.versions.first()
    if version is None:
        version = MinutesVersion(minutes=minutes, number=1)
    elif minutes.state != MinutesState.DRAFT or version.edits:
        return minutes
    version.sections, version.by, version.at = reading.sections_of(meeting), by, now()
    version.save()
    if is_new:
        record("meetings.grown", by=by, about=minutes, community=meeting.community_id)
    _changed(minutes)
    return minutes


def why_not_begin(meeting):
    """Why there can be no minutes of this meeting yet, or ""."""
    if meeting.is_cancelled:
        return _("This meeting was cancelled.")
    return "" if meeting.has_begun else _("This meeting has not begun yet.")


def _hold(minutes):
    return Minutes.objects.select_for_update(of=("self",)).select_related("meeting__community").get(pk=minutes.pk)


def _changed(minutes):
    streams.tell(f"meeting:{minutes.meeting_id}", "minutes")
