"""Who sees and keeps what was funded: whoever runs the network, board or PLG. Nobody else."""

from django.db.models import Q

from communities.rules import standing
from organisations.rules import standing as at_work


def manage(user):
    """Whoever runs the place for which the money is."""
    mine = at_work(user)
    return Q(network__in=mine.networks_run) | Q(board__in=mine.boards_run) | Q(community__in=standing(user).leads)


def manage_date(user):
    """The same of a day on which something must be reported."""
    mine = at_work(user)
    return (
        Q(grant__network__in=mine.networks_run)
        | Q(grant__board__in=mine.boards_run)
        | Q(grant__community__in=standing(user).leads)
    )


def run_something(user):
    """True for whoever has a place for which money can be given."""
    mine = at_work(user)
    return bool(mine.networks_run or mine.boards_run or standing(user).leads)
