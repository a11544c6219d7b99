"""What goes wrong: at the same instant, under people's feet, from two devices, with the address of another."""

import json
from datetime import time, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils.timezone import now

from activity.models import Ask, Notification
from core.refusals import Refused
from events import releases
from events.actions import checking, choosing, programme, releasing
from events.choices import SeatState, State
from events.models import CheckIn, Registration, Release, Seat, Session
from tests import cast as people
from tests.events import world
from tests.events.offers import anew, sits
from tests.hands import together


@pytest.fixture
def event(cast):
    return world.an_event(cast, State.OPEN, programme=True, days=30)


def called(event, title):
    return Session.objects.select_related("slot", "room").get(event=event, title=title)


def offered(session, registration):
    """A place that is held for somebody, as the waiting list offers it."""
    seat = sits(session, registration, state=SeatState.WAITING, waiting_since=now())
    choosing.pass_on(session)
    assert anew(seat).state == SeatState.OFFERED
    return seat


def asked(person):
    return Ask.objects.open().filter(kind="events.seat_offered", person=person).exists()


# At the same instant ------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_organisers_release_in_the_same_second_and_people_hear_it_once():
    cast = people.cast()
    event = world.an_event(cast, State.CALL_CLOSED, programme=True)
    called(event, "Breuken zien").speakers.add(cast.amina)
    world.does(event, cast.ben)
    after, _before, _changes = releasing.draft(event)
    seen = releases.fingerprint(after)
    answers = together(
        *(lambda by=by: releasing.release(event, by=by, number=1, seen=seen) for by in (cast.noor, cast.ben))
    )
    refused = [each for each in answers if isinstance(each, Refused)]
    assert (len(refused), Release.objects.count()) == (1, 1)
    assert "maakte net versie 1 bekend" in str(refused[0])
    assert Notification.objects.filter(person=cast.amina, activity__kind="events.released").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_slot_moves_while_somebody_takes_a_place_in_it():
    cast = people.cast()
    event = world.an_event(cast, State.OPEN, programme=True, days=30)
    session, rows = called(event, "Breuken zien"), [world.comes(event) for _each in range(4)]
    to = {"held_on": event.held_on, "starts": time(14, 15), "ends": time(15, 0)}
    together(
        lambda: programme.edit_slot(session.slot, by=cast.noor, **to),
        *(lambda row=row: choosing.take_seat(session, row, by=row.person) for row in rows),
    )
    starts = world.at(event.held_on, 14, 15)
    assert {seat.during.lower for seat in Seat.objects.all()} == {starts}
    assert anew(session).taken == Seat.objects.filter(state="confirmed").count() == 4


@pytest.mark.django_db(transaction=True)
def test_one_tap_that_two_devices_send_at_once_is_one_row():
    cast = people.cast()
    event = world.an_event(cast, State.RUNNING)
    row = {"key": str(uuid4()), "code": checking.code_of(world.comes(event)), "ago": 90}
    answers = together(*(lambda: checking.check_in(event, by=cast.noor, rows=[row]) for _device in range(4)))
    assert [told for ((_key, told),) in answers] == [""] * 4
    assert CheckIn.objects.count() == 1


# Under people's feet ------------------------------------------------------------------------------


def test_a_session_that_is_called_off_asks_nobody_any_more(cast, event):
    session = called(event, "Breuken zien")
    amina, tom = world.comes(event, cast.amina), world.comes(event, cast.tom)
    place, held = sits(session, amina), offered(anew(session), tom)
    programme.remove_session(session, by=cast.noor)
    assert [anew(seat).state for seat in (place, held)] == ["left", "left"]
    assert not asked(cast.tom)
    with pytest.raises(Refused, match="geen plek meer"):
        choosing.answer_seat(held, by=cast.tom, takes=True)


def test_who_loses_a_place_by_a_move_makes_room_for_the_first_in_line(cast, event):
    session, other = called(event, "Breuken zien"), called(event, "Soep en napraten")
    Session.objects.filter(pk=session.pk).update(capacity=1)
    amina, tom = world.comes(event, cast.amina), world.comes(event, cast.tom)
    lost, kept = sits(anew(session), amina), sits(other, amina)
    line = sits(anew(session), tom, state=SeatState.WAITING, waiting_since=now())
    programme.place(event, by=cast.noor, session=session, slot=other.slot, room=session.room, agreed=True)
    assert [anew(seat).state for seat in (lost, kept, line)] == ["left", "confirmed", "offered"]
    assert anew(line).during.lower == other.slot.starts_at
    assert anew(session).taken == 1


