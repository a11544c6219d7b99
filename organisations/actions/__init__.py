"""What happens in organisations: one function a verb, by the noun it is about."""

from organisations.actions.affiliations import (
    add_affiliation,
    change_function,
    end_affiliation,
    end_due,
    why_not_end,
)
from organisations.actions.bulk import carry_out as carry_out_bulk
from organisations.actions.bulk import forget_deeds
from organisations.actions.bulk import prepare as prepare_bulk
from organisations.actions.bulk import take_back as take_back_bulk
from organisations.actions.invitations import accept, invite, resend, revoke
from organisations.actions.joinings import (
    accept_joining,
    ask_for_schools,
    ask_to_join,
    decline_joining,
    withdraw_joining,
)
from organisations.actions.mergers import merge_boards, merge_schools
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
    "carry_out_bulk",
    "change_function",
    "create_network",
    "create_partner",
    "decline_joining",
    "edit",
    "end_affiliation",
    "end_due",
    "end_role",
    "forget_deeds",
    "forget_staff_lists",
    "give_role",
    "invite",
    "join_network",
    "leave_network",
    "link_schools",
    "merge_boards",
    "merge_schools",
    "prepare_bulk",
    "read_staff_list",
    "resend",
    "revoke",
    "take_back_bulk",
    "undo",
    "why_not_end",
    "withdraw_joining",
]
