"""Organisers start an event, change it, name others, ask questions and copy it; what they typed is never lost."""

from datetime import date, time, timedelta

import pytest

from activity.models import Delivery
from core.refusals import Refused
from core.time import today
from events.actions import making
from events.choices import State
from events.models import Event, Organiser, Question
from tests.events import world

DAY = today() + timedelta(days=40)
STARTED = {"kind": "lab", "title": "Innovatielab", "held_on": DAY.isoformat(), "starts": "13:00", "ends": "17:00",
           "place": "onsite"}  # fmt: skip


@pytest.mark.parametrize(
    ("who", "offered"), [("bram", ["school"]), ("ben", ["board"]), ("noor", ["network"]), ("amina", [])]
)
def test_who_leads_a_place_begins_an_event_of_it(cast, signed_in, who, offered):
    page = signed_in(getattr(cast, who)).get("/events/start/")
    assert [key.split("-")[0] for key, _name in page.context["form"].fields["owner"].choices] == offered


def test_a_school_leader_begins_and_is_its_first_organiser(cast, signed_in):
    page = signed_in(cast.bram)
    answer = page.post("/events/start/", STARTED | {"owner": f"school-{cast.regenboog.pk}"})
    event = Event.objects.get()
    assert answer.url == f"/events/{event.pk}/edit/"
    assert (event.state, event.school, event.scope) == (State.CONCEPT, cast.regenboog, "school")
    assert page.get(f"/events/{event.pk}/").status_code == 200
    assert signed_in(cast.amina).get(f"/events/{event.pk}/").status_code == 404, "a concept is of its organisers"


def test_nobody_begins_an_event_of_another_school(cast, signed_in):
    answer = signed_in(cast.bram).post("/events/start/", STARTED | {"owner": f"school-{cast.wissel.pk}"})
    assert answer.status_code == 422
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends": "12:00"}, "ends"),
        ({"held_on": "2020-01-01"}, "held_on"),
        ({"held_on": "2027-03-28", "starts": "02:30"}, "starts"),
        ({"title": ""}, "title"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_kept(cast, signed_in, change, field):
    posted = STARTED | {"owner": f"school-{cast.regenboog.pk}", "title": "Dit blijft staan"} | change
    answer = signed_in(cast.bram).post("/events/start/", posted)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert change.get("title") == "" or "Dit blijft staan" in answer.content.decode()


def test_another_day_is_told_to_who_comes_and_other_words_are_not(cast):
    event = world.an_event(cast)
    world.comes(event, cast.amina)
    making.edit(event, by=cast.noor, title="Innovatielab 2027", text="**Kom** <script>alert(1)</script>")
    assert not Delivery.objects.filter(kind="events.changed").exists()
    assert "<script>" not in Event.objects.get().html
    making.edit(event, by=cast.noor, starts=time(14, 0))
    assert Delivery.objects.get(kind="events.changed").person == cast.amina


def test_the_screen_with_everything_keeps_what_stands(cast, signed_in):
    event = world.an_event(cast, capacity=10, needs_approval=True)
    page = signed_in(cast.noor)
    form = page.get(f"/events/{event.pk}/edit/").context["form"]
    typed = {name: form[name].value() for name in form.fields}
    posted = {name: value for name, value in typed.items() if value not in (None, False)}
    assert page.post(f"/events/{event.pk}/edit/", posted | {"capacity": "12"}).status_code == 302
    new = Event.objects.get()
    assert (new.capacity, new.needs_approval, new.rubric, new.held_on) == (12, True, event.rubric, event.held_on)
    wrong = page.post(f"/events/{event.pk}/edit/", posted | {"ends": "01:00", "summary": "Nog niet bewaard"})
    assert wrong.status_code == 422
    assert "Nog niet bewaard" in wrong.content.decode()


def test_somebody_always_organises_it(cast, signed_in):
    event = world.an_event(cast)
    first = event.organisers.get()
    with pytest.raises(Refused):
        making.remove_person(first, by=cast.noor)
    page = signed_in(cast.noor)
    assert (
        page.post(f"/events/{event.pk}/people/", {"person": "niemand@x.example", "part": "organiser"}).status_code
        == 422
    )
    page.post(f"/events/{event.pk}/people/", {"person": cast.fatima.email, "part": "organiser"})
    assert Delivery.objects.get(kind="events.part_given").person == cast.fatima
    page.post(f"/events/{event.pk}/people/remove/", {"organiser": first.pk})
    assert Organiser.objects.get().person == cast.fatima
    assert signed_in(cast.noor).get(f"/events/{event.pk}/edit/").status_code == 403


def test_questions_are_changed_in_place_and_one_without_words_goes(cast):
    event = world.an_event(cast)
    kept, gone = world.asks(event, "Kom je met de trein?"), world.asks(event, "Weg ermee")
    told = {"kind": "text", "options": [], "is_required": False}
    making.ask(
        event, by=cast.noor, of="registration",
        questions=[{"pk": None, "label": "Nieuw", **told}, {"pk": kept.pk, "label": "Hoe kom je?", **told}],
    )  # fmt: skip
    assert [*Question.objects.values_list("label", flat=True)] == ["Nieuw", "Hoe kom je?"]
    assert Question.objects.get(label="Hoe kom je?").pk == kept.pk
    assert not Question.objects.filter(pk=gone.pk).exists()


def test_a_copy_has_the_words_rooms_and_hours_and_nobody_who_comes(cast, signed_in):
    event = world.an_event(cast, "over", programme=True, capacity=30)
    world.asks(event)
    world.comes(event, cast.amina)
    answer = signed_in(cast.noor).post(f"/events/{event.pk}/copy/", {"held_on": DAY.isoformat()})
    new = Event.objects.get(copied_from=event)
    assert answer.url == f"/events/{new.pk}/edit/"
    assert (new.state, new.taken, new.title, new.held_on) == (State.CONCEPT, 0, event.title, DAY)
    assert (new.rooms.count(), new.slots.count(), new.questions.count(), new.sessions.count()) == (2, 3, 1, 0)
    assert {slot.held_on for slot in new.slots.all()} == {DAY}
    assert not new.registrations.exists()


def test_a_day_across_the_change_of_clocks_keeps_its_hours(cast):
    night = date(2027, 3, 27)
    event = world.an_event(cast, held_on=night, last_on=night + timedelta(days=1), starts=time(20, 0), ends=time(9, 0))
    assert event.ends_at - event.starts_at == timedelta(hours=12), "one hour less than the clock says"