def test_a_room_that_goes_leaves_its_sessions_their_hour_and_their_people(cast, event):
    session = called(event, "Denkvragen")
    seat = sits(session, world.comes(event, cast.amina))
    assert programme.remove_room(session.room, by=cast.noor, agreed=True) == 1
    session = anew(session)
    assert (session.room, session.slot_id, session.taken) == (None, seat.session.slot_id, 1)
    assert anew(seat).state == SeatState.CONFIRMED


def test_wishes_for_what_was_called_off_meanwhile_are_given_back_with_all_she_chose(cast, signed_in):
    event = world.an_event(cast, programme=True, choice_until=now() + timedelta(hours=1))
    row = world.comes(event, cast.amina)
    first, second = called(event, "Breuken zien"), called(event, "Denkvragen")
    choosing.wish(row, by=cast.amina, wishes={first.slot_id: [first, second]})
    programme.remove_session(first, by=cast.noor)
    page, address = signed_in(cast.amina), reverse("events:choose", args=[event.pk])
    assert "‘Breuken zien’ gaat niet door" in page.get(address).content.decode()
    slot = f"slot_{first.slot_id}"
    answer = page.post(address, {slot: first.pk, f"{slot}_2": second.pk})  # the page still lay open
    assert answer.status_code == 422
    assert f'<option value="{second.pk}" selected>' in answer.content.decode()
    assert [wish.session for wish in row.preferences.order_by("rank")] == [first, second]  # nothing was lost


# At the door --------------------------------------------------------------------------------------


def test_two_devices_without_internet_scanned_her_and_the_code_of_another_event(cast, signed_in):
    event, elsewhere = world.an_event(cast, State.RUNNING), world.an_event(cast, State.RUNNING, title="Ander lab")
    row, stranger = world.comes(event), world.comes(elsewhere)
    address, page = reverse("events:send_check_ins", args=[event.pk]), signed_in(cast.noor)
    for device, ago in (("deur 1", 600), ("deur 2", 540)):
        taps = [{"key": str(uuid4()), "code": checking.code_of(each), "ago": ago} for each in (row, stranger)]
        for _time in range(2):  # the answer got lost, and it is sent again
            sent = json.dumps({"device": device, "rows": taps})
            told = page.post(address, sent, content_type="application/json").json()
        assert [each["sentence"] for each in told["told"]] == [
            "", "Deze code is van een andere bijeenkomst. Er is niemand ingecheckt.",
        ]  # fmt: skip
        assert told["here"] == [row.pk]
    assert CheckIn.objects.filter(registration=row).count() == 2  # each device said so once
    assert not CheckIn.objects.filter(registration=stranger).exists()
    assert checking.counts(event) == (1, 1)


@pytest.mark.parametrize(
    "tap",
    [{"key": "x"}, {"session": "abc"}, {"direction": ["in"]}, {"ago": "lang"}, {"code": {"a": 1}}, {"code": "\0"}],
)
def test_what_no_device_sends_is_answered_with_a_sentence_and_never_breaks(cast, signed_in, tap):
    event = world.an_event(cast, State.RUNNING)
    row = {"key": str(uuid4()), "code": checking.code_of(world.comes(event))} | tap
    sent = json.dumps({"device": "\0" if "ago" in tap else "deur", "rows": [row]})
    page, address = signed_in(cast.noor), reverse("events:send_check_ins", args=[event.pk])
    assert page.post(address, sent, content_type="application/json").status_code == 200


# With another's name ------------------------------------------------------------------------------


def test_who_types_the_address_of_another_gets_nothing_and_learns_nothing(cast, signed_in, mailserver, commits):
    """The letter goes to her whose address it is; only her link registers, and what was typed is not kept before."""
    event = world.an_event(cast, scope="public", is_for_guests=True)
    world.comes(event, cast.amina)
    page = signed_in()
    for address in (cast.amina.email, "buurvrouw@thuis.example"):
        said = {"name": "Grappenmaker", "address": address}
        assert page.post(reverse("events:register_guest", args=[event.pk]), said).status_code == 200
    assert [row.person for row in Registration.objects.all()] == [cast.amina]
    assert anew(event).taken == 1
