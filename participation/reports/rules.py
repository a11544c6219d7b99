"""Who reads and writes a year report. Before it is released no leader's or administrator's role opens it."""

from django.apps import apps
from django.db.models import Q

from communities.rules import standing
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


def _named(user):
    named = apps.get_model("reports", "Naming").objects.filter(person=user.pk)
    return Q(state__in=["laid", "released"], pk__in=named.values("report"))


def _from_above(user):
    """Who leads a school of its members, runs a board of theirs, or a network in which that board or school is."""
    mine = at_work(user)
    boards = mine.boards_run | mine.boards_reached
    if not (mine.schools_led or boards or mine.networks_run):
        return Q(pk__in=[])
    through = apps.get_model("reports", "Report").schools.through.objects
    schools = through.filter(
        Q(school__in=mine.schools_led) | Q(school__board__in=boards) | Q(school__networks__in=mine.networks_run)
    )
    found = Q(pk__in=schools.values("report"))
    found |= Q(community__board__in=boards) | Q(community__owner_network__in=mine.networks_run)
    if mine.schools_led or mine.boards_run:
        found |= Q(network__in=mine.networks)
    return found


def _told_along(user):
    """A network's report is also read in the PLGs of which it tells."""
    of_mine = apps.get_model("reports", "Report").sources.through.objects
    return Q(pk__in=of_mine.filter(to_report__community__in=standing(user).member_of).values("from_report"))


def view_network(user):
    """The networks whose own reports she writes. Plainly ids."""
    return Q(pk__in=at_work(user).networks_run)


def reads_from_above(user):
    """True for whoever has a place of which released reports reach her."""
    mine = at_work(user)
    return bool(mine.schools_led or mine.boards_run or mine.networks_run)
