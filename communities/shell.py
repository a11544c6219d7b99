"""Our lines in the main menu and our tabs of a PLG."""

from django.utils.translation import gettext as _

from communities.choices import Kind
from communities.registry import places
from communities.rules import standing
from core.context import item
from core.links import address
from organisations.rules import standing as at_work


def items(user):
    """My PLGs, the directory and, beneath her name, her logbook; for who connects or is confidant her own page."""
    also = [place() for place in places.values()]
    lines = [
        item("communities:index", _("My PLGs"), "users-group", 20, also=also, phone=True),
        item("communities:logbook", _("My logbook"), "writing", 64, own=True),
        item("communities:directory", _("Find a PLG"), "search", 60),
    ]
    if networks := at_work(user).connects:
        lines.append(item("communities:connector", _("Connect"), "arrows-join", 30, args=[min(networks)]))
    if at_work(user).confidant_of:
        lines.append(item("communities:complaints", _("As confidant"), "lock", 80))
    return lines


def overview(community, user):
    return {"url": address("communities:home", community.pk), "label": _("Overview"), "order": 0}


def members(community, user):
    return {"url": address("communities:members", community.pk), "label": _("Members"), "order": 90}


def home_tasks(community, user):
    """Always in a learning network; in a PLG for who may set one, and for all once there is one."""
    mine = standing(user)
    if community.pk not in mine.member_of | mine.reads_on:
        return None
    is_usual = community.kind == Kind.LEARNING_NETWORK or community.pk in mine.leads
    if not is_usual and not community.has_home_tasks:
        return None
    return {"url": address("communities:home_tasks", community.pk), "label": _("Home tasks"), "order": 40}


def logbook(community, user):
    """What members write down for each other; not for who reads on after leaving."""
    if community.pk not in standing(user).member_of:
        return None
    return {"url": address("communities:plg_logbook", community.pk), "label": _("Logbook"), "order": 50}


def of_board(board, user):
    """The new school year, for who runs a board."""
    return [
        {
            "url": address("communities:school_year", board.pk),
            "label": _("New school year"),
            "icon": "calendar-repeat",
            "said": _("Which PLGs go on, who leaves, study days."),
        }
    ]
