"""The agenda as a hand does it: dragged with the mouse, moved by keyboard, searched while typing."""

import re

import pytest
from playwright.sync_api import Page, expect

from communities.meetings import library
from communities.meetings.models import AgendaItem, Protocol
from people.models import User
from tests import cast as people
from tests.cast import meeting as make_meeting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def agenda(website, page: Page):
    """Fatima looks at an agenda of five; what the console says is no complaint of the content policy."""
    cast = people.cast()
    meeting = make_meeting(cast.maths)
    for place, title in enumerate("abcde", start=1):
        AgendaItem.objects.create(community=cast.maths, meeting=meeting, title=title, minutes=10, order=place)
    said = []
    page.on("console", lambda message: said.append(message.text))
    website.sign_in(page, cast.fatima)
    page.goto(f"{website.url}/meetings/{meeting.pk}/agenda/")
    yield page
    assert not [text for text in said if "Content Security Policy" in text]


def order(page):
    return page.locator("ol.agenda strong")


def test_dragged_with_the_mouse(agenda: Page):
    grips = agenda.locator("sortable-list.can-drag .grip")
    expect(grips).to_have_count(5)
    first, third = grips.nth(0).bounding_box(), grips.nth(2).bounding_box()
    agenda.mouse.move(first["x"] + 10, first["y"] + 10)
    agenda.mouse.down()
    agenda.mouse.move(first["x"] + 12, first["y"] + 30, steps=5)
    agenda.mouse.move(third["x"] + 10, third["y"] + 20, steps=15)
    for down in range(22, 60, 4):  # a hand goes on until the row below makes room
        if "".join(order(agenda).all_inner_texts()).replace(" ", "") == "bcade":
            break
        agenda.mouse.move(third["x"] + 10, third["y"] + down, steps=3)
        agenda.wait_for_timeout(200)  # of its movement
    agenda.mouse.up()
    expect(order(agenda)).to_have_text(["b", "c", "a", "d", "e"])
    expect(agenda.locator("#live")).to_have_text(re.compile("^a .*3"))
    agenda.reload()
    expect(order(agenda)).to_have_text(["b", "c", "a", "d", "e"])


def test_moved_by_keyboard_with_the_focus_where_it_was(agenda: Page):
    up = agenda.locator("ol.agenda li").nth(2).locator("button[name=up]")
    up.focus()
    name = up.get_attribute("id")
    for place, wanted in [(2, "acbde"), (1, "cabde")]:
        agenda.keyboard.press("Enter")
        expect(order(agenda)).to_have_text(list(wanted))
        expect(agenda.locator("#live")).to_have_text(re.compile(f"^c .*{place}"))
        expect(agenda.locator(f"#{name}")).to_be_focused()
        agenda.wait_for_timeout(1000)  # by the stream the list comes once more; no button of the old one is pressed


def test_taken_away_and_put_back_before_the_eyes_of_another(agenda: Page, website, browser):
    hers = browser.new_page()
    website.sign_in(hers, User.objects.get(name="Amina Yildiz"))
    hers.goto(agenda.url)
    hers.wait_for_timeout(1500)  # her stream listens
    with agenda.expect_response(lambda response: "/agenda/?removed=" in response.url):  # the stream tells her, too
        agenda.locator("ol.agenda li").nth(1).locator("button[name=remove]").click()
    for screen in (agenda, hers):
        expect(order(screen)).to_have_text(["a", "c", "d", "e"])
    agenda.locator("#restore").click()
    for screen in (agenda, hers):
        expect(order(screen)).to_have_text(["a", "b", "c", "d", "e"])
    hers.close()


def test_the_library_answers_while_one_types(agenda: Page):
    library.load(Protocol.objects)
    agenda.goto(re.sub(r"/meetings/.*", "/meetings/protocols/", agenda.url))
    expect(agenda.locator(".protocols h3")).to_have_count(17)
    agenda.locator("[name=words]").press_sequentially("video")
    expect(agenda.locator(".protocols h3")).to_have_text(["Videoclub (video-analyse)"])
    expect(agenda.locator("[name=words]")).to_be_focused()
