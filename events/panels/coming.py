"""Registering, on the page of an event (`events.registry`); and the next event on other pages."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import registry as of_house
from core.links import address
from core.models import FETCH_MODE
from core.time import today
from events import places, registry, rules
from events.choices import RegistrationState, State
from events.models import Event, Registration
from events.views.events import registration_of


@registry.parts.register("coming")
def next_step(event, user):
    """The one strong card: register, take the place, or what became of it."""
    if event.state in (State.CONCEPT, State.CANCELLED, State.ARCHIVED):
        return None
    mine, why_not = registration_of(event, user), places.why_not_register(event)
    if mine is None and event.state in (State.CALL_OPEN, State.CALL_CLOSED, State.OVER):
        return None  # the call is what matters then, or what is left of the day
    context = {
        "event": event,
        "mine": mine,
        "why_not": why_not,
        "room": _room(event),
        "is_over": event.state == State.OVER,
        "is_signed_in": user.is_authenticated,
        "may_bring": user.is_authenticated and not why_not and event.can_register,
        "sign_in_url": "" if user.is_authenticated else f"{address('account_login')}?next={event.get_absolute_url()}",
        "guest_url": "" if places.why_not_guest(event) else address("events:register_guest", event.pk),
    }
    if mine and mine.state == RegistrationState.WAITING:
        line = list(event.registrations.in_line().values_list("pk", flat=True))
        context["in_line"] = line.index(mine.pk) + 1
    return {"template": "events/next.html", "context": context, "order": 10, "lead": True}


def _room(event):
    """What is free for a newcomer: nothing as long as somebody waits."""
    room = places.free(event)
    return 0 if room and event.registrations.in_line().exists() else room


@registry.organiser_links.register("coming")
def links(event, user):
    """Who comes, with what waits for an answer."""
    if not event.can_receive:
        return []
    asked = Registration.objects.filter(event=event, state=RegistrationState.REQUESTED).count()
    said = ngettext("%(n)s person waits for your answer", "%(n)s people wait for your answer", asked) % {"n": asked}
    url = address("events:registrations", event.pk)
    return [{"url": url, "label": _("Who comes"), "icon": "users", "order": 10, "said": said if asked else ""}]


@registry.tabs.register("event")
def tab(event, user):
    """The page itself, as the first of the tabs."""
    return [{"url": event.get_absolute_url(), "label": _("The event"), "order": 0}]


def next_event(user):
    """The nearest event for which she is registered or that she helps with, and her registration; None without one."""
    mine = rules.standing(user)
    if not (mine.registered or mine.helps or mine.organises):
        return None
    rows = Event.objects.upcoming(today()).filter(pk__in=mine.registered | mine.helps | mine.organises)
    return rows.exclude(state=State.CONCEPT).select_related("school", "board", "network").fetch_mode(FETCH_MODE).first()


@of_house.panels.register("events")
def of_plg(community, user):
    """On the page of a PLG: the next event for which she is registered, and how many of the PLG come."""
    mine = rules.standing(user)
    if not mine.registered:
        return None
    event = Event.objects.upcoming(today()).filter(pk__in=mine.registered).fetch_mode(FETCH_MODE).first()
    if event is None:
        return None
    members = [each.person_id for each in community.people_now] if hasattr(community, "people_now") else []
    coming = Registration.objects.filter(event=event, person__in=members, state=RegistrationState.CONFIRMED).count()
    return "events/of_plg.html", {"event": event, "coming": coming, "community": community}
