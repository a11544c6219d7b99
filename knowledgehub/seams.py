"""Where using meets the other floors: each registry and what we lay in it."""

from django.utils.translation import gettext_lazy as _

from activity import references
from communities import registry as of_plg
from communities.meetings import registry as of_meetings
from core import registry
from knowledgehub import bringing, merging, panels_of_sharing, panels_of_use, shell
from knowledgehub import registry as of_hub
from knowledgehub.actions import moving
from knowledgehub.models import Resource

TO_CHOOSE = 8


def register():
    """From `AppConfig.ready()`."""
    of_hub.ways.add("knowledgehub", shell.ways)
    of_hub.panels.add("take_along", panels_of_use.take_along)
    of_hub.panels.add("about", panels_of_sharing.about)
    of_hub.panels.add("went", panels_of_use.went)
    registry.panels.add("knowledgehub", panels_of_use.of_plg)
    registry.merges.add("knowledgehub", merging.merge)
    registry.mergers.add("knowledgehub", moving.go_along)
    of_meetings.insights.add("knowledgehub", bringing.deed_on_insight)
    of_plg.entry_deeds.add("knowledgehub", bringing.deed_on_entry)
    references.register(
        "knowledgehub.resource", _("From the KennisHub"), icon="book-2", called=str, offers=_likely, related=()
    )


def _likely(user):
    """What she most likely writes about: what she saved last."""
    rows = Resource.objects.found_by(user).filter(saved_by__person=user.pk)
    return list(rows.order_by("-saved_by__at", "-pk")[:TO_CHOOSE])
