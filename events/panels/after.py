"""What is left of an event, on the page of an event (`events.registry`)."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.links import address
from events import bringing, evaluating, registry  # noqa: F401 - bringing makes itself known
from events.actions import after, calling_off, posters  # noqa: F401 - what follows a step makes itself known
from events.choices import State
from events.models import Certificate, Contribution, EvaluationToken
from events.views.gallery import hanging
from knowledgehub.models import Resource
from organisations import hours

#: From when posters can hang.
WALL = (State.PROGRAMME, State.OPEN, State.CLOSED, State.RUNNING, State.OVER, State.ARCHIVED)
MOST = 6


@registry.parts.register("after")
def thanks(event, user):
    """The one strong card once it is over: what she thought of it, and her certificate."""
    if event.rounded_off_at is None or not user.is_authenticated:
        return None
    paper = Certificate.objects.filter(registration__event=event, registration__person=user).first()
    asked = evaluating.is_open(event) and (
        EvaluationToken.objects.filter(registration__event=event, registration__person=user, used_on=None).exists()
    )
    if not (paper or asked):
        return None
    context = {"event": event, "paper": paper, "asked": asked, "until": evaluating.closes_at(event),
               "said": hours.in_words(paper.minutes) if paper else ""}  # fmt: skip
    return {"template": "events/thanks_card.html", "context": context, "order": 5, "lead": True}


@registry.parts.register("shown")
def shown(event, user):
    """What was shown: posters, and what went to the KennisHub as far as she finds it there; and what she can share."""
    if event.state not in WALL:
        return None
    pieces = list(hanging(event)[:MOST])
    shared = Resource.objects.found_by(user).filter(pk__in=event.contributions.values("resource")).order_by("title")
    mine = []
    if user.is_authenticated:
        rows = Contribution.objects.filter(event=event, authors__person=user.pk, state__in=posters.HANGS)
        mine = list(rows.order_by("title", "pk"))
    context = {
        "event": event,
        "pieces": pieces,
        "shared": list(shared[:MOST]),
        "mine": mine,
        "is_over": event.rounded_off_at is not None,
    }
    if not (pieces or context["shared"] or mine):
        return None
    return {"template": "events/shown_card.html", "context": context, "order": 70}


@registry.organiser_links.register("after")
def links(event, user):
    """Who was there, what people thought of it, recordings."""
    if not event.can_receive or after.why_not_correct(event):
        return []
    found = [("attendance", _("Who was there"), "clock-check", "")]
    if event.can_organise:
        said = ""
        if event.rounded_off_at and not evaluating.why_not_read(event):
            count = event.evaluations.filter(session=None).count()
            said = ngettext("%(n)d answer", "%(n)d answers", count) % {"n": count}
        found += [("evaluation", _("What people thought of it"), "message-2-star", said),
                  ("recordings", _("Recordings"), "video", "")]  # fmt: skip
    return [
        {"url": address(f"events:{name}", event.pk), "label": label, "icon": icon, "said": words, "order": 80 + place}
        for place, (name, label, icon, words) in enumerate(found)
    ]


@registry.tabs.register("after")
def tabs(event, user):
    """The wall of posters, when it is over; before that the page of the event leads there, where one hangs."""
    if event.state not in (State.OVER, State.ARCHIVED):
        return []
    return [{"url": address("events:gallery", event.pk), "label": _("Posters"), "order": 40}]


@registry.session_parts.register("after")
def of_session(session, user):
    """For who gave it: share it, and what people thought of it. For others what she shared."""
    if not user.is_authenticated or session.is_cancelled:
        return None
    contribution = Contribution.objects.filter(session=session).first()
    is_hers = _gives(session, contribution, user)
    resource = (
        contribution
        and contribution.resource_id
        and (Resource.objects.found_by(user).filter(pk=contribution.resource_id).first())
    )
    if not is_hers and not resource:
        return None
    context = {
        "session": session,
        "is_hers": is_hers,
        "resource": resource,
        "recording": session.recording if is_hers or session.can_organise else "",
        "bring_url": _bring_url(session) if is_hers and not (contribution and contribution.resource_id) else "",
        "evaluation_url": address("events:evaluation", session.event_id) if is_hers else "",
    }
    return {"template": "events/session_after.html", "context": context, "order": 60}


def _gives(session, contribution, user):
    if contribution and contribution.authors.filter(person=user).exists():
        return True
    return session.speakers.filter(pk=user.pk).exists()


def _bring_url(session):
    if session.contribution_id:
        return address("knowledgehub:bring", "contribution", session.contribution_id)
    return address("knowledgehub:bring", "talk", session.pk)
