"""The screens of meetings, one module a subject."""

from communities.meetings.views.agendas import (
    add_item,
    agenda_of,
    backlog,
    change_agenda,
    drop_item,
    edit_item,
    item,
    item_file,
    keep_item,
    place_item,
    propose_item,
    remove_item,
)
from communities.meetings.views.answering import answer, answer_by_mail
from communities.meetings.views.attending import attendance, mark, mark_all
from communities.meetings.views.calendar import calendar_choice, feed, renew_key
from communities.meetings.views.freeing import ask_room_for
from communities.meetings.views.lists import agenda, dates, index
from communities.meetings.views.meeting import cancel, detail, edit, invite_guest, move, people, release_guest
from communities.meetings.views.planning import add, plan
from communities.meetings.views.protocols import (
    copy_protocol,
    delete_protocol,
    edit_protocol,
    protocol,
    protocols,
    revert_protocol,
    use_protocol,
)

__all__ = [
    "add",
    "add_item",
    "agenda",
    "agenda_of",
    "answer",
    "answer_by_mail",
    "ask_room_for",
    "attendance",
    "backlog",
    "calendar_choice",
    "cancel",
    "change_agenda",
    "copy_protocol",
    "dates",
    "delete_protocol",
    "detail",
    "drop_item",
    "edit",
    "edit_item",
    "edit_protocol",
    "feed",
    "index",
    "invite_guest",
    "item",
    "item_file",
    "keep_item",
    "mark",
    "mark_all",
    "move",
    "people",
    "place_item",
    "plan",
    "propose_item",
    "protocol",
    "protocols",
    "release_guest",
    "remove_item",
    "renew_key",
    "revert_protocol",
    "use_protocol",
]
