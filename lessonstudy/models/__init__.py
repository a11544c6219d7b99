from lessonstudy.models.cycle import CasePupil, Charter, Cycle, CycleMember, Move, PhaseText, Source
from lessonstudy.models.discussion import Discussion, Finding, Interpretation, Interview, Pattern, Revision
from lessonstudy.models.lesson import Assignment, Observation, ResearchLesson
from lessonstudy.models.outcome import Approval, Outcome, PurgeReceipt
from lessonstudy.models.plan import Change, Comment, PlanVersion, Prediction, Stage

__all__ = [
    "Approval",
    "Assignment",
    "CasePupil",
    "Change",
    "Charter",
    "Comment",
    "Cycle",
    "CycleMember",
    "Discussion",
    "Finding",
    "Interpretation",
    "Interview",
    "Move",
    "Observation",
    "Outcome",
    "Pattern",
    "PhaseText",
    "PlanVersion",
    "Prediction",
    "PurgeReceipt",
    "ResearchLesson",
    "Revision",
    "Source",
    "Stage",
]
