"""*Vandaag*: one home for each voice, each with one strong card and nothing that does not ask or tell something.

A person with several voices (a leader who is in a PLG herself) begins with the
one that manages most, and changes with one tap.
"""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from communities.rules import standing as among_communities
from organisations.rules import standing as at_work
from plg_platform.homes import facilitator, leader, network, teacher

HOMES = {"network": network, "leader": leader, "facilitator": facilitator, "teacher": teacher}


def voices(user):
    """The homes that are hers, the one to begin with first."""
    work, groups = at_work(user), among_communities(user)
    has = {
        "network": bool(work.networks_run or work.boards_run or work.is_platform_admin),
        "leader": bool(work.schools_led),
        "facilitator": bool(groups.leads),
        "teacher": bool(groups.member_of or groups.guest_of) and not groups.leads,
    }
    return [name for name, is_hers in has.items() if is_hers] or ["teacher"]


def choices(user, chosen):
    """The tabs between her homes; none where she has one."""
    labels = {
        "network": pgettext("home of", "administrator"),
        "leader": pgettext("home of", "school leader"),
        "facilitator": pgettext("home of", "facilitator"),
        "teacher": pgettext("home of", "teacher"),
    }
    mine = voices(user)
    if len(mine) == 1:
        return []
    return [{"url": f"?as={name}", "label": labels[name], "current": name == chosen} for name in mine]


def greeting(hour):
    """How we say hello at this hour of the day."""
    if hour < 6:
        return _("Good night")
    if hour < 12:
        return _("Good morning")
    return _("Good afternoon") if hour < 18 else _("Good evening")
