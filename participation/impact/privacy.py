"""What impact holds of a person: for as long as a wave is open, that she answered. What she answered bears no name."""

from django.utils.translation import gettext_lazy as _

from core.privacy import Section, Table, keep, write_here
from participation.impact.models import Answered, Panel, Questionnaire, Response


def register():
    """From `AppConfig.ready()`."""
    keep(
        "impact",
        Section(
            title=_("Questions about what your PLG brings"),
            seen_by=_(
                "Nobody. As long as the questions are open we know that you answered, and never what. "
                "Your answers are kept without you."
            ),
            after=_("That you answered goes. Your answers stay: nobody knows which they are."),
            tables=[
                Table(Answered, hers=("person",), shows=("wave__questionnaire__community__name", "wave__moment")),
                Table(Questionnaire, did=("created_by", "released_by")),
                Table(Panel, did=("created_by",)),
            ],
        ),
    )
    write_here(Response, "text", community="wave__questionnaire__community")
