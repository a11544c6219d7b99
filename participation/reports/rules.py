"""Who reads and writes a year report. Before it is released no leader's or administrator's role opens it."""

from django.apps import apps
from django.db.models import Q

from communities.rules import standing
from core.standing import remembered_of_many
from organisations.rules import standing as at_work


def view(user):
    """Its PLG or network; who is named in it, once it lies before the members; who may read what is released."""
    return write(user) | _named(user) | (Q(state="released") & (_from_above(user) | _told_along(user)))


def write(user):
    """Whoever takes part; of a network's report, who runs it."""
    return Q(community__in=standing(user).member_of) | Q(network__in=at_work(user).networks_run)


def lead(user):
    """The facilitators; of a network's report, who runs it."""
    return Q(community__in=standing(user).leads) | Q(network__in=at_work(user).networks_run)


# As ids, fetched once for many readers: a letter asks these rules in Python (docs/decisions/0013).


@remembered_of_many
def _named_in(users):
    rows = apps.get_model("reports", "Naming").objects.filter(person__in=[user.pk for user in users])
    return _ids(users, rows.values_list("person", "report"), lambda user: {user.pk})


def _named(user):
    return Q(state__in=["laid", "released"], pk__in=_named_in(user))


@remembered_of_many
def _through_schools(users):
    """Released reports of PLGs in which people of the schools take part that each of them leads or runs."""
    places = {user.pk: _places(user) for user in users}
    schools, boards, networks = (set().union(*(each[n] for each in places.values())) for n in range(3))
    if not (schools or boards or networks):
        return dict.fromkeys(places, frozenset())
    through = apps.get_model("reports", "Report").schools.through.objects.filter(report__state="released")
    rows = list(
        through.filter(Q(school__in=schools) | Q(school__board__in=boards) | Q(school__networks__in=networks))
        .values_list("report", "school", "school__board", "school__networks")
        .distinct()
    )
    return {
        pk: frozenset(row[0] for row in rows if row[1] in mine[0] or row[2] in mine[1] or row[3] in mine[2])
        for pk, mine in places.items()
    }


def _places(user):
    mine = at_work(user)
    return mine.schools_led, mine.boards_run | mine.boards_reached, mine.networks_run


def _from_above(user):
    """Who leads a school of its members, runs a board of theirs, or a network in which that board or school is."""
    schools, boards, networks = _places(user)
    if not (schools or boards or networks):
        return Q(pk__in=[])
    found = Q(pk__in=_through_schools(user))
    found |= Q(community__board__in=boards) | Q(community__owner_network__in=networks)
    mine = at_work(user)
    if mine.schools_led or mine.boards_run:
        found |= Q(network__in=mine.networks)
    return found


@remembered_of_many
def _tells_of_mine(users):
    plgs = set().union(*(standing(user).member_of for user in users))
    rows = apps.get_model("reports", "Report").sources.through.objects.filter(to_report__community__in=plgs)
    return _ids(users, rows.values_list("to_report__community", "from_report"), lambda user: standing(user).member_of)


def _told_along(user):
    """A network's report is also read in the PLGs of which it tells."""
    return Q(pk__in=_tells_of_mine(user))


def _ids(users, rows, keys_of):
    """{id of a user: the second of each row whose first is one of her keys}."""
    rows = list(rows)
    return {user.pk: frozenset(pk for key, pk in rows if key in keys_of(user)) for user in users}


def view_network(user):
    """The networks whose own reports she writes. Plainly ids."""
    return Q(pk__in=at_work(user).networks_run)


def reads_from_above(user):
    """True for whoever has a place of which released reports reach her."""
    mine = at_work(user)
    return bool(mine.schools_led or mine.boards_run or mine.networks_run)
