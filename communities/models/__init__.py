"""PLGs and learning networks, who is in them, and what is said about them in confidence."""

from communities.models.between import HandIn, HomeTask, HomeTasks, Introduction
from communities.models.care import Complaint, Proposal, SchoolPair
from communities.models.community import Communities, Community, tagged, with_tags
from communities.models.logbook import LogbookEntries, LogbookEntry, LogbookPhoto
from communities.models.membership import Membership, Memberships
from communities.models.year import YearQuestion, YearQuestions

__all__ = [
    "Communities",
    "Community",
    "Complaint",
    "HandIn",
    "HomeTask",
    "HomeTasks",
    "Introduction",
    "LogbookEntries",
    "LogbookEntry",
    "LogbookPhoto",
    "Membership",
    "Memberships",
    "Proposal",
    "SchoolPair",
    "YearQuestion",
    "YearQuestions",
    "tagged",
    "with_tags",
]
