"""What a meeting came to: write it down, propose it, say yes to it, correct it."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from communities.meetings import minutes as reading
from communities.meetings.choices import MinutesState
from communities.meetings.models import Approval, Minutes, MinutesVersion
from communities.search import index
from core import streams
from core.refusals import Refused
from core.text import of_the_house, one_line

KIND = reading.KIND


class WroteMeanwhile(Refused):
    """Somebody else wrote in the same section; `theirs` has what stands there now, by the section's key."""

    def __init__(self, sentence, theirs, version):
        super().__init__(sentence)
        self.theirs, self.version = theirs, version


@transaction.atomic
def grow(meeting, *, by):
    """A draft from what the session left behind; again, as long as nobody wrote in it by hand."""
    if reason := meeting.why_not_grow:
        raise Refused(reason)
    minutes, is_new = Minutes.objects.get_or_create(meeting=meeting)
    minutes = _hold(minutes)
    version = minutes.versions.first()
    if version is None:
        version = MinutesVersion(minutes=minutes, number=1)
    elif minutes.state != MinutesState.DRAFT or version.edits:
        return minutes
    with of_the_house():
        version.sections, version.by, version.at = reading.sections_of(meeting), by, now()
    version.save()
    if is_new:
        record("meetings.grown", by=by, about=minutes, community=meeting.community_id)
    _changed(minutes)
    return minutes


@transaction.atomic
def write(minutes, *, by, typed):
    """Write in the draft; who wrote somewhere else in it meanwhile loses nothing. Refused where both wrote the same."""
    minutes = _hold(minutes)
    if minutes.state != MinutesState.DRAFT:
        raise Refused(_("These minutes were proposed meanwhile. Write a correction instead; your text is still here."))
    version = minutes.versions.first()
    sections = _merged(version, typed)
    if sections != version.sections:
        version.sections, version.by, version.at = sections, by, now()
        version.edits += 1
        version.save()
        record("meetings.wrote", by=by, about=minutes, community=minutes.meeting.community_id)
        _changed(minutes)
    return minutes


def _merged(version, typed):
    sections, theirs = reading.merge(version.sections, typed)
    if theirs:
        name = version.by or _("Somebody else")
        sentence = _("%(name)s wrote in the same place meanwhile. Both texts stand below: make one of them, then save.")
        raise WroteMeanwhile(sentence % {"name": name}, theirs, version)
    if len(sections) > reading.MOST_SECTIONS:
        raise Refused(_("That are more parts than minutes can have. Put some together."))
    return sections


@transaction.atomic
def propose(minutes, *, by):
    """Lay the draft before the members; whoever proposes it says yes herself."""
    minutes = _hold(minutes)
    if minutes.state != MinutesState.DRAFT:
        raise Refused(_("These minutes were proposed already."))
    version = minutes.versions.first()
    if not any(section["text"].strip() for section in version.sections):
        raise Refused(_("There is nothing in these minutes yet. Write a line first."))
    _lay_before(minutes, version, by)
    _tell_members("meetings.minutes_proposed", minutes, by)
    return minutes


@transaction.atomic
def approve(minutes, *, by, number):
    """Say yes to the version that one read; more than half of the members make the minutes stand."""
    minutes = _hold(minutes)
    if minutes.state == MinutesState.DRAFT:
        raise Refused(_("These minutes were not proposed yet."))
    if number != minutes.number:
        raise Refused(_("The minutes were corrected meanwhile. Read what changed, then say yes."))
    version = minutes.versions.get(number=number)
    Approval.objects.bulk_create([Approval(version=version, person=by)], ignore_conflicts=True)
    answered(KIND, about=minutes, person=by)
    record("meetings.approved", by=by, about=minutes, community=minutes.meeting.community_id, number=number)
    _settle(minutes)
    _changed(minutes)
    return minutes


@transaction.atomic
def correct(minutes, *, by, typed, because):
    """A new version with what changed; everybody is asked again. Refused where somebody corrected meanwhile."""
    minutes = _hold(minutes)
    if minutes.state == MinutesState.DRAFT:
        raise Refused(_("These minutes were not proposed yet. Simply write in them."))
    version = minutes.versions.get(number=minutes.number)
    sections = _merged(version, typed)
    if sections == version.sections:
        raise Refused(_("Nothing has changed yet. Change the text first."))
    minutes.number += 1
    corrected = minutes.versions.create(
        number=minutes.number, sections=sections, because=one_line(because)[:200], by=by, edits=version.edits + 1
    )
    answered(KIND, about=minutes)
    _lay_before(minutes, corrected, by)
    _tell_members("meetings.minutes_corrected", minutes, by)
    return minutes


def _lay_before(minutes, version, by):
    """This version is what the members are asked about now."""
    minutes.state, minutes.approved_at = MinutesState.PROPOSED, None
    minutes.proposed_by, minutes.proposed_at = by, now()
    minutes.save()
    Approval.objects.bulk_create([Approval(version=version, person=by)], ignore_conflicts=True)
    ask(
        KIND,
        about=minutes,
        url=minutes.get_absolute_url(),
        people=[person for person in _people(minutes) if person != by],
        community=minutes.meeting.community_id,
    )
    _settle(minutes)
    _changed(minutes)


def _people(minutes):
    """Whose yes counts: the members with an account, not the guests."""
    return [row.person for row in reading.voters(minutes.meeting.community_id).select_related("person")]


def _tell_members(kind, minutes, by):
    if minutes.state == MinutesState.APPROVED:  # one member alone: there is nobody to ask
        return
    record(
        kind, by=by, about=minutes, tell=_people(minutes), community=minutes.meeting.community_id, number=minutes.number
    )


def _settle(minutes):
    """More than half said yes: now they stand, and nobody is asked any more."""
    said_yes, voters = reading.count(minutes)
    if minutes.state != MinutesState.PROPOSED or said_yes < reading.needed(voters):
        return
    minutes.state, minutes.approved_at = MinutesState.APPROVED, now()
    minutes.save()
    index.follow(minutes)
    answered(KIND, about=minutes)
    record("meetings.minutes_approved", about=minutes, tell=_people(minutes), community=minutes.meeting.community_id)


def left(membership):
    """Somebody stopped: perhaps the yeses that are there are more than half of who is left."""
    if membership.community.is_closed:
        return
    waiting = Minutes.objects.filter(meeting__community=membership.community_id, state=MinutesState.PROPOSED)
    for minutes in waiting.order_by("pk"):
        _settle(_hold(minutes))


def hand_over(kept, gone):
    """Two accounts became one: what she wrote and said yes to is hers, a yes of both counts once."""
    Minutes.objects.filter(proposed_by=gone).update(proposed_by=kept)
    MinutesVersion.objects.filter(by=gone).update(by=kept)
    already = Approval.objects.filter(person=kept).values("version")
    Approval.objects.filter(person=gone).exclude(version__in=already).update(person=kept)
    Approval.objects.filter(person=gone).delete()


def _hold(minutes):
    minutes = Minutes.objects.select_for_update(of=("self",)).select_related("meeting__community").get(pk=minutes.pk)
    if reason := minutes.meeting.community.why_not_add:
        raise Refused(reason)
    return minutes


def _changed(minutes):
    index.follow(minutes)
    streams.tell(f"meeting:{minutes.meeting_id}", "minutes")
