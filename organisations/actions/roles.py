from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import record
from core.refusals import Refused
from organisations import rules
from organisations.choices import RoleKind
from organisations.models import Role

#: Whom the board's own administrator gives a role must work there; the platform may appoint from outside.
AT_HOME = {RoleKind.SCHOOL_LEADER, RoleKind.PLANNER, RoleKind.CONFIDANT}


def hold_place(place):
    """This school, board or network as it is now, for us alone until the end of the deed.

    Raises Refused where nothing begins any more: it went up into another one, or is gone.
    """
    place = type(place).objects.select_for_update(of=("self",), no_key=True).get(pk=place.pk)
    if getattr(place, "gone_at", None):
        raise Refused(_("%(place)s does not exist any more.") % {"place": place})
    return place


@transaction.atomic
def give_role(person, kind, place=None, *, by):
    """Let a person manage something: a school, board or network, or (no place) the platform.

    Raises PermissionDenied when `by` may not give this role there, Refused when it is her own, when she has it
    already, or when she does not work at that board.
    """
    if not may_give(by, kind, place):
        raise PermissionDenied
    if person == by:
        raise Refused(_("You cannot give a role to yourself. Ask somebody who stands above you."))
    if not person.is_active:
        raise Refused(_("%(person)s has no open account.") % {"person": person})
    place = place and hold_place(place)
    if kind in AT_HOME and not works_for(person, getattr(place, "board", None) or place):
        raise Refused(_("%(person)s does not work at this board.") % {"person": person})
    where = {type(place).__name__.lower(): place} if place else {}
    try:
        with transaction.atomic():
            role = Role.objects.create(person=person, kind=kind, given_by=by, **where)
    except IntegrityError:
        raise Refused(_("%(person)s has this role already.") % {"person": person}) from None
    record("organisations.role_given", by=by, about=role, tell=[person], role=kind, place=str(place or ""))
    return role


def may_give(user, kind, place=None):
    """True when this user may give this role at this place."""
    if place is None:
        return kind == RoleKind.PLATFORM_ADMIN and rules.standing(user).is_platform_admin
    power = f"give_{kind}"
    return power in place.rules and type(place).objects.allowing(user, power).filter(pk=place.pk).exists()


def works_for(person, board):
    """True when this person works at this board or at one of its schools today."""
    mine = person.affiliations.current()
    return mine.filter(board=board).exists() or mine.filter(school__board=board).exists()


@transaction.atomic
def end_role(role, *, by):
    """Take a role back; the person is told."""
    role = Role.objects.select_for_update(of=("self",)).select_related("person").get(pk=role.pk)
    if role.ended_at:
        raise Refused(_("This role has ended already."))
    if is_last_of_platform(role):
        raise Refused(_("This is the last platform administrator. Name another one first."))
    close(role, by=by)
    return role


def is_last_of_platform(role):
    """True when nobody would run the platform without this role."""
    others = Role.objects.current().filter(kind=RoleKind.PLATFORM_ADMIN).exclude(pk=role.pk)
    return role.kind == RoleKind.PLATFORM_ADMIN and not others.exists()


def close(role, *, by):
    """End a role and write it down, whoever decided so."""
    role.ended_at = now()
    role.save(update_fields=["ended_at"])
    record(
        "organisations.role_ended",
        by=by,
        about=role,
        tell=[role.person],
        role=role.kind,
        place=str(role.place or ""),
    )
