"""Words and doors of the matrix: who gets which answer. `__init__.py` explains the answers."""

from dataclasses import dataclass, field

ROLES = [
    "anonymous",
    "invitee",
    "member",
    "guest",
    "ex_member",
    "facilitator",
    "school_leader",
    "planner",
    "board_admin",
    "network_admin",
    "platform_admin",
    "stranger",
]
INSIDE = "member facilitator"
#: Whoever works at a school or board of De Brug finds PLG Rekenen in the directory; its card says little.
SEES_CARD = "invitee member guest ex_member facilitator school_leader planner board_admin network_admin"
OUTSIDE = "invitee guest ex_member school_leader planner board_admin network_admin"


def door(rest="hidden", anonymous="login", **answers):
    """Everybody's answer: `rest`, but for the roles that are named after an answer (`not_so` reads "not so")."""
    found = dict.fromkeys(ROLES, rest) | {"anonymous": anonymous}
    for answer, roles in answers.items():
        for role in roles.split():
            found[role] = answer.replace("_", " ")
    return found


def everybody(answer):
    """The same for all, signed in or not."""
    return dict.fromkeys(ROLES, answer)


def all_signed_in(answer):
    """The same for all who are signed in."""
    return door(answer)


NOT_SO = all_signed_in("not so")
NEVER = everybody("not so")


@dataclass(frozen=True)
class Row:
    """One address: the answers to GET and POST."""

    get: dict
    post: dict
    args: tuple = ()
    data: dict = field(default_factory=dict)


def row(get, post, *args, **data):
    """A row in one line."""
    return Row(get, post, args, data)


def reads(get, *args):
    """A page that is only read."""
    return Row(get, {role: "login" if get[role] == "login" else "not so" for role in ROLES}, args)


def deed(post, *args, **data):
    """A deed that is only done."""
    return Row({role: "login" if post[role] == "login" else "not so" for role in ROLES}, post, args, data)


def either(get, *args):
    """A page that takes no form; a POST gets the same."""
    return Row(get, get, args)


def form(get, *args, **data):
    """A page with a form; who reads the page gets an empty form back."""
    post = {role: "again" if answer == "page" else answer for role, answer in get.items()}
    return Row(get, post, args, data)


# Doors that return -----------------------------------------------------------------------------
CARD = door(page=SEES_CARD)
LEADS = door(page="facilitator", no=f"{OUTSIDE} member")
LEADS_GOES = door(goes="facilitator", no=f"{OUTSIDE} member")
TAKES_PART = door(page=INSIDE, no=OUTSIDE)
INSIDE_ONLY = door(page=INSIDE)
WRITES = door(page="member", no="facilitator")  # what Amina wrote and shared; Fatima only reads it
FACTS = door(page="school_leader planner board_admin network_admin", no="invitee member guest ex_member facilitator")
MANAGES_MEMBER = door(goes="facilitator", no="member")  # amina's own row: she sees it, Fatima manages it
MANAGES_INVITED = door(goes="facilitator", no="member invitee")
OWN_INVITATION = door(goes="invitee")
PLANS = door(page="facilitator", no="member")
PLANS_GOES = door(goes="facilitator", no="member")
RUNS_BOARD = door("no", page="board_admin platform_admin")
RUNS_BOARD_GOES = door("no", goes="board_admin platform_admin")
RUNS_LIST = door(page="board_admin platform_admin")
RUNS_NETWORKS = door("no", page="network_admin platform_admin")
IN_NETWORK = door(page=f"{SEES_CARD} platform_admin")
RUNS_NETWORK = door(page="network_admin platform_admin", no=SEES_CARD.removesuffix(" network_admin"))
NOT_THE_CONNECTOR = door(no=f"{SEES_CARD} platform_admin")
RUNS_NETWORK_GOES = door(goes="network_admin platform_admin", no=SEES_CARD.removesuffix(" network_admin"))
ANSWERS_JOINING = door(goes="board_admin platform_admin", no="network_admin")
KEEPS_DAYS = door("no", page="school_leader planner board_admin platform_admin")
KEEPS_DAYS_GOES = door("no", goes="school_leader planner board_admin platform_admin")
MANAGES = door("no", page="board_admin network_admin platform_admin")
MEETS_PEOPLE = door("no", page="school_leader board_admin network_admin platform_admin")
SEES_PERSON = door("no", page="school_leader board_admin platform_admin", hidden="network_admin")
PLATFORM = door("no", page="platform_admin")
PLATFORM_HIDDEN = door(page="platform_admin")
