"""The call for contributions and who reads them, on the page of an event (`events.registry`)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.links import address
from events import calling, registry
from events.choices import ContributionState
from events.models import Contribution
from events.rules import standing


@registry.parts.register("calling")
def part(event, user):
    """That contributions are welcome, and what she offered."""
    mine = []
    if user.is_authenticated and standing(user).brings:
        mine = list(Contribution.objects.filter(event=event, pk__in=standing(user).brings).order_by("pk"))
    if not (mine or calling.is_open(event)):
        return None
    context = {
        "event": event,
        "mine": mine,
        "is_open": calling.is_open(event),
        "asks": any(each.state == ContributionState.ACCEPTED for each in mine),
    }
    return {"template": "events/call_card.html", "context": context, "order": 25}


@registry.organiser_links.register("calling")
def links(event, user):
    """Where contributions are read and chosen: organisers and readers, not who helps on the day."""
    if not (event.can_organise or event.can_review):
        return []
    waiting = event.contributions.filter(state__in=calling.TO_DECIDE).count()
    said = ngettext("%(n)s waits for a decision", "%(n)s wait for a decision", waiting) % {"n": waiting}
    return [
        {
            "url": address("events:contributions", event.pk),
            "label": _("Contributions"),
            "icon": "clipboard-check",
            "said": said if waiting else "",
            "order": 20,
        }
    ]
