"""What Lesson Study holds of a person. Of pupils it holds a code and what was seen, never a name."""

from django.utils.translation import gettext_lazy as _

from core.privacy import Section, Table, keep, write_here
from lessonstudy.actions.members import leave_all
from lessonstudy.models import (
    Approval,
    Assignment,
    CasePupil,
    Change,
    Charter,
    Comment,
    Cycle,
    CycleMember,
    Discussion,
    Finding,
    Interpretation,
    Interview,
    Move,
    Observation,
    Outcome,
    Pattern,
    PhaseText,
    PlanVersion,
    Prediction,
    ResearchLesson,
    Revision,
    Source,
    Stage,
)


def register():
    """From `AppConfig.ready()`."""
    keep(
        "lessonstudy",
        Section(
            title=_("Lesson Study"),
            seen_by=_("Who takes part in the same cycle. Your PLG sees its title, phase and dates."),
            after=_("What you wrote with your team stays, under 'former member'."),
            first=leave_all,
            tables=[
                Table(Approval, hers=("member__person",), shows=("outcome__cycle__title", "answer", "why")),
                Table(
                    Assignment, hers=("observer",), shows=("lesson__cycle__title", "lesson__held_on", "handed_in_at")
                ),
                Table(CycleMember, hers=("person",), shows=("cycle__title", "role", "joined_at", "left_at")),
                Table(Cycle, did=("created_by",)),
                Table(Charter, did=("changed_by",)),
                Table(Move, said=("by",), shows=("cycle__title", "verb", "at", "reason")),
                Table(Source, said=("added_by",), shows=("cycle__title", "reference", "takes")),
                Table(PhaseText, did=("changed_by",)),
                Table(PlanVersion, did=("frozen_by",)),
                Table(Change, did=("by",)),
                Table(Comment, said=("author",), shows=("text", "at")),
                Table(ResearchLesson, said=("teacher",), did=("chair", "recorder"), shows=("cycle__title", "held_on")),
                Table(Observation, said=("observer",), shows=("lesson__cycle__title", "fact", "made_at")),
                Table(
                    Interview, said=("by",), shows=("lesson__cycle__title", "enjoyed", "learned", "worked", "change")
                ),
                Table(Finding, did=("changed_by",)),
                Table(Pattern, said=("author",), shows=("title", "text", "at")),
                Table(Interpretation, said=("author",), shows=("text", "at")),
                Table(Interpretation.seconded_by.through, hers=("user",), shows=("interpretation__text",)),
                Table(Revision, said=("author",), shows=("was", "becomes", "at")),
                Table(Outcome, did=("changed_by",)),
            ],
        ),
    )
    write_here(Cycle, "title", "pupil_goal", "question", "halt_why", community="community")
    write_here(Charter, "text", community="cycle__community")
    write_here(Move, "reason", community="cycle__community")
    write_here(Source, "reference", "takes", community="cycle__community")
    write_here(PhaseText, "text", community="cycle__community")
    write_here(CasePupil, "start", "target", community="cycle__community")
    write_here(ResearchLesson, "class_label", community="cycle__community")
    # The plan
    write_here(PlanVersion, "summary", community="cycle__community")
    write_here(
        Stage, "title", "teacher_does", "anticipated", "response", "look_for", "materials",
        community="plan__cycle__community",
    )  # fmt: skip
    write_here(Prediction, "expected", "seen_by", community="stage__plan__cycle__community")
    write_here(Comment, "text", community="plan__cycle__community")
    # Observing
    write_here(Observation, "fact", community="lesson__cycle__community")
    write_here(Interview, "enjoyed", "learned", "worked", "change", "skipped_why", community="lesson__cycle__community")
    # Discussion and outcome
    write_here(Discussion, "teaching", "expert_says", community="lesson__cycle__community")
    write_here(Finding, "text", community="discussion__lesson__cycle__community")
    write_here(Pattern, "title", "text", community="lesson__cycle__community")
    write_here(Interpretation, "text", community="lesson__cycle__community")
    write_here(Revision, "was", "becomes", community="lesson__cycle__community")
    write_here(Outcome, "pupils_learned", "teachers_learned", "limits", "headline", community="cycle__community")
    write_here(Approval, "why", community="outcome__cycle__community")
