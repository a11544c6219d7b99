"""Thursday's meeting of PLG Rekenen while it is held, with the incident method on its agenda."""

import uuid

import pytest
from django.urls import reverse

from communities.meetings.actions import protocols, running, writing
from communities.meetings.models import Protocol, Run

DURING = "2026-11-26 15:35:00+01:00"
SCRIPT = {"Run-Part": "step"}  # as our own script asks


@pytest.fixture
def during(thursday, at):
    """It is 15.35 on that Thursday: the meeting began five minutes ago."""
    with at(DURING) as traveller:
        yield traveller


@pytest.fixture
def incident(thursday, cast):
    """The agenda of Thursday: the incident method, a case."""
    protocol = Protocol.objects.get(code="incident", community=None)
    protocols.use_protocol(protocol, thursday, by=cast.fatima)
    return thursday


@pytest.fixture
def run(during, thursday, cast):
    """A session with the simplest agenda: check in 10, talk 65, agreements 15."""
    return running.start(thursday, by=cast.fatima, plan="simple")


@pytest.fixture
def case(during, incident, cast):
    """A session of seven steps about a case."""
    return running.start(incident, by=cast.fatima)


@pytest.fixture
def write(run):
    """Write a line: `write(cast.amina, "words", kind="insight")`."""
    return lambda by, text, **more: writing.write(run, by=by, text=text, **({"key": uuid.uuid4()} | more))


@pytest.fixture
def tap(signed_in):
    """Somebody taps a button: `tap(cast.fatima, "next_step", run, version=1)`, by script or by form."""

    def do(who, name, run, /, script=True, **data):
        headers = SCRIPT if script else {}
        return signed_in(who).post(reverse(f"meetings:{name}", args=[run.pk]), data, headers=headers)

    return do


@pytest.fixture
def fresh():
    """The session as it is now."""
    return lambda run: Run.objects.get(pk=run.pk)
