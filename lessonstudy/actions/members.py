"""Who takes part in a cycle, as what; and what follows when somebody stops halfway."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, record
from communities.models import Membership
from core import standing, streams
from core.refusals import Refused
from lessonstudy import guards, steps
from lessonstudy.actions import agreeing
from lessonstudy.actions.making import ACCEPT, ask_to_accept, why_not_write
from lessonstudy.actions.moving import hold
from lessonstudy.choices import TEAM, LessonState, Role
from lessonstudy.models import CycleMember


def colleagues(cycle_or_plg, besides=()):
    """The people of the PLG who could take part, by name."""
    plg = getattr(cycle_or_plg, "community_id", None) or cycle_or_plg.pk
    rows = Membership.objects.active().filter(community=plg, person__isnull=False).exclude(person__in=besides)
    return [row.person for row in rows.select_related("person").order_by("person__sort_name")]


def _guided(cycle, by):
    """The cycle, locked, in the hands of somebody who guides it or may appoint."""
    cycle = hold(cycle)
    if reason := why_not_write(cycle):
        raise Refused(reason)
    if not type(cycle).objects.filter(pk=cycle.pk).allowing(by, "hand_over").exists():
        raise Refused(_("The process facilitator does this."))
    return cycle


@transaction.atomic
def add(cycle, *, by, people, role=Role.TEACHER):
    """Ask people of the PLG to take part. Who left comes back in her own row."""
    cycle = _guided(cycle, by)
    if role == Role.GUIDE:
        raise Refused(_("There is one process facilitator. Hand it over instead."), "role")
    may = {person.pk for person in colleagues(cycle)}
    for person in people:
        if person.pk not in may:
            raise Refused(_("%(name)s does not take part in this PLG.") % {"name": person})
        fresh = {"role": role, "left_at": None, "joined_at": now(), "charter_accepted_at": None, "is_deputy": False}
        CycleMember.objects.update_or_create(cycle=cycle, person=person, defaults=fresh)
        standing.forget(person)
    record("lessonstudy.joined", by=by, about=cycle, tell=people, community=cycle.community_id)
    _ask_what_is_open(cycle)
    streams.tell(cycle.channel, "members")


def _ask_what_is_open(cycle):
    """Of who is of the team now: whether she agrees with the charter, and with an outcome that the team is asked."""
    ask_to_accept(cycle)
    agreeing.ask_newcomers(cycle)


@transaction.atomic
def change(member, *, by, role, is_deputy):
    """Another role, or the right to take the steps as well."""
    cycle = _guided(member.cycle_id, by)
    member = _now(cycle, member)
    if Role.GUIDE in (role, member.role) and role != member.role:
        raise Refused(_("There is one process facilitator. Hand it over instead."), "role")
    if is_deputy and role == Role.GUEST:
        raise Refused(_("A guest takes no steps."), "is_deputy")
    member.role, member.is_deputy = role, is_deputy and role != Role.GUIDE
    member.save(update_fields=["role", "is_deputy"])
    if role in TEAM:
        _ask_what_is_open(cycle)
    else:
        answered(ACCEPT, about=cycle, person=member.person)
    record("lessonstudy.role_changed", by=by, about=cycle, community=cycle.community_id, role=role)
    streams.tell(cycle.channel, "members")


@transaction.atomic
def hand_over(member, *, by):
    """Somebody else guides from now on; who did so stays in the team."""
    cycle = _guided(member.cycle_id, by)
    member = _now(cycle, member)
    if member.role not in TEAM | {Role.EXPERT}:
        raise Refused(_("A guest takes no steps."))
    cycle.members.now().filter(role=Role.GUIDE).exclude(pk=member.pk).update(role=Role.TEACHER)
    member.role, member.is_deputy = Role.GUIDE, False
    member.save(update_fields=["role", "is_deputy"])
    _ask_what_is_open(cycle)
    record("lessonstudy.handed_over", by=by, about=cycle, tell=[member.person], community=cycle.community_id)
    streams.tell(cycle.channel, "members")


def why_not_leave(member):
    """Why she does not stop now, or ""."""
    if member.left_at:
        return _("You do not take part any more.")
    others = member.cycle.members.now().exclude(pk=member.pk).exists()
    if member.role == Role.GUIDE and others:
        return _("You guide this cycle. Hand it over first.")
    return ""


@transaction.atomic
def leave(member, *, by):
    """She stops, or the process facilitator writes down that she did. What she wrote stays under her name."""
    cycle = hold(member.cycle_id)
    member = _now(cycle, member)
    if member.person != by and steps.GUIDE not in steps.parts_of(by, cycle):
        raise Refused(_("The process facilitator does this."))
    if reason := why_not_leave(member):
        raise Refused(reason)
    depart(cycle, member)
    record("lessonstudy.left", by=by, about=cycle, community=cycle.community_id)
    streams.tell(cycle.channel, "members")


def depart(cycle, member):
    """Nobody counts on her any more: the lesson that is to come, what she was to observe, what was asked of her."""
    member.left_at, member.is_deputy = now(), False
    member.save(update_fields=["left_at", "is_deputy"])
    person = member.person
    lesson = guards.lesson_of(cycle)
    if lesson and lesson.state == LessonState.PLANNED:
        for name in ("teacher", "chair", "recorder"):
            if getattr(lesson, f"{name}_id") == person.pk:
                setattr(lesson, name, None)
        lesson.save(update_fields=["teacher", "chair", "recorder"])
        lesson.assignments.filter(observer=person).delete()
    elif lesson:
        noted = lesson.observations.standing().filter(observer=person).exists()
        row = lesson.assignments.filter(observer=person, handed_in_at=None)
        row.update(**({"handed_in_at": now()} if noted else {"was_absent": True}))  # who noted something was there
        if lesson.chair_id == person.pk and not lesson.opened_at:
            lesson.chair = None
            lesson.save(update_fields=["chair"])
    answered(ACCEPT, about=cycle, person=person)
    if hasattr(cycle, "outcome"):
        answered(agreeing.ASKED, about=cycle.outcome, person=person)
    standing.forget(person)


def parted(membership):
    """She stopped with the PLG, and so with its cycles; a guide leaves hers to whoever the facilitator appoints."""
    rows = CycleMember.objects.now().filter(cycle__community=membership.community_id, person=membership.person_id)
    if membership.person_id is None:
        return
    for member in rows.select_related("cycle", "person"):
        depart(hold(member.cycle_id), member)


def leave_all(person):
    """She leaves every cycle as anybody does: the lesson to come and what was asked of her do not count on her."""
    for member in CycleMember.objects.now().filter(person=person).select_related("person"):
        depart(hold(member.cycle_id), member)


def _now(cycle, member):
    found = cycle.members.now().select_related("person").filter(pk=member.pk).first()
    if found is None:
        raise Refused(_("This person does not take part any more."))
    found.cycle = cycle
    return found
