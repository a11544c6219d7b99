"""The day itself, on the page of an event (`events.registry`)."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.links import address
from events import registry
from events.actions import checking
from events.choices import State

NEAR = (State.PROGRAMME, State.OPEN, State.CLOSED, State.RUNNING)


@registry.tabs.register("days")
def tabs(event, user):
    """What is now: for who is signed in, from when the programme is known."""
    if not user.is_authenticated or event.state not in NEAR:
        return []
    return [{"url": address("events:now", event.pk), "label": pgettext("of the day", "Now"), "order": 10}]


@registry.organiser_links.register("days")
def links(event, user):
    """The door, badges, and saying something to everybody."""
    if not event.can_receive or event.state not in NEAR:
        return []
    here, expected = checking.counts(event)
    said = _("%(here)d of %(expected)d are in") % {"here": here, "expected": expected} if here else ""
    rows = [
        ("check_in", _("Check in"), "qrcode", said), ("badges", _("Badges"), "id-badge-2", ""),
        ("announce", _("Say something"), "speakerphone", ""),
    ]  # fmt: skip
    return [
        {"url": address(f"events:{name}", event.pk), "label": label, "icon": icon, "order": 60 + place, "said": words}
        for place, (name, label, icon, words) in enumerate(rows)
    ]
