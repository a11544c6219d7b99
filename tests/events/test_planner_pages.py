"""The pages on which a programme is made, filled in as people do: what fits is written, what does not is given back."""

import pytest
from django.urls import reverse

from events.choices import State
from events.models import Room, Session, Slot
from tests.events import world


@pytest.fixture
def event(cast):
    return world.an_event(cast, State.CALL_CLOSED, programme=True)


def post(page, address, row, **said):
    return page.post(reverse(f"events:{address}", args=[row.pk]), said)


def test_an_hour_a_room_and_a_session_are_added(cast, event, signed_in):
    page = signed_in(cast.noor)
    hour = {"held_on": event.held_on, "starts": "16:30", "ends": "17:00", "name": "Soep"}
    assert post(page, "slots", event, **hour).status_code == 302
    assert post(page, "rooms", event, name="Aula", seats=120, where="begane grond").status_code == 302
    slot, room = Slot.objects.get(name="Soep"), Room.objects.get(name="Aula")
    said = {"title": "Soep en napraten samen", "kind": "break", "slot": slot.pk, "room": room.pk}
    assert post(page, "add_session", event, **said).status_code == 302
    session = Session.objects.get(title="Soep en napraten samen")
    assert (session.slot, session.room) == (slot, room)


@pytest.mark.parametrize(
    ("name", "said", "sentence"),
    [
        ("slots", {"starts": "16:30", "ends": "16:00", "name": "Blijft staan"}, "eindigt"),
        ("rooms", {"name": "Zaal 1", "where": "Blijft staan"}, "al een zaal"),
        ("add_session", {"title": "Blijft staan", "kind": "workshop", "capacity": "veel"}, "id_capacity"),
    ],
)
def test_what_cannot_be_is_given_back_with_what_was_typed(cast, event, signed_in, name, said, sentence):
    page = signed_in(cast.noor)
    was = Slot.objects.count(), Room.objects.count(), Session.objects.count()
    answer = post(page, name, event, **({"held_on": event.held_on} if name == "slots" else {}), **said)
    assert answer.status_code == 422
    assert "Blijft staan" in answer.text
    assert sentence in answer.text
    assert (Slot.objects.count(), Room.objects.count(), Session.objects.count()) == was


def test_hours_rooms_and_sessions_are_changed_and_taken_out(cast, event, signed_in):
    page = signed_in(cast.noor)
    slot, room = event.slots.first(), event.rooms.first()
    hour = {"held_on": event.held_on, "starts": "13:05", "ends": "13:45", "name": "Opening"}
    assert post(page, "edit_slot", slot, **hour).status_code == 302
    assert post(page, "edit_room", room, name="Zaal A", seats=30).status_code == 302
    assert (Slot.objects.get(pk=slot.pk).name, Room.objects.get(pk=room.pk).name) == ("Opening", "Zaal A")
    welcome = event.sessions.get(title="Welkom")
    assert post(page, "remove_slot", slot).status_code in (302, 409)  # something stands in it
    assert Slot.objects.filter(pk=slot.pk).exists()
    assert post(page, "remove_session", welcome).status_code == 302
    assert not Session.objects.filter(pk=welcome.pk).exists()
    assert post(page, "remove_slot", slot).status_code == 302
    assert not Slot.objects.filter(pk=slot.pk).exists()
