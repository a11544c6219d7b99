"""Where a person works: to whom a PLG of hers may belong, and for which school she takes part."""

from django.db.models import Q

from core.time import today
from organisations.models import Board, Network, School
from organisations.rules import standing as at_work


def owners_for(user):
    """The schools, boards and networks to which a PLG started by this person may belong, as (key, place)."""
    mine = at_work(user)
    schools = School.objects.open().filter(pk__in=mine.works_at | mine.schools_led).order_by("sort_name")
    own_boards = user.affiliations.current().exclude(board=None).values("board")
    boards = Board.objects.filter(Q(pk__in=mine.boards_run) | Q(pk__in=own_boards)).order_by("sort_name")
    networks = Network.objects.filter(pk__in=mine.networks_run).order_by("sort_name")
    return [(f"{type(place).__name__.lower()}-{place.pk}", place) for place in (*schools, *boards, *networks)]


def schools_of(person):
    """The schools at which this person works now."""
    day = today()
    current = Q(affiliations__from_on__lte=day) & (Q(affiliations__until_on=None) | Q(affiliations__until_on__gte=day))
    return School.objects.filter(current, affiliations__person=person).distinct().order_by("sort_name")


def school_of(person, *, near=None, chosen=None):
    """The school for which somebody takes part: the chosen one of hers, else that of the PLG, else her first."""
    schools = list(schools_of(person))
    if chosen in schools:
        return chosen
    own = [school for school in schools if near and school.pk == near.owner_school_id]
    return (own or schools or [None])[0]
