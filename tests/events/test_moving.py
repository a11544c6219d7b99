"""Every state, every verb, every part: the deed does what the table says, and nothing else."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils.timezone import now

from activity.models import Activity
from core.refusals import Refused
from events.actions import moving
from events.choices import Part, State
from events.models import Event
from events.steps import EVENT
from tests import cast as make
from tests.events import world

PARTS = [*Part.values, "stranger"]
VERBS = sorted({step.verb for step in EVENT})


def taken(event, verb, by, because="Te weinig aanmeldingen"):
    """Did the step happen?"""
    try:
        moving.take(event, verb, by=by, because=because)
    except Refused:
        return False
    return True


@pytest.mark.parametrize("state", State.values)
def test_the_table_alone_decides_who_takes_which_step(cast, state):
    people = {part: make.person(part.capitalize()) for part in PARTS}
    wrong = []
    for verb, part in product(VERBS, PARTS):
        days = 0 if verb == "begin" else 60
        event = world.an_event(cast, state, days=days, programme="release", call_until=now() + timedelta(days=3))
        if part != "stranger":
            world.does(event, people[part], part)
        meant = next((step for step in EVENT if step.verb == verb and state in step.sources and part in step.who), None)
        happened = taken(event, verb, people[part])
        became = Event.objects.get(pk=event.pk).state
        if happened != bool(meant) or became != (meant.to if meant else state):
            wrong.append((verb, part, happened, became))
    assert wrong == []


@pytest.mark.parametrize(
    ("state", "verb", "lacks"),
    [
        ("concept", "open_call", {"call_until": None}),
        ("concept", "open_call", {"days": -1}),
        ("concept", "publish_programme", {"programme": True}),
        ("concept", "open_registration", {"venue": ""}),
        ("programme", "open_registration", {"place": "online"}),
        ("closed", "begin", {"days": 5}),
        ("open", "cancel", {"because": " "}),
    ],
)
def test_what_is_not_ready_is_refused_with_a_sentence_and_changes_nothing(cast, state, verb, lacks):
    because = lacks.pop("because", "Daarom")
    event = world.an_event(cast, state, **{"programme": "release", "call_until": now() + timedelta(days=3)} | lacks)
    with pytest.raises(Refused) as refusal:
        moving.take(event, verb, by=cast.noor, because=because)
    assert str(refusal.value).endswith(".")
    assert Event.objects.get(pk=event.pk).state == state


def test_who_has_not_heard_is_passed_over_only_with_a_reason(cast):
    event = world.an_event(cast, "call_closed", programme=True)
    event.released = event.releases.first() or event.releases.create(number=1, content={})
    event.save()
    event.contributions.create(title="Breuken", state="submitted")
    assert not taken(event, "publish_programme", cast.noor, because="")
    assert taken(event, "publish_programme", cast.noor, because="Zij hoort het morgen")
    assert Activity.objects.get(kind="events.programme_published").facts == {"because": "Zij hoort het morgen"}
