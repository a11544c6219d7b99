"""A school goes up into another one, or a board does: what is now comes along, what was stays where it was.

Roles and places of work end at the old place and begin at the new one, PLGs and networks go along. Hours, meetings that
were held and memberships that ended keep the place of their day, so that figures and reports of then stay true.
"""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, record
from core import registry
from core.refusals import Refused
from core.time import today
from organisations.actions.joinings import KIND as JOINING
from organisations.actions.roles import close
from organisations.models import (
    Affiliation,
    FormerName,
    Invitation,
    Joining,
    Role,
    RoomRequest,
    School,
    SignOn,
    StudyDay,
)


def why_not_merge(gone, into):
    """Why this school or board cannot go up into that one, or ""."""
    if gone.pk == into.pk:
        return _("Choose another one: these two are the same.")
    for place in (gone, into):
        if place.merged_into_id:
            return _("%(place)s went up into another one already.") % {"place": place}
        if place.gone_at:
            return _("%(place)s does not exist any more.") % {"place": place}
    if isinstance(gone, School) and gone.board_id != into.board_id:
        return _("These schools belong to different boards. Bring them under one board first.")
    return ""


@transaction.atomic
def merge_schools(gone, into, *, by):
    """This school goes up into that one, both of one board. Raises Refused with `why_not_merge`, PermissionDenied."""
    gone, into = _hold(gone, into, by)
    _invitations_go_along(gone, into, "school")  # first: whoever takes one up at this moment works here before we look
    _work_goes_along(gone, into, "school")
    _roles_go_along(gone, into, "school", by)
    _study_days_go_along(gone, into)
    RoomRequest.objects.to_come().filter(school=gone).update(school=into)
    _joinings_end(Q(school=gone))
    for asking in Joining.objects.open().filter(schools=gone):
        asking.schools.remove(gone)
    return _close(gone, into, "schools", by)


@transaction.atomic
def merge_boards(gone, into, *, by, with_administrators):
    """This board goes up into that one, with its schools.

    `with_administrators`: whoever ran the old board runs the new one from now on, and its confidants stay so; else
    these roles end. Raises Refused with `why_not_merge`, PermissionDenied.
    """
    gone, into = _hold(gone, into, by)
    schools = School.objects.select_for_update(no_key=True).filter(board=gone).order_by("pk")
    schools = list(schools.values_list("pk", flat=True))
    School.objects.filter(pk__in=schools).update(board=into)
    for follow in registry.moves.values():
        follow(schools)
    _invitations_go_along(gone, into, "board")
    _work_goes_along(gone, into, "board")
    if with_administrators:
        _roles_go_along(gone, into, "board", by)
    for role in Role.objects.current().filter(board=gone).select_related("person", "board"):
        close(role, by=by)
    SignOn.objects.filter(board=gone).update(board=into)
    _joinings_end(Q(board=gone))
    return _close(gone, into, "boards", by)


def _hold(gone, into, by):
    """Both, locked in one order, as they are now."""
    model = type(gone)
    if model.objects.allowing(by, "manage").filter(pk__in=[gone.pk, into.pk]).count() < len({gone.pk, into.pk}):
        raise PermissionDenied
    rows = model.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=[gone.pk, into.pk])
    held = {each.pk: each for each in rows.order_by("pk")}
    gone, into = held[gone.pk], held[into.pk]
    if reason := why_not_merge(gone, into):
        raise Refused(reason)
    return gone, into


def _work_goes_along(gone, into, field):
    """Whoever works there works at the other one from today; that she worked here stays written."""
    yesterday = today() - timedelta(days=1)
    lasting = Affiliation.objects.filter(Q(until_on=None) | Q(until_on__gte=today()), ended_at=None)
    here, there = lasting.filter(**{field: gone}), lasting.filter(**{field: into})
    both = {row.person_id: row for row in there.filter(person__in=here.values("person")).order_by("-from_on", "-pk")}
    twice = here.filter(person__in=both)
    for row in twice:
        _work_as_long(both[row.person_id], row)
    twice.filter(from_on__gt=yesterday).delete()
    twice.update(until_on=yesterday, ended_at=now())
    here.filter(from_on__gte=today()).update(**{field: into})
    going = list(here)
    Affiliation.objects.bulk_create(
        Affiliation(
            person_id=row.person_id,
            function=row.function,
            title=row.title,
            from_on=today(),
            until_on=row.until_on,
            **{field: into},
        )
        for row in going
    )
    here.update(until_on=yesterday, ended_at=now())


