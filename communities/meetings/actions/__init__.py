"""What happens to meetings: one function a verb."""

from communities.meetings.actions.answering import answer, answer_all
from communities.meetings.actions.attending import mark, mark_all
from communities.meetings.actions.calendar import choose_calendar, renew_key
from communities.meetings.actions.planning import (
    add,
    cancel,
    edit,
    invite_guest,
    move,
    plan,
    release_guest,
    why_not_at,
)

__all__ = [
    "add",
    "answer",
    "answer_all",
    "cancel",
    "choose_calendar",
    "edit",
    "invite_guest",
    "mark",
    "mark_all",
    "move",
    "plan",
    "release_guest",
    "renew_key",
    "why_not_at",
]
