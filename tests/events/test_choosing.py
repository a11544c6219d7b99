"""Wishes, the division, and what comes after: nobody too many, nobody in two places, everybody knows why."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import now

from activity.models import Notification
from core.refusals import Refused
from events.actions import choosing, waiting
from events.choices import SeatState
from events.models import Event, Seat, Session
from tests.events import world


def a_choice(cast, people=5, places=2, *, until=1):
    """An event with two workshops in its hour of choice, each with so many places, and so many who come."""
    event = world.an_event(cast, programme=True, choice_until=now() + timedelta(hours=until))
    Session.objects.filter(event=event, kind="workshop").update(capacity=places)
    first, second = event.sessions.filter(kind="workshop").order_by("pk")
    return event, first, second, [world.comes(event) for _each in range(people)]


def close(event):
    event.choice_until = now() - timedelta(minutes=1)
    event.save(update_fields=["choice_until"])


def divided(cast, **how):
    event, first, second, coming = a_choice(cast, **how)
    for row in coming:
        choosing.wish(row, by=row.person, wishes={first.slot_id: [first, second]})
    close(event)
    choosing.divide(event, by=cast.noor)
    choosing.publish(event, by=cast.noor)
    return event, first, second, coming


def state_of(row, session):
    return Seat.objects.get(registration=row, session=session).state


def test_five_wish_for_two_places_and_each_reads_why(cast):
    event, first, _second, _coming = divided(cast)
    ranks = sorted(Seat.objects.filter(state="confirmed").values_list("rank", flat=True))
    assert ranks == [1, 1, 2, 2]
    left_out = Seat.objects.get(state="waiting")
    assert left_out.session == first
    assert "5" in left_out.why
    assert "2" in left_out.why
    assert {session.taken for session in event.sessions.filter(kind="workshop")} == {2}
    assert Notification.objects.filter(activity__kind="events.divided").count() == 5


def test_who_was_left_out_goes_first_the_next_time(cast):
    _event, *_rest = divided(cast, people=3, places=1)
    left_out = Seat.objects.get(state="waiting").registration.person
    next_time, first, _second, others = a_choice(cast, people=1, places=1)
    rows = [*others, world.comes(next_time, left_out)]
    for row in rows:
        choosing.wish(row, by=row.person, wishes={first.slot_id: [first]})
    close(next_time)
    choosing.divide(next_time, by=cast.noor)
    choosing.publish(next_time, by=cast.noor)
    assert state_of(rows[-1], first) == SeatState.CONFIRMED


def test_made_again_it_is_the_same_and_published_once(cast):
    event, first, second, coming = a_choice(cast)
    for row in coming:
        choosing.wish(row, by=row.person, wishes={first.slot_id: [first, second]})
    with pytest.raises(Refused, match="nog kiezen"):
        choosing.divide(event, by=cast.noor)
    close(event)
    once, again = (choosing.divide(event, by=cast.noor) for _time in range(2))
    assert once.seed == again.seed
    assert once.figures == again.figures
    choosing.publish(event, by=cast.noor)
    with pytest.raises(Refused, match="al verdeeld"):
        choosing.publish(event, by=cast.noor)
    with pytest.raises(Refused, match="Alleen wie dit organiseert"):
        choosing.divide(event, by=coming[0].person)


def test_a_wish_for_what_was_called_off_is_told_and_does_not_count(cast):
    event, first, second, coming = a_choice(cast, people=1)
    row = coming[0]
    choosing.wish(row, by=row.person, wishes={first.slot_id: [first, second]})
    Session.objects.filter(pk=first.pk).update(is_cancelled=True)
    first.refresh_from_db()
    with pytest.raises(Refused, match="gaat niet door"):
        choosing.wish(row, by=row.person, wishes={first.slot_id: [first, second]})
    close(event)
    choosing.divide(event, by=cast.noor)
    choosing.publish(event, by=cast.noor)
    assert Seat.objects.get().session == second
    assert Seat.objects.get().rank == 1


def test_after_the_division_first_come_then_in_line_then_offered(cast):
    event, first, _second, _coming = divided(cast, people=2, places=2)
    late, later = world.comes(event), world.comes(event)
    assert choosing.take_seat(first, late, by=late.person).state == SeatState.WAITING
    assert choosing.take_seat(first, later, by=later.person).state == SeatState.WAITING
    holder = Seat.objects.filter(session=first, state="confirmed").first()
    choosing.leave_seat(holder, by=holder.registration.person)
    assert [state_of(late, first), state_of(later, first)] == ["offered", "waiting"]
    first.refresh_from_db()
    assert first.taken == 2  # an offer uses a place
    choosing.answer_seat(Seat.objects.get(registration=late), by=late.person, takes=False)
    assert state_of(later, first) == "offered"
    Seat.objects.filter(registration=later).update(offered_until=now() - timedelta(minutes=1))
    assert choosing.expire_seats() == 1
    assert state_of(later, first) == "left"
    first.refresh_from_db()
    assert first.taken == 1


def test_nobody_is_in_two_sessions_at_once(cast):
    _event, first, second, coming = divided(cast, people=1)
    row = coming[0]
    with pytest.raises(Refused, match="Geef die plek eerst op"):
        choosing.take_seat(second, row, by=row.person)
    assert choosing.take_seat(second, row, by=row.person, instead=True).state == "confirmed"
    assert state_of(row, first) == "left"
    first.refresh_from_db()
    assert first.taken == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(registration=row, session=first).update(state="confirmed")


def test_who_does_not_come_frees_her_place_for_the_next(cast):
    event, first, _second, _coming = divided(cast, people=2, places=1)
    late = world.comes(event)
    choosing.take_seat(first, late, by=late.person)
    holder = Seat.objects.get(session=first, state="confirmed").registration
    waiting.leave(holder, by=holder.person)
    assert state_of(late, first) == "offered"


@pytest.mark.django_db(transaction=True)
def test_ten_people_at_the_same_instant_never_share_a_place(cast):
    event, first, _second, _coming = divided(cast, people=1, places=3)
    rows = [world.comes(event) for _each in range(10)]

    def grab(row):
        try:
            choosing.take_seat(Session.objects.get(pk=first.pk), row, by=row.person)
        finally:
            connection.close()

    threads = [Thread(target=grab, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Session.objects.get(pk=first.pk).taken == 3
    assert Seat.objects.filter(session=first, state="confirmed").count() == 3
    assert Seat.objects.filter(session=first, state="waiting").count() == 8
    assert Event.objects.get(pk=event.pk).taken == 11
