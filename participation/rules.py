"""Who may see figures. They are sums of five people or more, made elsewhere; no rule here opens a row of the ledger."""

from django.db.models import Q

from organisations.rules import standing


def figures_of_school(user):
    """Those who lead it, and who runs its board. A planner makes a timetable and needs no figures."""
    mine = standing(user)
    return Q(pk__in=mine.schools_led) | Q(board__in=mine.boards_run)


def figures_of_board(user):
    """Whoever runs it."""
    return Q(pk__in=standing(user).boards_run)


def figures_of_network(user):
    """Whoever runs it: by board, never by school."""
    return Q(pk__in=standing(user).networks_run)


def figures_of_nation(user):
    """The platform sees the whole country, and no board or school of it. Plainly true or false."""
    return standing(user).is_platform_admin


def look_along(user):
    """What a school's leader sees, for everybody who works there; she may see how they see it."""
    mine = standing(user)
    return Q(pk__in=mine.works_at | mine.schools_led)


def any_figures(user):
    """True for whoever has a place of which she may see figures."""
    mine = standing(user)
    return bool(mine.schools_led or mine.boards_run or mine.networks_run) or mine.is_platform_admin


def see_needs(user):
    """Whoever runs a board or network: which of its PLGs could use help. Plainly true or false."""
    mine = standing(user)
    return bool(mine.boards_run or mine.networks_run)
