"""The screens of PLGs, by what one comes for."""

from communities.views.care import appoint, complain, complaint, complaints, handle, propose
from communities.views.finding import directory, index
from communities.views.inviting import accept_by_mail, decline_by_mail, invite, resend, revoke
from communities.views.joining import (
    accept,
    accept_offer,
    admit,
    decline,
    decline_offer,
    join,
    turn_down,
    withdraw,
)
from communities.views.life import begin, close, edit, recruit, rest, resume, start
from communities.views.members import change_role, hand_over, keep, leave, members, remove
from communities.views.pages import home
from communities.views.pairs import pair, pairs

__all__ = [
    "accept",
    "accept_by_mail",
    "accept_offer",
    "admit",
    "appoint",
    "begin",
    "change_role",
    "close",
    "complain",
    "complaint",
    "complaints",
    "decline",
    "decline_by_mail",
    "decline_offer",
    "directory",
    "edit",
    "hand_over",
    "handle",
    "home",
    "index",
    "invite",
    "join",
    "keep",
    "leave",
    "members",
    "pair",
    "pairs",
    "propose",
    "recruit",
    "remove",
    "resend",
    "rest",
    "resume",
    "revoke",
    "start",
    "turn_down",
    "withdraw",
]
