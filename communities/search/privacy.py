"""What search holds of a person: copies of what is her own."""

from django.utils.translation import gettext_lazy as _

from communities.search.models import SearchText
from core.privacy import Section, Table, keep


def register():
    """From `AppConfig.ready()`."""
    keep(
        "search",
        Section(
            title=_("Search"),
            seen_by=_("What you find depends on what you may see. What you search for is not kept."),
            after=_("What is found of your own goes with it."),
            untold={SearchText._meta.label: "copies of what stands elsewhere in the download"},
            tables=[Table(SearchText, hers=("owner",))],
        ),
    )
