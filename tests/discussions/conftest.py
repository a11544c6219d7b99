"""A conversation of PLG Rekenen, and the few things that all these tests need."""

import pytest
import time_machine
from django.urls import reverse

from communities.discussions import actions
from communities.discussions.models import ReadState, Topic


@pytest.fixture
def strips(cast):
    """Amina asks about fraction strips."""
    return actions.open_topic(
        cast.maths, by=cast.amina, title="Wie gebruikt breukenstroken?", text="Ik begin **maandag**.", kind="question"
    )


@pytest.fixture
def new_for():
    """How many posts are new for somebody, as lists show it."""
    return lambda person, topic: Topic.objects.for_list(fresh(person)).get(pk=topic.pk).new


@pytest.fixture
def state():
    return lambda person, topic: ReadState.objects.get(person=person, topic=topic)


@pytest.fixture
def url():
    """An address of ours: `url("reply", topic)`."""
    return lambda name, *things: reverse(f"discussions:{name}", args=[getattr(it, "pk", it) for it in things])


def fresh(person):
    """The same person at her next request."""
    return type(person).objects.get(pk=person.pk)


@pytest.fixture
def at_noon():
    """A working day at noon, when letters may go."""
    with time_machine.travel("2026-11-24 12:00:00+01:00", tick=False):
        yield