def _work_as_long(row, other):
    """At the place that goes on from the earlier day, and until the later one, of what she had at both."""
    row.from_on = min(row.from_on, max(other.from_on, today()))
    row.until_on = row.until_on and other.until_on and max(row.until_on, other.until_on)
    row.save(update_fields=["from_on", "until_on"])


def _roles_go_along(gone, into, field, by):
    roles = Role.objects.current().filter(**{field: gone})
    same = Role.objects.current().filter(person=OuterRef("person"), kind=OuterRef("kind"), **{field: into})
    for role in roles.filter(Exists(same)).select_related("person", field):
        close(role, by=by)
    roles.filter(~Exists(same)).update(**{field: into})


def _invitations_go_along(gone, into, field):
    """Those that nobody used; where one to the same address is open at the other place, that one stays."""
    here = Invitation.objects.filter(used_at=None, revoked_at=None, **{field: gone})
    there = Invitation.objects.open().filter(email=OuterRef("email"), **{field: into})
    here.filter(Exists(there)).update(revoked_at=now())
    here.update(**{field: into})


def _study_days_go_along(gone, into):
    """Those to come, unless the other school has that day by the same name or from the same calendar."""
    coming = StudyDay.objects.filter(school=gone, last__gte=today())
    same = StudyDay.objects.filter(
        Q(first=OuterRef("first"), last=OuterRef("last"), name=OuterRef("name")) | Q(uid=OuterRef("uid")) & ~Q(uid=""),
        school=into,
    )
    coming.filter(~Exists(same)).update(school=into)


def _joinings_end(which):
    """Nobody answers for this place any more; who asked can ask the other one."""
    for joining in Joining.objects.open().filter(which):
        answered(JOINING, about=joining)
    Joining.objects.open().filter(which).update(settled_at=now())


def _close(gone, into, kind, by):
    """Networks go along, the old name stays known, upper floors follow, and everybody concerned is told."""
    for network in gone.networks.all():
        getattr(network, kind).add(into)
        getattr(network, kind).remove(gone)
    FormerName.objects.filter(**{type(gone).__name__.lower(): gone}).update(**{type(gone).__name__.lower(): into})
    FormerName.objects.create(**{type(gone).__name__.lower(): into}, name=gone.name)
    type(gone).objects.filter(merged_into=gone).update(merged_into=into)
    gone.merged_into, gone.gone_at = into, now()
    gone.save(update_fields=["merged_into", "gone_at"])
    for follow in registry.mergers.values():
        follow(gone, into)
    record(f"organisations.{kind}_merged", by=by, about=into, tell=_people_of(into), gone=gone.name, into=into.name)
    return into


def _people_of(place):
    """Whoever works there now and signed in once, and whoever manages it."""
    field = type(place).__name__.lower()
    rows = Affiliation.objects.current().filter(
        Q(**{field: place}) | Q(school__board=place.pk if field == "board" else 0)
    )
    people = {row.person for row in rows.select_related("person") if row.person.has_joined}
    return people | {role.person for role in Role.objects.current().filter(**{field: place}).select_related("person")}


def what_goes_along(gone):
    """What a merger would touch, as numbers for the page that says so beforehand."""
    field = type(gone).__name__.lower()
    working = Affiliation.objects.filter(Q(until_on=None) | Q(until_on__gte=today()), **{field: gone})
    found = {
        "people": working.values("person").distinct().count(),
        "roles": list(Role.objects.current().filter(**{field: gone}).select_related("person").order_by("kind")),
        "invitations": Invitation.objects.open().filter(**{field: gone}).count(),
        "networks": list(gone.networks.order_by("sort_name")),
    }
    if field == "board":
        found["schools"] = gone.schools.open().count()
    return found | {name: count(gone) for name, count in registry.merger_counts.items()}
