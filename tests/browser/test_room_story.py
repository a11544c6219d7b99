"""Room in the timetable from end to end: asked from a meeting, given in one tap, covered, taken back, moved along."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from communities.meetings import actions
from core.time import today
from organisations.choices import RoleKind
from organisations.models import RoomRequest
from people.calendar import is_working_day
from tests import cast as people


def school_day(after):
    """The first day of school so many days from now, or after it."""
    day = today() + timedelta(days=after)
    while not is_working_day(day, "Midden"):
        day += timedelta(days=1)
    return day


@pytest.mark.django_db(transaction=True)
def test_a_teacher_a_leader_and_a_planner_arrange_one_hour(website, page: Page):
    cast = people.cast()
    planner = people.person("Pien de Jong")
    people.works(planner, cast.regenboog)
    people.role(planner, RoleKind.PLANNER, cast.regenboog)
    meeting = people.meeting(cast.maths, held_on=school_day(7))
    page.set_viewport_size({"width": 390, "height": 844})

    website.sign_in(page, cast.amina)
    page.goto(f"{website.url}/meetings/{meeting.pk}/")
    page.get_by_role("link", name="Vraag ruimte").click()
    page.get_by_label("Vrij van").fill("13:00")
    page.get_by_role("button", name="Vraag het").click()
    expect(page.locator("#room")).to_contain_text("Gevraagd; je schoolleider beslist.")

    website.sign_in(page, cast.bram)
    page.goto(website.url)
    card = page.locator("#room-card")
    expect(card).to_contain_text("Amina: PLG Rekenen")
    card.get_by_role("button", name="Geef ruimte").click()
    expect(card).to_contain_text("Ruimte gegeven: Amina")
    card.get_by_role("button", name="Terugdraaien").click()
    card.get_by_role("button", name="Geef ruimte").click()
    expect(card).to_contain_text("nog niemand voor de klas")

    website.sign_in(page, planner)
    page.goto(f"{website.url}/organisations/timetable/?week={meeting.held_on.isoformat()}")
    expect(page.locator("main")).not_to_contain_text(cast.maths.question)
    page.get_by_role("link", name="Wie neemt de klas?").click()
    page.get_by_label("Een collega").select_option(label="Els Jansen")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.locator("main")).to_contain_text("klas: Els Jansen")

    website.sign_in(page, cast.els)
    page.goto(f"{website.url}/organisations/hours/")
    expect(page.locator("#room")).to_contain_text("Je neemt de klas van Amina")

    actions.move(meeting, by=cast.fatima, held_on=school_day(12), starts=meeting.starts, ends=meeting.ends)
    website.sign_in(page, cast.bram)
    page.goto(website.url)
    expect(page.locator("#room-card").get_by_role("button", name="Geef ruimte")).to_be_visible()
    assert RoomRequest.objects.get().held_on == school_day(12)
