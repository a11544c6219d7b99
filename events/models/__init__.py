from events.models.after import Answer, Certificate, EvaluationToken
from events.models.call import Contribution, ContributionAuthor, Review
from events.models.coming import CheckIn, Favourite, Preference, Registration, Seat
from events.models.dates import Block, Dates, Round, TableSeat, Wish
from events.models.event import Announcement, Event, Organiser, Question
from events.models.programme import Allocation, Release, Room, Session, Slot, Unavailable

__all__ = [
    "Allocation",
    "Announcement",
    "Answer",
    "Block",
    "Certificate",
    "CheckIn",
    "Contribution",
    "ContributionAuthor",
    "Dates",
    "EvaluationToken",
    "Event",
    "Favourite",
    "Organiser",
    "Preference",
    "Question",
    "Registration",
    "Release",
    "Review",
    "Room",
    "Round",
    "Seat",
    "Session",
    "Slot",
    "TableSeat",
    "Unavailable",
    "Wish",
]
