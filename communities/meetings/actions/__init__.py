"""What happens to meetings: one function a verb."""

from communities.meetings.actions.agenda import (
    add_item,
    carry_over,
    carry_over_all,
    drop_item,
    edit_item,
    finish_item,
    keep_item,
    move_item,
    place_item,
    propose_item,
    remove_item,
    restore_item,
    shift_item,
)
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
from communities.meetings.actions.protocols import (
    copy_protocol,
    delete_protocol,
    edit_protocol,
    revert_protocol,
    use_protocol,
)

__all__ = [
    "add",
    "add_item",
    "answer",
    "answer_all",
    "cancel",
    "carry_over",
    "carry_over_all",
    "choose_calendar",
    "copy_protocol",
    "delete_protocol",
    "drop_item",
    "edit",
    "edit_item",
    "edit_protocol",
    "finish_item",
    "invite_guest",
    "keep_item",
    "mark",
    "mark_all",
    "move",
    "move_item",
    "place_item",
    "plan",
    "propose_item",
    "release_guest",
    "remove_item",
    "renew_key",
    "restore_item",
    "revert_protocol",
    "shift_item",
    "use_protocol",
    "why_not_at",
]
