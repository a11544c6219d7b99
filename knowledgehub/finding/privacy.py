"""What finding holds of a person: the searches that she keeps, and copies of what stands elsewhere."""

from django.utils.translation import gettext_lazy as _

from core.privacy import Section, Table, keep
from knowledgehub.finding.models import SavedSearch, Synonym


def register():
    """From `AppConfig.ready()`."""
    keep(
        "finding",
        Section(
            title=_("Searching in the KennisHub"),
            seen_by=_("You alone. What you search for is not kept, unless you save it."),
            after=_("The searches that you saved go."),
            tables=[
                Table(SavedSearch, hers=("person",), shows=("title", "at")),
                Table(Synonym, did=("changed_by",)),
            ],
        ),
    )
