"""Every deed ends here: one Activity row, one Notification per person told, and the letters that follow."""

from django.contrib.contenttypes.models import ContentType
from django.utils.timezone import now

from activity import outbox, paces
from activity.choices import Pace
from activity.kinds import kinds
from activity.models import Activity, Ask, Notification
from core import streams


def record(kind, *, by=None, about=None, tell=(), addresses=(), community=None, **facts):
    """Write down what happened, and tell whom it concerns (never the one who did it).

    `tell` are people, `addresses` mail addresses without an account. Facts are
    JSON values that the words need; no personal data that must be erasable.
    """
    activity = Activity.objects.create(
        kind=kind, by=by, about=about, community_id=getattr(community, "pk", community), facts=facts
    )
    people = [person for person in dict.fromkeys(tell) if person.is_active and person != by]
    if people:
        Notification.objects.bulk_create(
            [Notification(person=person, activity=activity) for person in people], ignore_conflicts=True
        )
        for person in people:
            streams.tell(f"person:{person.pk}", "bell")
    if kind in kinds and (people or addresses):
        _mail(kinds[kind], activity, people, addresses)
    return activity


def _mail(kind, activity, people, addresses):
    chosen = paces.of_people(people, kind)
    at_once = [person for person in people if chosen[person.pk] == Pace.AT_ONCE]
    outbox.put(
        kind.name,
        occasion=f"activity:{activity.pk}",
        about=activity.about,
        activity=activity,
        people=at_once,
        addresses=addresses,
        community=activity.community_id,
        facts=activity.facts,
        due_at=now(),
    )


def ask(kind, *, about, url, people=(), addresses=(), community=None, opens_on=None, due_on=None, **facts):
    """Ask people for something, until `answered` closes it; asking twice leaves the first standing."""
    ask_each(
        kind,
        [
            {
                "about": about,
                "url": url,
                "people": people,
                "addresses": addresses,
                "community": community,
                "opens_on": opens_on,
                "due_on": due_on,
                **facts,
            }
        ],
    )


def ask_each(kind, requests):
    """The same for several things in one statement; each is a dict of what `ask` takes."""
    rows = []
    for request in requests:
        facts = {**request}
        about, people, addresses = facts.pop("about"), facts.pop("people", ()), facts.pop("addresses", ())
        community = facts.pop("community", None)
        shared = {
            "kind": kind,
            "about_type": ContentType.objects.get_for_model(about),
            "about_id": about.pk,
            "url": facts.pop("url"),
            "community_id": getattr(community, "pk", community),
            "opens_on": facts.pop("opens_on", None),
            "due_on": facts.pop("due_on", None),
            "facts": facts,
        }
        rows += [Ask(person=person, **shared) for person in people]
        rows += [Ask(address=address.lower(), **shared) for address in addresses]
    Ask.objects.bulk_create(rows, ignore_conflicts=True)


def answered(kind, *, about, person=None, address=""):
    """The deed is done: close what was asked, of one person or (none given) of everybody."""
    asks = Ask.objects.open().filter(kind=kind, about_type=ContentType.objects.get_for_model(about), about_id=about.pk)
    if person:
        asks = asks.filter(person=person)
    elif address:
        asks = asks.filter(address=address.lower())
    asks.update(closed_at=now())
