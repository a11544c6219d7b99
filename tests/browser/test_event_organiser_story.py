"""Noor organises an innovation lab from her desk: begins it, plans it with and without the mouse, makes it known."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localtime, now
from playwright.sync_api import expect

from activity.models import Notification
from core.time import today
from events.choices import ContributionState, State
from events.models import Event, Session
from tests import cast as people
from tests.events.offers import offers
from tests.screens import DESKTOP, is_narrow, seen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def add_room(page, name, seats):
    page.locator("#id_name").fill(name)
    page.locator("#id_seats").fill(str(seats))
    page.get_by_role("button", name="Toevoegen").click()
    expect(page.locator("ul.rows").get_by_text(name, exact=True)).to_be_visible()


def add_slot(page, starts, ends, *, is_choice=False):
    page.locator("#id_starts").fill(starts)
    page.locator("#id_ends").fill(ends)
    if is_choice:
        page.get_by_label("Hier kiezen mensen hun workshop").check()
    page.get_by_role("button", name="Toevoegen").click()
    expect(page.locator("ul.rows")).to_contain_text(starts.lstrip("0").replace(":", "."))


def test_from_nothing_to_a_programme_that_is_known(website, screen):
    cast = people.cast()
    noor = screen(cast.noor, DESKTOP)

    # What, when and whose; the rest on one screen.
    noor.goto(f"{website.url}/events/")
    noor.get_by_role("link", name="Iets organiseren").click()
    noor.locator("#id_title").fill("Innovatielab najaar")
    noor.locator("#id_held_on").fill((today() + timedelta(days=50)).isoformat())
    noor.get_by_role("button", name="Beginnen").click()
    noor.locator("#id_venue").fill("De Loods")
    noor.locator("#id_capacity").fill("40")
    noor.locator("#id_call_until").fill(f"{localtime(now()) + timedelta(days=10):%Y-%m-%dT%H:%M}")
    seen(noor, "lab/1-edit")
    noor.get_by_role("button", name="Bewaren").click()
    expect(noor.get_by_role("heading", name="Innovatielab najaar")).to_be_visible()
    event = Event.objects.get()
    assert (event.state, event.capacity, event.venue) == (State.CONCEPT, 40, "De Loods")

    # She asks for contributions, and closes the call; two were accepted meanwhile.
    noor.get_by_role("button", name="Bijdragen vragen").click()
    expect(noor.get_by_role("button", name="Bijdragen sluiten")).to_be_visible()
    for who, title in ((cast.amina, "Rekenen met kralen"), (cast.tom, "Denkvragen")):
        offers(event, who, ContributionState.CONFIRMED, title=title)
    noor.get_by_role("button", name="Bijdragen sluiten").click()
    expect(noor.get_by_role("button", name="Bijdragen sluiten")).to_be_hidden()
    seen(noor, "lab/2-call-closed")

    # Rooms and hours.
    noor.get_by_role("link", name="Planner").click()
    noor.get_by_role("link", name="Uren", exact=True).click()
    add_slot(noor, "13:20", "14:05", is_choice=True)
    add_slot(noor, "14:20", "15:05")
    noor.goto(f"{website.url}/events/{event.pk}/rooms/")
    add_room(noor, "Zaal 1", 20)
    add_room(noor, "Zaal 2", 12)

    # One goes to its place by two choices and the keyboard, the other is dragged.
    noor.goto(f"{website.url}/events/{event.pk}/planner/")
    noor.get_by_role("link", name=re.compile("Plaats.*Denkvragen")).focus()
    noor.keyboard.press("Enter")
    noor.locator("#id_slot").select_option(index=1)
    noor.locator("#id_room").select_option(label="Zaal 1")
    noor.get_by_role("button", name="Zet het erop").press("Enter")
    expect(noor.locator(".planner-grid").get_by_text("Denkvragen").first).to_be_visible()
    noor.goto(f"{website.url}/events/{event.pk}/planner/")
    slot, room = event.slots.last(), event.rooms.last()
    cell = noor.locator(f'.cell[data-slot="{slot.pk}"][data-room="{room.pk}"]')
    expect(noor.locator("programme-planner.can-drag")).to_be_visible()
    noor.locator("[data-item^=contribution] .grip").drag_to(cell)
    expect(noor.locator(".planner-grid li[id^=session]", has_text="Rekenen met kralen")).to_be_visible()
    session = Session.objects.get(title="Rekenen met kralen")
    assert (session.slot, session.room) == (slot, room)
    seen(noor, "lab/3-planner")

    # Made known, those whom it concerns hear it, and people may register.
    noor.get_by_role("link", name="Maak bekend").click()
    noor.get_by_label("Wat is er nieuw, in één zin").fill("Het programma staat.")
    seen(noor, "lab/4-release")
    noor.get_by_role("button", name="Maak bekend").click()
    noor.goto(f"{website.url}/events/{event.pk}/programme/")
    expect(noor.get_by_role("link", name="Rekenen met kralen")).to_be_visible()
    seen(noor, "lab/5-programme")
    told = Notification.objects.filter(activity__kind="events.released").values_list("person", flat=True)
    assert set(told) == {cast.amina.pk, cast.tom.pk}
    noor.goto(f"{website.url}/events/{event.pk}/")
    noor.get_by_role("button", name="Programma bekendmaken").click()
    noor.get_by_role("button", name="Aanmelden openen").click()
    expect(noor.get_by_role("button", name="Aanmelden sluiten")).to_be_visible()
    assert Event.objects.get().state == State.OPEN
    assert is_narrow(noor) and noor.complaints == []
