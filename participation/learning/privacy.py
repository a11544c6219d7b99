"""What the learning school holds of a person: that she answered, as long as a scan is open; and what she proposed."""

from django.utils.translation import gettext_lazy as _

from core.privacy import Section, Table, keep, write_here
from participation.learning.models import Cycle, Goal, ScanAnswered, Talk


def register():
    """From `AppConfig.ready()`."""
    keep(
        "learning",
        Section(
            title=_("The learning school"),
            seen_by=_("Your team reads what was written. What you answered in a self-scan is kept without your name."),
            after=_("What was written for the team stays, without your name."),
            tables=[
                Table(ScanAnswered, hers=("person",), shows=("scan__cycle__year", "scan__closes_on")),
                Table(Talk, said=("by",), shows=("community__name", "starter", "at")),
                Table(Cycle, did=("created_by",)),
            ],
        ),
    )
    write_here(Cycle, "wish", "time_free", "money_free", "look_back", community=None)
    write_here(Goal, "text", community=None)
