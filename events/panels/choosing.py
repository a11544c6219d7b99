"""Choosing workshops and speed-dates, on the page of an event (`events.registry`)."""

from django.utils.translation import gettext as _

from core.links import address
from events import choosing, registry
from events.choices import SessionKind, State
from events.models import Session

CHOOSING = (State.PROGRAMME, State.OPEN, State.CLOSED, State.RUNNING)


@registry.parts.register("choosing")
def part(event, user):
    """That there is something to choose, and until when."""
    if event.state not in CHOOSING or not user.is_authenticated or not event.slots.filter(is_choice=True).exists():
        return None
    context = {"event": event, "is_open": not choosing.why_not_wish(event), "is_divided": choosing.is_divided(event)}
    return {"template": "events/choosing_card.html", "context": context, "order": 20}


@registry.organiser_links.register("choosing")
def links(event, user):
    """The division, and the speed-dates of each session."""
    if not event.can_organise:
        return []
    found = []
    if event.choice_until is not None:
        said = "" if choosing.is_divided(event) else choosing.why_not_divide(event) or _("You can divide them now.")
        found.append({"url": address("events:allocate", event.pk), "label": _("Divide places"), "icon": "scale",
                      "order": 40, "said": said})  # fmt: skip
    rows = Session.objects.filter(event=event, kind=SessionKind.SPEED_DATES, is_cancelled=False)
    return found + [
        {"url": address("events:dates", row.pk), "label": row.title, "icon": "heart-handshake", "order": 45, "said": ""}
        for row in rows
    ]


@registry.session_parts.register("choosing")
def of_session(session, user):
    """What a visitor can do about the speed-dates of this session."""
    if session.kind != SessionKind.SPEED_DATES or not user.is_authenticated:
        return None
    return {"template": "events/dates_card.html", "context": {"session": session}, "order": 20}
