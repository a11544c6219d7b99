"""What funding holds of a person: that she wrote it down, or reported."""

from django.utils.translation import gettext_lazy as _

from core.privacy import Section, Table, keep, write_here
from participation.funding.models import DueDate, Grant


def register():
    """From `AppConfig.ready()`."""
    keep(
        "funding",
        Section(
            title=_("Funding"),
            seen_by=_("Who runs the same network, board or PLG."),
            after=_("What you wrote down stays, without your name."),
            tables=[
                Table(Grant, said=("created_by",), shows=("name", "source", "created_at")),
                Table(DueDate, said=("done_by",), shows=("what", "due_on", "done_at")),
            ],
        ),
    )
    write_here(Grant, "name", "source", "conditions", community=None)
    write_here(DueDate, "what", community=None)
