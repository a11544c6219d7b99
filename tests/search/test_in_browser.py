"""Searching on a phone: a stroke, a few letters, there it is."""

import re

import pytest
from playwright.sync_api import Page, expect

from communities.discussions import actions
from tests import cast as people

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 780}


@pytest.fixture
def at_home(website, page: Page):
    """Tom is on Vandaag; there are conversations to be found. No word of the console is a complaint."""
    cast = people.cast()
    for title in ("Wie gebruikt breukenstroken?", "Procenten in de krant"):
        actions.open_topic(cast.maths, by=cast.amina, title=title, text="Ik begin maandag.")
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size(PHONE)
    website.sign_in(page, cast.tom)
    page.goto(website.url)
    yield page, cast
    assert not [text for text in said if "Content Security Policy" in text]


def test_by_keyboard_from_anywhere_to_what_was_meant(at_home):
    page, _cast = at_home
    page.keyboard.press("/")
    expect(page).to_have_url(re.compile("/search/$"))
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("breukenstr", delay=30)
    expect(page.locator(".found li")).to_have_count(1)
    expect(page.locator("#live")).to_contain_text("1")
    page.locator("#q").fill("gebriukt")
    expect(page.locator(".found mark").first).to_have_text("gebruikt")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/search/\?q=gebriukt$"))
    page.locator(".found a").first.click()
    expect(page.locator("h1")).to_contain_text("breukenstroken")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_stroke_within_a_text_is_a_stroke(at_home):
    page, cast = at_home
    page.goto(page.url + f"communities/{cast.maths.pk}/")
    page.keyboard.press("/")
    expect(page.locator("#search-words")).to_be_focused()
    page.keyboard.type("3/4")
    expect(page.locator("#search-words")).to_have_value("3/4")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/search/\?q=3%2F4&plg={cast.maths.pk}$"))
    expect(page.locator("#found")).to_be_visible()


@pytest.mark.parametrize("scripts", [False])
def test_it_works_without_scripts(website, browser, scripts):
    cast = people.cast()
    actions.open_topic(cast.maths, by=cast.amina, title="Wie gebruikt breukenstroken?", text="Ik begin maandag.")
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    website.sign_in(page, cast.tom)
    page.goto(f"{website.url}/search/")
    page.locator("#q").fill("stroken")
    page.locator(".search-bar button").click()
    expect(page.locator(".found mark").first).to_have_text("breukenstroken")
    context.close()
