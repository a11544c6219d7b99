"""Boards, schools, networks and partners; who works where and may do what; hours, time and room."""

from organisations.bulk import BulkDeed
from organisations.innovation_time import TimeBudget, TimeRule
from organisations.joining import Joining
from organisations.models.coming_in import INVITATION_DAYS, Invitation, Invitations, SignOn, StaffImport, fortnight
from organisations.models.hours import ChangedDay, Hours
from organisations.models.places import (
    BOARD_NUMBER,
    BRIN,
    COLOUR,
    LOCATION_CODE,
    Board,
    Boards,
    FormerName,
    Network,
    Partner,
    School,
    Schools,
    StudyDay,
)
from organisations.models.work import Affiliation, Affiliations, Role, Roles
from organisations.qualifications import Qualification
from organisations.room import RoomRequest
from organisations.terms import BoardTerm, TermReport

__all__ = [
    "BOARD_NUMBER",
    "BRIN",
    "COLOUR",
    "INVITATION_DAYS",
    "LOCATION_CODE",
    "Affiliation",
    "Affiliations",
    "Board",
    "BoardTerm",
    "Boards",
    "BulkDeed",
    "ChangedDay",
    "FormerName",
    "Hours",
    "Invitation",
    "Invitations",
    "Joining",
    "Network",
    "Partner",
    "Qualification",
    "Role",
    "Roles",
    "RoomRequest",
    "School",
    "Schools",
    "SignOn",
    "StaffImport",
    "StudyDay",
    "TermReport",
    "TimeBudget",
    "TimeRule",
    "fortnight",
]
