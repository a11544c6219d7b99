from django.db import transaction
from django.utils.translation import gettext as _

from activity.journal import record
from core import registry
from core.refusals import Refused
from organisations.choices import RoleKind
from organisations.models import Board, FormerName, Network, Role, School


@transaction.atomic
def edit(form, *, by):
    """Save the form of a board, school, network or partner; the name it had is kept as a former name."""
    place = form.instance
    former = type(place).objects.filter(pk=place.pk).values_list("name", flat=True).first()
    if isinstance(place, Board) and "name" in form.changed_data:
        place.is_named = True
    place = form.save()
    if isinstance(place, Board | School) and former and former != place.name:
        FormerName.objects.create(**{type(place).__name__.lower(): place}, name=former)
    if form.changed_data:
        record(f"organisations.{type(place).__name__.lower()}_edited", by=by, about=place, what=form.changed_data)
    return place


@transaction.atomic
def create_network(form, *, by):
    """A new network; its first administrator is named on its page."""
    network = form.save()
    record("organisations.network_created", by=by, about=network)
    return network


@transaction.atomic
def create_partner(form, *, by):
    """A new partner organisation."""
    partner = form.save()
    record("organisations.partner_created", by=by, about=partner)
    return partner


@transaction.atomic
def join_network(network, place, *, by):
    """A board or a single school takes part in a network from now on."""
    members_of(network, place).add(place)
    tell = _admins_of(place) if isinstance(place, Board) else _admins_of(place.board)
    record("organisations.network_joined", by=by, about=network, tell=tell, place=str(place))


@transaction.atomic
def leave_network(network, place, *, by):
    """A board or school leaves a network; its people and their PLGs stay as they are."""
    members_of(network, place).remove(place)
    record("organisations.network_left", by=by, about=network, place=str(place))


def members_of(network: Network, place):
    """The boards of a network, or its schools: what this place is."""
    return network.boards if isinstance(place, Board) else network.schools


def _admins_of(board):
    roles = Role.objects.current().filter(kind=RoleKind.BOARD_ADMIN, board=board, person__is_active=True)
    return [role.person for role in roles.select_related("person")] if board else []


@transaction.atomic
def link_schools(board, schools, *, by):
    """Schools that came without a board belong to this board from now on.

    Raises Refused when one of them has a board already: a school is never taken away from another board here.
    """
    rows = School.objects.select_for_update(of=("self",)).filter(pk__in=[school.pk for school in schools])
    for school in rows:
        if school.board_id and school.board_id != board.pk:
            raise Refused(_("%(school)s belongs to another board already.") % {"school": school})
        school.board = board
        school.save(update_fields=["board"])
    for follow in registry.moves.values():
        follow([school.pk for school in rows])
    record("organisations.schools_linked", by=by, about=board, schools=[school.code for school in rows])
