"""The programme, on the page of an event (`events.registry`)."""

from django.utils.translation import gettext as _

from core.links import address
from events import registry


@registry.parts.register("programme")
def part(event, user):
    """Where the programme stands, once it is known."""
    if not event.released_id:
        return None
    return {"template": "events/programme_card.html", "context": {"event": event}, "order": 30}


@registry.organiser_links.register("programme")
def links(event, user):
    """Where the programme is made."""
    if not event.can_organise:
        return []
    return [
        {
            "url": address("events:planner", event.pk),
            "label": _("Planner"),
            "icon": "layout-grid",
            "said": "" if event.released_id else _("nothing is released yet"),
            "order": 30,
        }
    ]


@registry.tabs.register("programme")
def tabs(event, user):
    """Beside “now” and “mine” of the day: all that there is."""
    if not event.released_id:
        return []
    return [{"url": address("events:programme", event.pk), "label": _("Everything"), "order": 30}]
