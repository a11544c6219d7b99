"""The waiting list: a place that comes free is held for the first in line, for a while."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import now

from activity.models import Ask, Delivery
from core import links
from core.refusals import Refused
from events.actions import making, registering, waiting
from events.choices import RegistrationState
from events.models import Event, Registration
from tests import cast as make
from tests.events import world

R = RegistrationState


@pytest.fixture
def full(cast):
    """One place, which Amina has; Tom and Els wait."""
    event = world.an_event(cast, capacity=1)
    for person in (cast.amina, cast.tom, cast.els):
        registering.register(event, by=person)
    return event


def states(event):
    return [*Registration.objects.filter(event=event).order_by("pk").values_list("state", flat=True)]


def row_of(person):
    return Registration.objects.get(person=person)


def test_a_free_place_is_offered_and_counts_as_taken(cast, full):
    waiting.leave(row_of(cast.amina), by=cast.amina)
    assert states(full) == [R.CANCELLED, R.OFFERED, R.WAITING]
    assert Event.objects.get(pk=full.pk).taken == 1
    registering.register(full, by=cast.bram)
    assert row_of(cast.bram).state == R.WAITING, "nobody passes who waits"
    assert Ask.objects.open().get(kind="events.offered").person == cast.tom
    assert Delivery.objects.filter(kind="events.offered", person=cast.tom).exists()


def test_the_link_in_the_letter_asks_first_and_takes_by_a_tap(cast, full, signed_in):
    waiting.leave(row_of(cast.amina), by=cast.amina)
    row = row_of(cast.tom)
    url = f"/events/place/{links.sign('events.place', person=cast.tom.pk, registration=row.pk)}/"
    stranger = signed_in()
    assert stranger.get(url).status_code == 200
    assert row_of(cast.tom).state == R.OFFERED, "a mail scanner follows links"
    assert stranger.post(url, {"do": "take"}).status_code == 200
    assert row_of(cast.tom).state == R.CONFIRMED
    assert not Ask.objects.open().filter(kind="events.offered").exists()
    assert stranger.post(url, {"do": "take"}).status_code == 200, "tapped twice is taken once"
    forged = f"/events/place/{links.sign('events.place', person=cast.els.pk, registration=row.pk)}/"
    assert stranger.get(forged).status_code == 410


def test_an_offer_that_is_not_taken_in_time_goes_on(cast, full):
    waiting.leave(row_of(cast.amina), by=cast.amina)
    assert waiting.expire_offers() == 0
    Registration.objects.filter(state=R.OFFERED).update(offered_until=now() - timedelta(minutes=1))
    with pytest.raises(Refused):
        waiting.take_offer(row_of(cast.tom), by=cast.tom)
    assert waiting.expire_offers() == 1
    assert states(full) == [R.CANCELLED, R.EXPIRED, R.OFFERED]
    assert Event.objects.get(pk=full.pk).taken == 1
    assert waiting.expire_offers() == 0


def test_more_places_are_offered_at_once_and_fewer_than_taken_are_refused(cast, full):
    making.edit(full, by=cast.noor, capacity=2)
    assert states(full) == [R.CONFIRMED, R.OFFERED, R.WAITING]
    with pytest.raises(Refused) as refusal:
        making.edit(full, by=cast.noor, capacity=1)
    assert refusal.value.field == "capacity"
    assert Event.objects.get(pk=full.pk).capacity == 2


def test_an_offer_does_not_run_in_her_holidays_nor_beyond_the_beginning(cast):
    christmas = datetime.combine(date(2026, 12, 18), time(16, 0), ZoneInfo("Europe/Amsterdam"))
    event = world.an_event(cast, held_on=date(2027, 2, 1), last_on=date(2027, 2, 1), offer_hours=48)
    near = world.an_event(cast, days=1)
    import time_machine

    with time_machine.travel(christmas):
        until = waiting.term_of(event, cast.tom)
    assert until.astimezone(ZoneInfo("Europe/Amsterdam")).date() > date(2027, 1, 3)
    assert waiting.term_of(near, cast.tom) == near.starts_at


def test_calling_it_off_is_told_to_who_comes_and_who_waits(cast, full, signed_in):
    answer = signed_in(cast.noor).post(f"/events/{full.pk}/step/", {"verb": "cancel", "because": ""})
    assert answer.status_code == 422
    signed_in(cast.noor).post(f"/events/{full.pk}/step/", {"verb": "cancel", "because": "De zaal staat onder water"})
    told = set(Delivery.objects.filter(kind="events.called_off").values_list("person__name", flat=True))
    assert told == {"Amina Yildiz", "Tom Hendriks", "Els Jansen"}
    with pytest.raises(Refused):
        waiting.leave(row_of(cast.amina), by=cast.amina)


def test_the_database_refuses_one_too_many_whatever_the_code_does(cast, full):
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=full.pk).update(taken=2)


def test_two_accounts_become_one_and_have_one_place(cast, full):
    from events import merging

    second = make.person("Amina Y.")
    making.edit(full, by=cast.noor, capacity=4)
    registering.register(full, by=second)
    merging.merge(cast.amina, second)
    assert Registration.objects.filter(person=cast.amina).count() == 1
    assert not Registration.objects.filter(person=second).exists()
    seated = Registration.objects.filter(event=full).seated().count()
    assert Event.objects.get(pk=full.pk).taken == seated
