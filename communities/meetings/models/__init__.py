"""Meetings and what belongs to them, one module a subject."""

from communities.meetings.models.action_point import ActionPoint, ActionPoints
from communities.meetings.models.agenda import AgendaItem, Items, Protocol, Protocols
from communities.meetings.models.meeting import COUNTS, Answer, Attendance, CalendarChoice, Meeting, Meetings, Series
from communities.meetings.models.minutes import Approval, ManyMinutes, Minutes, MinutesVersion
from communities.meetings.models.poll import Poll, PollOption, Polls, Vote
from communities.meetings.models.run import LONGEST_LINE, ExitTicket, Line, Run, Runs, RunSeat, RunStep

__all__ = [
    "COUNTS",
    "LONGEST_LINE",
    "ActionPoint",
    "ActionPoints",
    "AgendaItem",
    "Answer",
    "Approval",
    "Attendance",
    "CalendarChoice",
    "ExitTicket",
    "Items",
    "Line",
    "ManyMinutes",
    "Meeting",
    "Meetings",
    "Minutes",
    "MinutesVersion",
    "Poll",
    "PollOption",
    "Polls",
    "Protocol",
    "Protocols",
    "Run",
    "RunSeat",
    "RunStep",
    "Runs",
    "Series",
    "Vote",
]
