"""What happens in PLGs: one function a verb, each atomic, each with its line in the journal."""

from communities.actions.accounts import claim, farewell, merge
from communities.actions.appointing import appoint, propose, why_not_propose
from communities.actions.complaints import complain, handle, note_reading
from communities.actions.inviting import arrive, close_expired, forget_addresses, invite, resend, revoke
from communities.actions.joining import accept, admit, decline, join, turn_down, why_not_join, withdraw
from communities.actions.life import begin, close, edit, recruit, rest, resume, start
from communities.actions.members import (
    change_role,
    hand_over,
    keep,
    leave,
    remove,
    why_not_leave,
)
from communities.actions.pairs import pair
from communities.actions.seats import accept_offer, decline_offer, pass_on_offers

__all__ = [
    "accept",
    "accept_offer",
    "admit",
    "appoint",
    "arrive",
    "begin",
    "change_role",
    "claim",
    "close",
    "close_expired",
    "complain",
    "decline",
    "decline_offer",
    "edit",
    "farewell",
    "forget_addresses",
    "hand_over",
    "handle",
    "invite",
    "join",
    "keep",
    "leave",
    "merge",
    "note_reading",
    "pair",
    "pass_on_offers",
    "propose",
    "recruit",
    "remove",
    "resend",
    "rest",
    "resume",
    "revoke",
    "start",
    "turn_down",
    "why_not_join",
    "why_not_leave",
    "why_not_propose",
    "withdraw",
]
