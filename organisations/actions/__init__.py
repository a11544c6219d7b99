"""What happens in organisations: one function a verb, by the noun it is about."""

from organisations.actions.affiliations import (
    add_affiliation,
    change_function,
    end_affiliation,
    end_due,
    why_not_end,
)
from organisations.actions.invitations import accept, invite, resend, revoke
from organisations.actions.joinings import (
    accept_joining,
    ask_for_schools,
    ask_to_join,
    decline_joining,
    withdraw_joining,
)
from organisations.actions.places import (
    create_network,
    create_partner,
    edit,
    join_network,
    leave_network,
    link_schools,
)
from organisations.actions.roles import end_role, give_role
from organisations.actions.staff import answer_row, carry_out, forget_staff_lists, read_staff_list, undo

__all__ = [
    "accept",
    "accept_joining",
    "add_affiliation",
    "answer_row",
    "ask_for_schools",
    "ask_to_join",
    "carry_out",
    "change_function",
    "create_network",
    "create_partner",
    "decline_joining",
    "edit",
    "end_affiliation",
    "end_due",
    "end_role",
    "forget_staff_lists",
    "give_role",
    "invite",
    "join_network",
    "leave_network",
    "link_schools",
    "read_staff_list",
    "resend",
    "revoke",
    "undo",
    "why_not_end",
    "withdraw_joining",
]
