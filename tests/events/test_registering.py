"""Somebody registers: herself, colleagues, a PLG; what becomes of it, and who hears it."""

import pytest

from activity.models import Delivery, Notification
from core.refusals import Refused
from events.actions import registering, waiting
from events.choices import Capacity, RegistrationState
from events.models import Event, Registration
from tests.events import world

R = RegistrationState


def state_of(event, person):
    return Registration.objects.get(event=event, person=person).state


def taken(event):
    return Event.objects.get(pk=event.pk).taken


def test_who_registers_has_a_place_and_a_letter(cast, signed_in):
    event = world.an_event(cast, capacity=10)
    question = world.asks(event, is_required=True)
    page = signed_in(cast.amina)
    refused = page.post(f"/events/{event.pk}/register/", {"diet": "geen noten"})
    assert refused.status_code == 422
    assert "geen noten" in refused.content.decode(), "what was typed stays"
    came = page.post(
        f"/events/{event.pk}/register/", {"diet": "geen noten", f"question_{question.pk}": "Ja, met de trein"}
    )
    assert came.url == f"/events/{event.pk}/"
    row = Registration.objects.get(person=cast.amina)
    assert (row.state, row.diet, row.answers) == (R.CONFIRMED, "geen noten", {str(question.pk): "Ja, met de trein"})
    assert taken(event) == 1
    assert Delivery.objects.filter(person=cast.amina, kind="events.place").count() == 1


@pytest.mark.parametrize(("state", "fields"), [("programme", {}), ("closed", {}), ("over", {}), ("cancelled", {})])
def test_it_is_refused_when_registration_is_not_open(cast, state, fields):
    event = world.an_event(cast, state, **fields)
    with pytest.raises(Refused):
        registering.register(event, by=cast.amina)
    assert not Registration.objects.exists()


def test_who_is_registered_is_not_registered_twice(cast):
    event = world.an_event(cast, capacity=5)
    registering.register(event, by=cast.amina)
    with pytest.raises(Refused):
        registering.register(event, by=cast.amina)
    assert taken(event) == 1


def test_a_whole_plg_in_order_of_names_and_the_last_wait(cast, signed_in):
    event = world.an_event(cast, capacity=2)
    answer = signed_in(cast.fatima).post(f"/events/{event.pk}/register/others/", {"plgs": [cast.maths.pk]})
    assert answer.status_code == 302
    states = dict(Registration.objects.order_by("pk").values_list("person__name", "state"))
    assert list(states.values())[:2] == [R.CONFIRMED, R.CONFIRMED]
    assert set(list(states.values())[2:]) == {R.WAITING}
    assert {"Amina Yildiz", "Fatima Aydin", "Tom Hendriks"} <= set(states)
    assert taken(event) == 2
    assert Notification.objects.filter(person=cast.amina, activity__kind="events.registered").exists()


def test_nobody_registers_somebody_she_does_not_work_with(cast, signed_in):
    event = world.an_event(cast)
    answer = signed_in(cast.amina).post(f"/events/{event.pk}/register/others/", {"people": [cast.dele.pk]})
    assert answer.status_code == 422
    assert not Registration.objects.exists()


def test_who_registered_a_colleague_never_reads_what_she_eats(cast, signed_in):
    event = world.an_event(cast)
    (row,) = registering.register(event, by=cast.fatima, people=[cast.amina])
    registering.change(row, by=cast.amina, diet="koosjer")
    page = signed_in(cast.fatima).get(f"/registrations/{row.pk}/edit/".replace("/reg", "/events/reg"), follow=True)
    assert page.status_code == 200
    assert "koosjer" not in page.content.decode()


def test_what_people_eat_is_read_by_organisers_alone(cast, signed_in):
    event = world.an_event(cast)
    world.does(event, cast.els, "crew")
    world.comes(event, cast.amina, diet="koosjer", needs="een rustige plek")
    assert "koosjer" in signed_in(cast.noor).get(f"/events/{event.pk}/registrations/").content.decode()
    seen = signed_in(cast.els).get(f"/events/{event.pk}/registrations/")
    assert seen.status_code == 200
    assert "koosjer" not in seen.content.decode()
    assert signed_in(cast.els).get(f"/events/{event.pk}/registrations/export/").status_code == 403
    assert signed_in(cast.tom).get(f"/events/{event.pk}/registrations/").status_code == 403


def test_an_organiser_admits_each(cast, signed_in):
    event = world.an_event(cast, capacity=1, needs_approval=True)
    for person in (cast.amina, cast.tom, cast.els):
        registering.register(event, by=person)
    assert taken(event) == 0, "a request takes no place"
    rows = {row.person_id: row for row in Registration.objects.all()}
    page = signed_in(cast.noor)
    for person in (cast.amina, cast.tom):
        page.post(f"/events/registrations/{rows[person.pk].pk}/admit/")
    page.post(f"/events/registrations/{rows[cast.els.pk].pk}/decline/")
    assert (state_of(event, cast.amina), state_of(event, cast.tom), state_of(event, cast.els)) == (
        R.CONFIRMED,
        R.WAITING,
        R.DECLINED,
    )
    with pytest.raises(Refused):
        registering.admit(rows[cast.els.pk], by=cast.noor)


def test_a_speaker_takes_no_place_and_frees_the_one_she_had(cast):
    event = world.an_event(cast, capacity=1)
    registering.register(event, by=cast.amina)
    registering.register(event, by=cast.tom)
    row = registering.register_speaker(event, cast.amina)
    assert (row.state, row.as_what) == (R.CONFIRMED, Capacity.SPEAKER)
    assert state_of(event, cast.tom) == R.OFFERED
    assert taken(event) == 1
    assert registering.register_speaker(event, cast.amina).pk == row.pk


def test_who_cancelled_can_come_back_at_the_end_of_the_line(cast):
    event = world.an_event(cast, capacity=1)
    (row,) = registering.register(event, by=cast.amina)
    registering.register(event, by=cast.tom)
    waiting.leave(row, by=cast.amina)
    registering.register(event, by=cast.amina)
    assert (state_of(event, cast.tom), state_of(event, cast.amina)) == (R.OFFERED, R.WAITING)


def test_the_spreadsheet_holds_no_formulas(cast, signed_in):
    event = world.an_event(cast)
    world.comes(event, address="a@b.example", name="=HYPERLINK(1)", diet="+1")
    text = signed_in(cast.noor).get(f"/events/{event.pk}/registrations/export/?as=csv").content.decode()
    assert "HYPERLINK" in text
    assert not any(cell.strip('"').startswith(("=", "+")) for line in text.splitlines() for cell in line.split(";"))


@pytest.mark.parametrize("path", ["", "registrations/"])
def test_one_or_many_rows_cost_the_same(cast, signed_in, django_assert_num_queries, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    event = world.an_event(cast)
    page, counts = signed_in(cast.noor), []
    for _ in (1, 3):
        for _number in range(1 if not counts else 2):
            world.comes(event)
            if not path:
                world.an_event(cast)
        with CaptureQueriesContext(connection) as seen:
            assert page.get(f"/events/{event.pk}/{path}" if path else "/events/").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
