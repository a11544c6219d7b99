"""The screens of meetings, one module a subject."""

from communities.meetings.views.answering import answer, answer_by_mail
from communities.meetings.views.attending import attendance, mark, mark_all
from communities.meetings.views.calendar import calendar_choice, feed, renew_key
from communities.meetings.views.lists import agenda, dates, index
from communities.meetings.views.meeting import cancel, detail, edit, invite_guest, move, people, release_guest
from communities.meetings.views.planning import add, plan

__all__ = [
    "add",
    "agenda",
    "answer",
    "answer_by_mail",
    "attendance",
    "calendar_choice",
    "cancel",
    "dates",
    "detail",
    "edit",
    "feed",
    "index",
    "invite_guest",
    "mark",
    "mark_all",
    "move",
    "people",
    "plan",
    "release_guest",
    "renew_key",
]
