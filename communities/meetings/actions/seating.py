"""Who takes part in a session: in the room or online, with which role; and what each says at the door."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from communities.meetings import runnables
from communities.meetings.choices import Coming, Way
from communities.meetings.models import Answer, Attendance, ExitTicket, Line, Meeting, Run, RunSeat
from communities.models import Membership
from core import streams
from core.refusals import Refused
from core.text import one_line


def _running(run):
    """The session, held by a lock that lets others write in it. Refused when it is over."""
    run = Run.objects.select_for_update(of=("self",), no_key=True).get(pk=run.pk)
    if not run.is_running:
        raise Refused(_("This session is over."))
    return run


def _sit(run, people):
    """Seats for these people, {person id: way}; who sits already changes her way only."""
    RunSeat.objects.bulk_create(
        [RunSeat(run=run, person_id=person, way=way, seen_at=now()) for person, way in people.items()],
        update_conflicts=True,
        unique_fields=["run", "person"],
        update_fields=["way", "seen_at"],
    )


def _changed(run, *, silent=False):
    streams.tell(run.channel, "people")
    if silent:
        streams.tell(run.channel, "step")


def _is_meeting(run):
    return run.about_type_id == ContentType.objects.get_for_model(Meeting).pk


@transaction.atomic
def join_run(run, *, by, way=Way.ROOM):
    """Take a seat, in the room or online; a second time says only how."""
    run = _running(run)
    if way not in Way:
        raise Refused(_("Choose how you take part."))
    _sit(run, {by.pk: way})
    if _is_meeting(run):
        Attendance.objects.filter(meeting=run.about_id, person=by, was_there=False).delete()
    record("meetings.run_joined", by=by, about=run, community=run.community_id, way=str(way))
    _changed(run)
    return run


@transaction.atomic
def seat(run, membership, *, by, is_there):
    """A facilitator says that somebody is there, or not. What a person wrote stays hers either way."""
    run = _running(run)
    if membership.community_id != run.community_id:
        raise Refused(_("This person is not on the list."))
    who = {"person_id": membership.person_id, "address": membership.address}
    if membership.person_id:
        if is_there:
            _sit(run, {membership.person_id: Way.ROOM})
        else:
            RunSeat.objects.filter(run=run, person=membership.person_id).delete()
    if _is_meeting(run) and (not is_there or not membership.person_id):
        minutes = run.what.minutes if is_there else 0
        Attendance.objects.update_or_create(
            meeting_id=run.about_id, **who, defaults={"was_there": is_there, "minutes": minutes, "marked_by": by}
        )
    elif _is_meeting(run):
        Attendance.objects.filter(meeting=run.about_id, was_there=False, **who).delete()
    record("meetings.run_seated", by=by, about=run, community=run.community_id, is_there=is_there)
    _changed(run, silent=True)
    return run


@transaction.atomic
def seat_all(run, *, by):
    """Who said yes, is there: one tap. Who was corrected before, stays as corrected."""
    run = _running(run)
    if not _is_meeting(run):
        expected = runnables.of(run.what).expected(run.what).exclude(person=None)
        coming = dict.fromkeys(expected.values_list("person", flat=True), Way.ROOM)
    else:
        answers = Answer.objects.filter(meeting=run.about_id).exclude(coming=Coming.ABSENT)
        corrected = set(
            Attendance.objects.filter(meeting=run.about_id, was_there=False).values_list("person", "address")
        )
        here = [row for row in answers if (row.person_id, row.address) not in corrected]
        coming = {row.person_id: Way(row.coming) for row in here if row.person_id}
        Attendance.objects.bulk_create(
            [
                Attendance(
                    meeting_id=run.about_id, address=row.address, was_there=True, minutes=run.what.minutes,
                    marked_by=by,
                )
                for row in here
                if not row.person_id
            ],
            ignore_conflicts=True,
        )  # fmt: skip
    seated = set(RunSeat.objects.filter(run=run).values_list("person", flat=True))
    _sit(run, {person: way for person, way in coming.items() if person not in seated})
    record("meetings.run_seated", by=by, about=run, community=run.community_id, all=True)
    _changed(run)
    return run


@transaction.atomic
def give_roles(run, *, by, roles):
    """Divide the roles: {role: membership or None}. Who gets one, is there.

    The version goes up: who is silent now stands on every screen.
    """
    run = _running(run)
    holders = {}
    for role, membership in roles.items():
        if membership is None:
            continue
        if membership.community_id != run.community_id or not membership.person_id:
            raise Refused(_("Only who takes part here can have a role."))
        holders.setdefault(membership.person_id, []).append(one_line(role)[:80])
    seated = set(RunSeat.objects.filter(run=run).values_list("person", flat=True))
    _sit(run, dict.fromkeys(set(holders) - seated, Way.ROOM))
    for each in RunSeat.objects.select_for_update().filter(run=run):
        wanted = holders.get(each.person_id, [])
        if each.roles != wanted:
            each.roles = wanted
            each.save(update_fields=["roles"])
    Run.objects.filter(pk=run.pk).update(version=run.version + 1)
    record("meetings.roles_given", by=by, about=run, community=run.community_id)
    _changed(run, silent=True)
    return run


@transaction.atomic
def hand_in_ticket(run, *, by, worth, takes_along=""):
    """Two answers at the door; handing in again replaces. Refused as long as the session runs."""
    run = Run.objects.get(pk=run.pk)
    if run.is_running:
        raise Refused(_("The session is not over yet."))
    if worth not in range(1, 6):
        raise Refused(_("Choose one of the five."), field="worth")
    text = one_line(takes_along)
    if len(text) > 300:
        raise Refused(_("At most %(most)d characters fit.") % {"most": 300}, field="takes_along")
    ticket, _made = ExitTicket.objects.update_or_create(
        run=run, person=by, defaults={"worth": worth, "takes_along": text}
    )
    record("meetings.ticket_handed_in", about=run, community=run.community_id)  # without who: it is anonymous
    streams.tell(run.channel, "tickets")
    return ticket


def merge(kept, gone):
    """Two accounts of one person become one: her seats, lines and tickets are the kept one's."""
    for model in (RunSeat, ExitTicket):
        already = model.objects.filter(person=kept).values("run")
        model.objects.filter(person=gone).exclude(run__in=already).update(person=kept)
        model.objects.filter(person=gone).delete()
    Line.objects.filter(author=gone).update(author=kept)
    Run.objects.filter(started_by=gone).update(started_by=kept)
    Run.objects.filter(led_by=gone).update(led_by=kept)


def parted(membership):
    """Somebody stopped, or was removed: the pages of running sessions look again, and hers is out."""
    for run in Run.objects.running().filter(community=membership.community_id):
        _changed(run, silent=True)


def expected(run):
    """The memberships of who may have a seat and a role."""
    about = run.what
    return runnables.of(about).expected(about) if about is not None else Membership.objects.none()
