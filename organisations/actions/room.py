"""Room in the timetable: asked, given, talked over, taken back, covered; and what follows when a meeting moves."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from core.templatetags import ui
from core.time import today
from organisations.choices import RoleKind, RoomState
from organisations.models import Affiliation, Role, RoomRequest
from people.calendar import is_working_day
from people.models import User

LONGEST_AHEAD, LONGEST = timedelta(days=400), timedelta(hours=10)
PLANNING = [RoleKind.SCHOOL_LEADER, RoleKind.PLANNER]


# By the teacher ------------------------------------------------------------------------------------


@transaction.atomic
def ask_for_room(person, *, by, school, moments, purpose, community=None, what="", needs_cover=True, cover=""):
    """Ask this school for these hours, and tell its leaders once; returns the requests.

    `moments` are (day, from, until, source); those with a source that was asked for already stay as they are.
    """
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    leaders = with_role(school, RoleKind.SCHOOL_LEADER)
    if not leaders:
        raise Refused(_("Nobody leads %(school)s on this platform yet. Ask your board.") % {"school": school})
    asked = RoomRequest.objects.live().filter(person=person)
    known = set(asked.exclude(source="").values_list("source", flat=True))
    wanted = [moment for moment in moments if moment[3] not in known]
    if not wanted:
        raise Refused(_("You asked for this room already."))
    taken = list(asked.filter(held_on__in=[moment[0] for moment in wanted]))
    for moment in wanted:
        _check(person, school, moment[:3], taken)
    rows = RoomRequest.objects.bulk_create(
        RoomRequest(
            person=person, school=school, held_on=held_on, starts=starts, ends=ends, source=source, purpose=purpose,
            community_id=getattr(community, "pk", community), what=what, needs_cover=needs_cover, cover=cover,
        )
        for held_on, starts, ends, source in sorted(wanted)
    )  # fmt: skip
    record("organisations.room_asked", by=by, about=rows[0], tell=leaders, count=len(rows))
    return rows


def _check(person, school, moment, taken):
    """Raises Refused where no room can be needed at this moment, or where it overlaps what she has."""
    held_on, starts, ends = moment
    if ends <= starts:
        raise Refused(_("The end lies before the beginning."), field="ends")
    if datetime.combine(held_on, ends) - datetime.combine(held_on, starts) > LONGEST:
        raise Refused(_("That is longer than a school day."), field="ends")
    if held_on < today():
        raise Refused(_("That day is over."), field="held_on")
    if held_on - today() > LONGEST_AHEAD:
        raise Refused(_("That is more than a year away."), field="held_on")
    if not is_working_day(held_on, school.region):
        sentence = _("On %(day)s there is no school. You need no room then.") % {"day": ui.day(held_on)}
        raise Refused(sentence, field="held_on")
    if not _works_there(person, school, held_on):
        sentence = _("You do not work at %(school)s on %(day)s.") % {"school": school, "day": ui.day(held_on)}
        raise Refused(sentence, field="held_on")
    takes = RoomRequest.objects.live().filter(cover_person=person, held_on=held_on, starts__lt=ends, ends__gt=starts)
    if takes.exists():
        sentence = _("On %(day)s you take a colleague's class at these hours.") % {"day": ui.day(held_on)}
        raise Refused(sentence, field="held_on")
    if any(row.held_on == held_on and row.starts < ends and starts < row.ends for row in taken):
        sentence = _("For %(day)s you asked for these hours already.") % {"day": ui.day(held_on)}
        raise Refused(sentence, field="held_on")


@transaction.atomic
def withdraw_room(request, *, by):
    """It is not needed after all; who planned with it hears so."""
    request = _hold(request)
    if reason := request.why_not_withdraw:
        raise Refused(reason)
    _drop([request], by)


# By the leader -------------------------------------------------------------------------------------


@transaction.atomic
def grant_room(requests, *, by):
    """Give room, to all of these at once. Colleague, planner and who takes the class hear of it; returns them."""
    rows = [row for row in _held(requests) if not row.is_granted]
    for row in rows:
        if reason := row.why_not_grant:
            raise Refused(reason)
        _decide(row, RoomState.GRANTED, by)
        record("organisations.room_granted", by=by, about=row, tell=[row.person])
        _tell_cover(row, by)
    _tell_planners([row for row in rows if row.has_gap], by)
    return rows


@transaction.atomic
def talk_room(request, *, by, word):
    """Not so fast: a word back. What was asked stays open."""
    row = _hold(request)
    if reason := row.why_not_talk:
        raise Refused(reason)
    row.word = word
    _decide(row, RoomState.TALK, by, "word")
    record("organisations.room_talked", by=by, about=row, tell=[row.person])


@transaction.atomic
def take_back_room(requests, *, by):
    """What was given is open again, until the day before; everybody who heard of it hears this, too."""
    rows = [row for row in _held(requests) if row.is_granted]
    for row in rows:
        if reason := row.why_not_take_back:
            raise Refused(reason)
        _decide(row, RoomState.ASKED, by)
        record("organisations.room_taken_back", by=by, about=row, tell=[row.person])
        _release_cover(row, by, row.held_on)
    return rows


@transaction.atomic
def cover_room(request, *, by, cover="", colleague=None, needs_cover=True):
    """Say who takes the class: a colleague who hears of it, a name, or nobody because there is no class."""
    row = _hold(request)
    if reason := row.why_not_cover:
        raise Refused(reason)
    if colleague:
        _check_colleague(row, colleague)
    before = row.cover_person
    row.cover, row.cover_person, row.needs_cover = ("" if colleague else cover), colleague, needs_cover
    row.save(update_fields=["cover", "cover_person", "needs_cover"])
    knows = row.is_granted and row.covered_by
    record("organisations.room_covered", by=by, about=row, tell=[row.person] if knows else [])
    if before != colleague:
        if before and row.is_granted:
            record("organisations.cover_off", by=by, about=row, tell=[before], day=row.held_on.isoformat())
        _tell_cover(row, by)
    return row


def _check_colleague(row, colleague):
    User.objects.select_for_update(no_key=True).get(pk=colleague.pk)  # one class at a time, whoever asks
    if reason := _why_not_colleague(row, colleague):
        raise Refused(reason, field="colleague")


def _why_not_colleague(row, colleague):
    """Why this colleague cannot take the class, or ""."""
    if colleague.pk == row.person_id:
        return _("She cannot take her own class then.")
    if not _works_there(colleague, row.school_id, row.held_on):
        return _("%(person)s does not work here on that day.") % {"person": colleague}
    others = RoomRequest.objects.live().filter(held_on=row.held_on, starts__lt=row.ends, ends__gt=row.starts)
    if others.filter(person=colleague).exists():
        return _("%(person)s asked for room herself at that hour.") % {"person": colleague}
    if others.filter(cover_person=colleague).exclude(pk=row.pk).exists():
        return _("%(person)s takes another class at that hour.") % {"person": colleague}
    return ""


# What follows from elsewhere: said by whoever moved, called off or left, in that transaction ---------


def move_room(source, *, by, before, after):
    """What it is for is held at another time: the hours go along. What was given must be given anew.

    `before` and `after` are (day, from, until) of the thing itself; what was asked around it keeps its distance.
    """
    for row in _held(RoomRequest.objects.live().filter(source=source)):
        moment = shifted((row.starts, row.ends), before, after)
        if moment == (row.held_on, row.starts, row.ends):
            continue
        if not is_working_day(moment[0], row.school.region) or not _works_there(
            row.person_id, row.school_id, moment[0]
        ):
            _drop([row], by)
            continue
        was_granted, day = row.is_granted, row.held_on
        row.held_on, row.starts, row.ends = moment
        row.moved_from = day if day != row.held_on else row.moved_from
        row.state = RoomState.ASKED
        row.save(update_fields=["held_on", "starts", "ends", "moved_from", "state"])
        tell = with_role(row.school, *(PLANNING if was_granted else [RoleKind.SCHOOL_LEADER]))
        record("organisations.room_moved", by=by, about=row, tell=tell, granted=was_granted)
        if was_granted:
            _release_cover(row, by, day)
        if row.cover_person and _why_not_colleague(row, row.cover_person):  # not free at the other moment
            row.cover_person = None
            row.save(update_fields=["cover_person"])


def shifted(hours, before, after):
    """The day and hours of a request (from, until), once what it is for moved from one moment to another."""
    day, starts, ends = after
    if hours == before[1:]:
        return after
    around = [
        datetime.combine(day, own) + (datetime.combine(day, then) - datetime.combine(day, was))
        for own, was, then in zip(hours, before[1:], after[1:], strict=True)
    ]
    if around[0] < around[1] and {moment.date() for moment in around} == {day}:
        starts, ends = (moment.time() for moment in around)
    return day, starts, ends


def drop_room(source, *, by, person=None):
    """What it is for is called off, or this person takes part no longer."""
    rows = RoomRequest.objects.to_come().filter(source=source)
    _drop(_held(rows.filter(person=person) if person else rows), by)


def drop_room_in(community_id, *, by, person):
    """This person is no longer in that PLG."""
    _drop(_held(RoomRequest.objects.to_come().filter(person=person, community_id=community_id)), by)


def leave_room(affiliation, by):
    """Somebody works here no longer: what she asked is withdrawn, and the classes she would take are free again."""
    person, school = affiliation.person_id, affiliation.school_id
    here = RoomRequest.objects.to_come().filter(school=school)
    gone = [row for row in _held(here.filter(person=person)) if not _works_there(person, school, row.held_on)]
    _drop(gone, by)
    for row in _held(here.filter(cover_person=person)):
        if not _works_there(person, school, row.held_on):
            row.cover_person = None
            row.save(update_fields=["cover_person"])
            _tell_planners([row] if row.has_gap else [], by)


def _drop(rows, by):
    """Withdraw; where room was given, leaders and planners hear so, and who would take the class."""
    for row in rows:
        was_granted = row.is_granted
        _decide(row, RoomState.WITHDRAWN, None)
        record(
            "organisations.room_withdrawn",
            by=by,
            about=row,
            tell=with_role(row.school, *PLANNING) if was_granted else [],
        )
        if was_granted:
            _release_cover(row, by, row.held_on)


# Small steps ---------------------------------------------------------------------------------------


def with_role(school, *kinds):
    """Who has one of these roles at this school."""
    roles = Role.objects.current().filter(school=school, kind__in=kinds, person__is_active=True)
    return list(dict.fromkeys(role.person for role in roles.select_related("person").order_by("pk")))


def _hold(request):
    return _held(RoomRequest.objects.filter(pk=request.pk))[0]


def _held(rows):
    """These rows as they are now, locked, in the order in which everybody locks them."""
    rows = rows.select_for_update(of=("self",), no_key=True).select_related("person", "school", "cover_person")
    return list(rows.order_by("pk"))


def _works_there(person, school, day):
    return Affiliation.objects.current(day).filter(person=person, school=school).exists()


def _decide(row, state, by, *fields):
    row.state, row.decided_by, row.decided_at = state, by, now()
    row.save(update_fields=["state", "decided_by", "decided_at", *fields])


def _tell_cover(row, by):
    if row.is_granted and row.cover_person:
        record("organisations.cover_given", by=by, about=row, tell=[row.cover_person])


def _release_cover(row, by, day):
    """Who would take the class need not: on that day."""
    if row.cover_person:
        record("organisations.cover_off", by=by, about=row, tell=[row.cover_person], day=day.isoformat())


def _tell_planners(rows, by):
    """One line for all classes that nobody takes yet."""
    if rows:
        tell = with_role(rows[0].school, RoleKind.PLANNER)
        record("organisations.cover_needed", by=by, about=rows[0], tell=tell, count=len(rows))
