"""What class visits hold of a person."""

from django.utils.translation import gettext_lazy as _

from core.privacy import Section, Table, keep, write_here
from lessonstudy.visits.models import CoverNeed, Feedback, Move, Visit


def register():
    """From `AppConfig.ready()`."""
    keep(
        "visits",
        Section(
            title=_("Class visits"),
            seen_by=_("You and the colleague with whom you looked. Who plans your school sees when your class needs "
                      "somebody, never your question."),
            after=_("The visit stays with your colleague, without your name."),
            tables=[
                Table(Visit, said=("opened_by", "other"), shows=("community__name", "question", "look_at", "state")),
                Table(CoverNeed, hers=("person",), shows=("school__name", "held_on", "starts", "ends", "kind")),
                Table(Move, said=("by",), shows=("verb", "at", "reason")),
                Table(
                    Feedback,
                    said=("visit__opened_by", "visit__other"),
                    shows=("went", "aims", "facts", "effect", "first_step", "second_step", "takes_along"),
                ),
            ],
        ),
    )  # fmt: skip
    write_here(Visit, "question", "look_at", community="community")
    write_here(Move, "reason", community="visit__community")
    write_here(
        Feedback, "went", "aims", "facts", "effect", "first_step", "second_step", "takes_along",
        community="visit__community",
    )  # fmt: skip
