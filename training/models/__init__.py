from training.models.assessing import Appeal, Assessment, PortfolioItem, PortfolioLink
from training.models.coaching import Coaching, CoachOffer, Goal, Note, Talk
from training.models.learning import Answer, Enrolment, Group, GroupMember, GroupSession, PageDone
from training.models.programme import Assignment, Module, Outcome, Page, Programme, ProgrammeVersion, Question
from training.models.work import Feedback, PeerFeedback, Practice, Submission, SubmissionVersion

__all__ = [
    "Answer",
    "Appeal",
    "Assessment",
    "Assignment",
    "CoachOffer",
    "Coaching",
    "Enrolment",
    "Feedback",
    "Goal",
    "Group",
    "GroupMember",
    "GroupSession",
    "Module",
    "Note",
    "Outcome",
    "Page",
    "PageDone",
    "PeerFeedback",
    "PortfolioItem",
    "PortfolioLink",
    "Practice",
    "Programme",
    "ProgrammeVersion",
    "Question",
    "Submission",
    "SubmissionVersion",
    "Talk",
]
