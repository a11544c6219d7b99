"""Finding an event, starting one, and its page."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.links import absolute
from core.refusals import attempt
from core.steps import open_to
from core.time import today
from events import places, registry, rules, steps
from events.actions import making, moving
from events.choices import State
from events.forms.events import StartForm, owners
from events.models import Event, Registration

MOST_PAST = 20


def index(request):
    """What comes, mine apart, and what was."""
    mine = rules.standing(request.user)
    rows = Event.objects.for_cards(request.user)
    coming = list(rows.upcoming(today()))
    own = mine.organises | mine.reviews | mine.helps | mine.registered
    past = rows.filter(Q(last_on__lt=today()) | Q(state="archived")).exclude(state__in=["cancelled", "concept"])
    context = {
        "mine": [event for event in coming if event.pk in own],
        "others": [event for event in coming if event.pk not in own],
        "registered": mine.registered,
        "past": list(past.order_by("-held_on", "-pk")[:MOST_PAST]),
        "may_start": bool(owners(request.user)),
    }
    return render(request, "events/index.html", context)


def start(request):
    """What, when and whose; everything else comes after."""
    form = StartForm(request.POST or None, user=request.user)
    if form.is_bound and form.is_valid() and (event := attempt(form, _start, request, form)):
        messages.success(request, _("Only organisers see it until you take the first step."))
        return redirect("events:edit", event.pk)
    return render(request, "events/start.html", {"form": form}, status=422 if form.is_bound else 200)


def _start(request, form):
    return making.start(by=request.user, **form.said)


@login_not_required
def detail(request, pk):
    """One event: what it is, what I do next, and what its parts know of it; that of everybody without signing in."""
    event = Event.objects.for_detail(request.user).filter(pk=pk).first()
    if event is None:
        if request.user.is_authenticated:
            raise Http404
        return redirect_to_login(request.get_full_path())
    return render(request, "events/detail.html", page_of(request, event))


def page_of(request, event):
    """All that the page of an event shows."""
    user = request.user
    found = [part(event, user) for part in registry.parts.values()]
    parts = sorted((part for part in found if part), key=lambda part: part.get("order", 50))
    links = (
        [link for of in registry.organiser_links.values() for link in of(event, user) or ()] if _works(event) else []
    )
    taken = steps_from(event, user) if event.can_organise else []
    return {
        "event": event,
        "page_base": "shell.html" if user.is_authenticated else "public.html",
        "url": absolute(event.get_absolute_url()),
        "is_signed_in": user.is_authenticated,
        "lead": next((part for part in parts if part.get("lead")), None),
        "parts": [part for part in parts if not part.get("lead")],
        "links": sorted(links, key=lambda link: link.get("order", 50)),
        "steps": taken,
        "first_step": next((step.verb for step, refused in taken if not refused and _goes_on(event, step)), ""),
        "tabs": tabs_of(event, user),
        "mine": registration_of(event, user),
        "room": places.free(event),
    }


def _goes_on(event, step):
    """Whether a step leads to a later state; opening something once more does not."""
    return State.values.index(step.to) > State.values.index(event.state)


def steps_from(event, user):
    """[(a step that she may take from here, why not now)]."""
    return [
        (step, " ".join(map(str, step.refused(event))))
        for step in open_to(steps.EVENT, event.state, moving.parts_of(event, user))
    ]


def tabs_of(event, user, here="detail"):
    """The pages of an event beside each other."""
    found = [tab for of in registry.tabs.values() for tab in of(event, user) or ()]
    return sorted(found, key=lambda tab: tab.get("order", 50))


def _works(event):
    return event.can_organise or event.can_review or event.can_receive


def registration_of(event, user):
    """Her registration, if she has one that counts."""
    if not user.is_authenticated:
        return None
    rows = Registration.objects.filter(event=event, person=user).exclude(state__in=places.ENDED)
    return rows.first()


def home_card(request):
    """The next event of hers, asked for by the page Today once it stands; nothing where there is none."""
    from events.panels.coming import next_event  # panels read this module

    event = next_event(request.user)
    if event is None:
        return HttpResponse()
    context = {"event": event, "mine": registration_of(event, request.user)}
    return render(request, "events/home_card.html", context)
