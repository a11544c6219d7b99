"""The schedule for other apps, read by a reader that is not ours: the tools of the VOC, who keep the format."""

import json
import subprocess
import sys
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from django.urls import reverse

from events.actions import programme as deeds
from events.choices import ContributionState as C
from events.choices import State
from events.models import Session
from tests.events import world
from tests.events.offers import anew, offers, release

READER = Path(__file__).with_name("read_schedule.py")


def read(page, event):
    """What the reader understood of the schedule that this person gets."""
    answer = page.get(reverse("events:schedule_json", args=[event.pk]))
    done = subprocess.run([sys.executable, READER], input=answer.content, capture_output=True, check=False)
    assert not done.returncode, done.stderr.decode()
    return json.loads(done.stdout)


@pytest.fixture
def event(cast):
    event = world.an_event(cast, State.CALL_CLOSED, programme=True, title="Innovatielab: “samen” & verder")
    row = offers(event, cast.amina, C.CONFIRMED, title="Rekenen met kralen", theme="maths")
    deeds.place(event, by=cast.noor, contribution=row, slot=event.slots.last(), room=event.rooms.last())
    return event


def test_another_reader_finds_the_same_hours_rooms_and_people(cast, event, signed_in):
    release(event, cast.noor)
    found = read(signed_in(cast.amina), event)
    titles = ["Welkom", "Breuken zien", "Soep en napraten", "Denkvragen", "Rekenen met kralen"]
    assert (found["version"], found["zone"], found["begins"]) == ("1", "Europe/Amsterdam", event.held_on.isoformat())
    assert (found["days"], found["rooms"], found["guids"]) == ([titles], ["Zaal 1", "Zaal 2"], 2)
    assert sorted(found["in_xml"]) == sorted(titles)
    talk = found["events"]["Rekenen met kralen"]
    assert talk == {
        "starts": world.at(event.held_on, 15, 15).isoformat(),
        "lasts": "01:00",
        "day": 1,
        "room": "Zaal 2",
        "track": "Rekenen",
        "persons": [str(cast.amina)],
    }


def test_what_is_called_off_is_gone_and_what_has_no_room_stands_nowhere(cast, event, signed_in):
    release(event, cast.noor)
    deeds.remove_session(Session.objects.get(title="Denkvragen"), by=cast.noor)
    deeds.place(event, by=cast.noor, session=Session.objects.get(title="Welkom"), slot=event.slots.first(), room=None)
    release(anew(event), cast.noor)
    found = read(signed_in(cast.amina), event)
    assert (found["version"], found["events"]["Welkom"]["room"]) == ("2", "–")
    assert "Denkvragen" not in found["events"]


def test_two_days_in_the_night_the_clock_goes_back(cast, signed_in):
    night = date(2026, 10, 25)
    event = world.an_event(
        cast, State.CALL_CLOSED, held_on=night - timedelta(days=1), last_on=night, starts=time(9), programme=True
    )
    slot = deeds.add_slot(event, by=cast.noor, held_on=night, starts=time(1, 30), ends=time(3, 30))
    late = deeds.add_session(event, by=cast.noor, slot=slot, title="Nachtwacht", kind="plenary")
    release(anew(event), cast.noor)
    found = read(signed_in(cast.amina), event)["events"]
    assert (found[late.title]["starts"], found[late.title]["day"]) == ("2026-10-25T01:30:00+02:00", 2)
    assert found[late.title]["lasts"] == "03:00"  # from half past one to half past three, and an hour twice
    assert found["Welkom"]["day"] == 1
