"""Meetings and what belongs to them, one module a subject."""

from communities.meetings.models.meeting import (
    COUNTS,
    Answer,
    Attendance,
    CalendarChoice,
    Meeting,
    Meetings,
    Series,
)

__all__ = [
    "COUNTS",
    "Answer",
    "Attendance",
    "CalendarChoice",
    "Meeting",
    "Meetings",
    "Series",
]
