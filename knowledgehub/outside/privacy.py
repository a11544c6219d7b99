"""What the outside holds of a person: who began what, and lists that she is bringing in."""

from django.utils.translation import gettext_lazy as _

from core.privacy import Section, Table, keep
from knowledgehub.outside.models import HarvestSource, MaterialList


def register():
    """From `AppConfig.ready()`."""
    keep(
        "outside",
        Section(
            title=_("KennisHub: brought in"),
            seen_by=_("Lists that you bring in: you alone. Harvested libraries: the administrators of the platform."),
            after=_("Your lists go. What came from other libraries stays, without your name."),
            tables=[
                Table(HarvestSource, did=("created_by",)),
                Table(MaterialList, hers=("person",), shows=("file_name", "rows", "read_at", "done_at")),
            ],
        ),
    )
