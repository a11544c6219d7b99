from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import outbox
from activity.journal import record
from activity.kinds import kinds
from core import registry
from core.refusals import Refused
from core.time import today
from organisations import regions
from organisations.actions import room, time
from organisations.actions.roles import close, hold_place, is_last_of_platform
from organisations.models import Affiliation, Role, RoomRequest, TimeBudget
from people.actions import close_sessions


@transaction.atomic
def add_affiliation(person, place, function, *, by, from_on=None, until_on=None, title=""):
    """A person works at this school, board or partner from now on; a second place beside it is normal.

    Raises Refused when she works there already or when the last day lies before the first.
    """
    where = {type(place).__name__.lower(): hold_place(place)}
    type(person).objects.select_for_update().get(pk=person.pk)
    if person.affiliations.filter(Q(until_on=None) | Q(until_on__gte=today()), **where).exists():
        raise Refused(_("%(person)s works at %(place)s already.") % {"person": person, "place": place})
    first = from_on or today()
    _refuse_wrong_days(first, until_on)
    affiliation = Affiliation.objects.create(
        person=person, function=function, title=title, from_on=first, until_on=until_on, **where
    )
    regions.follow([person])
    record(
        "organisations.affiliation_added",
        by=by,
        about=affiliation,
        tell=_joined(person),
        place=str(place),
        function=function,
    )
    return affiliation


def _joined(person):
    """News of her work is for whoever signed in once; anybody else hears from us first by an invitation."""
    return [person] if person.has_joined else []


def _refuse_wrong_days(first, last):
    if last and last < first:
        raise Refused(_("The last day lies before the first day."), "until_on")


@transaction.atomic
def change_function(affiliation, function, *, by, title=""):
    """Another function at the same place; what she takes part in stays as it is."""
    affiliation = _locked(affiliation)
    if (affiliation.function, affiliation.title) == (function, title):
        return affiliation
    before, affiliation.function, affiliation.title = affiliation.function, function, title
    affiliation.save(update_fields=["function", "title"])
    record(
        "organisations.function_changed",
        by=by,
        about=affiliation,
        tell=_joined(affiliation.person),
        place=str(affiliation.place),
        before=before,
        function=function,
    )
    return affiliation


@transaction.atomic
def end_affiliation(affiliation, *, by, until_on=None):
    """Set somebody's last day at a place, or (none given) let it end at once.

    A day that has passed lets everything follow now; a later one waits for `end_due`. Raises Refused when it has
    ended already, when the last day lies before the first, or when a role would end that `by` may not end.
    """
    affiliation = _locked(affiliation)
    if affiliation.ended_at:
        raise Refused(_("This has ended already."))
    if until_on:
        _refuse_wrong_days(affiliation.from_on, until_on)
    if reason := why_not_end(affiliation, by=by, until_on=until_on):
        raise Refused(reason)
    affiliation.until_on = until_on or today() - timedelta(days=1)
    affiliation.from_on = min(affiliation.from_on, affiliation.until_on)
    affiliation.save(update_fields=["from_on", "until_on"])
    if affiliation.until_on < today():
        _farewell(affiliation, by=by)
    else:
        record(
            "organisations.affiliation_ends",
            by=by,
            about=affiliation,
            tell=_joined(affiliation.person),
            place=str(affiliation.place),
            until=affiliation.until_on.isoformat(),
        )
    return affiliation


def why_not_end(affiliation, *, by, until_on=None):
    """Why this person may not set the last day there, or "": a role that is not hers to end would end with it."""
    ends = [role.pk for role in _roles_that_end(affiliation, _is_last(affiliation, until_on))]
    if not ends:
        return ""
    if affiliation.person == by:
        return _("You have a role here yourself. Ask somebody who stands above you to set your last day.")
    kept = Role.objects.filter(pk__in=ends).exclude(pk__in=Role.objects.allowing(by, "end"))
    role = kept.select_related("school", "board", "network").first()
    if role is None:
        return ""
    return _("%(person)s also has a role that you cannot end: %(role)s. Ask who gave it to end that first.") % {
        "person": affiliation.person,
        "role": role,
    }


def built_on(rows):
    """Of these places of work those on which something rests by now: a role there, time, room in the timetable."""
    there = {"person": OuterRef("person"), "school": OuterRef("school")}
    roles = Role.objects.current().filter(Q(school=OuterRef("school")) | Q(board=OuterRef("board")))
    return rows.filter(
        Exists(roles.filter(person=OuterRef("person")))
        | Exists(TimeBudget.objects.filter(**there))
        | Exists(RoomRequest.objects.live().filter(**there))
    )


def end_due():
    """Every night: let follow what must follow where somebody's last day has passed. Returns how many."""
    over = Affiliation.objects.filter(until_on__lt=today(), ended_at=None).values_list("pk", flat=True)
    done = 0
    for pk in list(over):
        with transaction.atomic():
            affiliation = _locked(Affiliation(pk=pk))
            if not affiliation.ended_at:
                _farewell(affiliation, by=None)
                done += 1
    return done


def _locked(affiliation):
    rows = Affiliation.objects.select_for_update(of=("self",))
    return rows.select_related("person", "school__board", "board", "partner").get(pk=affiliation.pk)


def _farewell(affiliation, *, by):
    """Roles at that place end; with the last place all roles, waiting mail and sessions. The account stays hers."""
    person = affiliation.person
    affiliation.ended_at = now()
    affiliation.save(update_fields=["ended_at"])
    is_last = _is_last(affiliation)
    for role in _roles_that_end(affiliation, is_last):
        close(role, by=by)
    if is_last:  # before the one letter that tells her so
        changeable = [name for name, kind in kinds.items() if not kind.fixed]
        outbox.withdraw(person=person, kind__in=changeable)
    record(
        "organisations.affiliation_ended",
        by=by,
        about=affiliation,
        tell=_joined(person),
        place=str(affiliation.place),
        last=is_last,
    )
    room.leave_room(affiliation, by)
    time.shorten_time(affiliation)
    for follow in registry.farewells.values():
        follow(affiliation, by)
    if is_last:
        close_sessions(person)


def _is_last(affiliation, until_on=None):
    """True when this person works nowhere else after that day; none is given: from today on."""
    others = affiliation.person.affiliations.exclude(pk=affiliation.pk)
    lasting = Q(until_on__gt=until_on) if until_on and until_on >= today() else Q(until_on__gte=today())
    return not others.filter(Q(until_on=None) | lasting).exists()


def _roles_that_end(affiliation, is_last):
    roles = affiliation.person.roles.current().select_related("person", "school", "board", "network")
    if is_last:
        return [role for role in roles if not is_last_of_platform(role)]
    if affiliation.school_id:
        here = Q(school=affiliation.school_id)
        board = affiliation.school.board_id
    else:
        here, board = Q(pk__in=[]), affiliation.board_id
    elsewhere = affiliation.person.affiliations.current().filter(Q(board=board) | Q(school__board=board))
    if board and not elsewhere.exists():
        here |= Q(board=board) | Q(school__board=board)
    return list(roles.filter(here))
