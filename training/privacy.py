"""What learning and coaching hold of a person."""

from django.utils.translation import gettext_lazy as _

from core.privacy import Section, Table, keep, write_here
from training import models as m
from training.actions import coaching

LEARNER = "enrolment__person"


def register():
    """From `AppConfig.ready()`."""
    keep("training", _learning())
    keep("coaching", _coaching())
    for model, columns, plg in (
        (m.SubmissionVersion, ("text", "html"), None),
        (m.Feedback, ("feed_up", "feedback", "feedforward"), None),
        (m.PeerFeedback, ("text",), None),
        (m.Practice, ("aim", "reflection", "feed_up", "feedback", "feedforward"), "community"),
        (m.Enrolment, ("why",), None),
        (m.PortfolioItem, ("title", "text"), None),
        (m.Assessment, ("says",), None),
        (m.Talk, ("said",), None),
        (m.Note, ("text",), None),
        (m.Coaching, ("wish", "reached", "keep", "stop"), None),
    ):
        write_here(model, *columns, community=plg)


def _learning():
    return Section(
        title=_("Training"),
        seen_by=_("You, your trainers and your coach. An assessor sees what you hand over to be assessed."),
        after=_("What you learned goes. What you wrote as a trainer to others stays, without your name."),
        tables=[
            Table(m.Answer, hers=(LEARNER,), shows=("question__text", "answer", "is_right", "at")),
            Table(m.PageDone, hers=(LEARNER,), shows=("page__title", "at", "right", "asked")),
            Table(m.PeerFeedback, hers=("version__submission__enrolment__person",), said=("asked__person",),
                  shows=("text", "asked_at", "given_at")),
            Table(m.Feedback, hers=("version__submission__enrolment__person",), said=("by",),
                  shows=("feed_up", "feedback", "feedforward", "verdict", "at")),
            Table(m.PortfolioLink, hers=(LEARNER,), shows=("said", "made_at", "expires_on")),
            Table(m.PortfolioItem, hers=(LEARNER,), shows=("title", "text", "link", "file_name", "at")),
            Table(m.Appeal, hers=(LEARNER,), did=("settled_by",), shows=("reason", "at", "outcome")),
            Table(m.Assessment, hers=(LEARNER,), said=("assessor",), shows=("scores", "says", "verdict", "given_at")),
            Table(m.SubmissionVersion, hers=("submission__enrolment__person",),
                  shows=("submission__assignment__title", "number", "text", "file_name", "submitted_at")),
            Table(m.Submission, hers=(LEARNER,), shows=("assignment__title", "state", "due_on")),
            Table(m.Practice, hers=(LEARNER,), did=("consented_by", "feedback_by"),
                  shows=("aim", "state", "reflection", "feed_up", "feedback", "feedforward")),
            Table(m.Enrolment, hers=("person",), did=("coach", "consented_by"),
                  shows=("version__title", "why", "state", "at", "began_at", "ended_at", "ended_why")),
            Table(m.GroupMember, hers=("person",), shows=("group__title", "part")),
            Table(m.Programme, did=("created_by",)),
        ],
    )  # fmt: skip


def _coaching():
    return Section(
        title=_("Coaching"),
        seen_by=_("You and the other, and nobody else. What you keep for yourself: you alone."),
        after=_("Your own notes go. What you wrote together stays with the other, without your name."),
        tables=[
            Table(m.Note, hers=("author",), shows=("kind", "text", "at")),
            Table(m.Coaching, said=("coach", "coachee"), did=("proposed_by",),
                  shows=("kind", "wish", "state", "at", "reached", "keep", "stop")),
            Table(m.Goal, said=("coaching__coach", "coaching__coachee"), shows=("text", "indicator", "reached")),
            Table(m.Talk, said=("coaching__coach", "coaching__coachee"), shows=("kind", "held_on", "said")),
            Table(m.CoachOffer, hers=("person",), shows=("says", "kinds", "themes", "capacity", "is_open")),
        ],
        first=coaching.let_go,
    )  # fmt: skip
