"""An event is called off: who came or waited hears it, nobody holds a place any more, and calendars take it back."""

from datetime import timedelta

import pytest
from django.utils.timezone import now
from icalendar import Calendar

from activity.kinds import kinds
from activity.models import Ask, Delivery, Notification
from core import standing
from core.refusals import Refused
from events import rules
from events.actions import after, moving, waiting
from events.choices import Part, RegistrationState, SeatState
from events.models import Event, Registration, Seat
from tests import cast as make
from tests.events import world
from tests.events.offers import a_big_programme, offers, release, sits

R = RegistrationState


def call_off(event, by):
    return moving.take(event, "cancel", by=by, because="Te weinig aanmeldingen")


def test_everybody_hears_it_and_no_place_is_held_or_offered(cast):
    event = world.an_event(cast, programme=True, capacity=3)
    rows = [world.comes(event, who) for who in (cast.amina, cast.tom)]
    offered = world.comes(event, cast.gijs, R.OFFERED, offered_until=now() + timedelta(days=1))
    line = world.comes(event, cast.els, R.WAITING)
    guest = world.comes(event, address="joke@thuis.example", name="Joke", state=R.WAITING, diet="vegan")
    session = event.sessions.get(title="Breuken zien")
    sits(session, rows[0])
    sits(session, rows[1], state=SeatState.WAITING, waiting_since=now())
    call_off(event, cast.noor)
    assert set(Registration.objects.values_list("state", flat=True)) == {R.CANCELLED}
    assert set(Seat.objects.values_list("state", flat=True)) == {SeatState.LEFT}
    event.refresh_from_db()
    session.refresh_from_db()
    assert (event.taken, session.taken) == (0, 0)
    told = Notification.objects.filter(activity__kind="events.called_off").values_list("person", flat=True)
    assert set(told) == {cast.amina.pk, cast.tom.pk, cast.gijs.pk, cast.els.pk}
    letters = Delivery.objects.filter(kind="events.called_off")
    assert letters.filter(address=guest.address).exists()
    guest.refresh_from_db()
    assert guest.diet == ""
    assert not Ask.objects.filter(closed_at=None, kind__startswith="events.").exists()
    for row in (offered, line):
        with pytest.raises(Refused):
            waiting.take_offer(row)


def test_a_waiting_place_in_a_session_is_offered_to_nobody(cast):
    event = world.an_event(cast, programme=True)
    session = event.sessions.get(title="Breuken zien")
    event.sessions.filter(pk=session.pk).update(capacity=1)
    session.refresh_from_db()
    sits(session, world.comes(event, cast.amina))
    sits(session, world.comes(event, cast.tom), state=SeatState.WAITING, waiting_since=now())
    call_off(event, cast.noor)
    assert not Delivery.objects.filter(kind="events.seat_offered").exists()


def test_who_brings_or_helps_hears_it_too_and_each_once(cast):
    event = world.an_event(cast, "programme", programme="release")
    world.does(event, cast.gijs, Part.CREW)
    offers(event, cast.tom, "accepted")
    offers(event, cast.amina, "confirmed", title="Denkvragen")
    offers(event, cast.els, "rejected", title="Buiten leren")
    world.comes(event, cast.amina)
    call_off(event, cast.noor)
    told = list(Notification.objects.filter(activity__kind="events.called_off").values_list("person", flat=True))
    assert sorted(told) == sorted([cast.gijs.pk, cast.tom.pk, cast.amina.pk])


def test_her_letter_takes_the_day_and_her_sessions_back(cast):
    event = world.an_event(cast)
    a_big_programme(event, 4, 2)
    release(event, cast.noor)
    event = Event.objects.select_related("released").get(pk=event.pk)
    session = event.sessions.filter(slot__isnull=False).first()
    sits(session, world.comes(event, cast.amina))
    call_off(event, cast.noor)
    letter = Delivery.objects.get(kind="events.called_off", person=cast.amina)
    (_name, content, _type), *_rest = kinds["events.called_off"].attachments(letter, letter.about, cast.amina)
    rows = Calendar.from_ical(content).walk("VEVENT")
    assert {str(row["STATUS"]) for row in rows} == {"CANCELLED"}
    assert any(str(row["UID"]).startswith(session.uid) for row in rows)
    assert len(rows) == 2


def test_who_was_registered_from_elsewhere_still_reads_why(cast):
    event = world.an_event(cast, scope="school", school=cast.regenboog, network=None)
    elsewhere = make.person("Wies van Elders")
    world.comes(event, elsewhere)
    call_off(event, cast.noor)
    standing.forget(elsewhere)
    assert Event.objects.filter(rules.view(elsewhere), pk=event.pk).exists()
    letter = Delivery.objects.get(kind="events.called_off", person=elsewhere)
    assert kinds["events.called_off"].may_see(letter.about, elsewhere)


def test_what_is_over_and_thanked_is_not_called_off(cast):
    event = world.an_event(cast, "running", days=-1)
    world.comes(event, cast.amina)
    after.round_off(event)
    with pytest.raises(Refused, match="afgelopen"):
        call_off(event, cast.noor)
    assert Registration.objects.get().state == R.CONFIRMED
