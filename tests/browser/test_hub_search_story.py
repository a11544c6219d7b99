"""Amina searches from her phone: what she opened stays open, and what the page asks by itself says so."""

import re
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests import cast as people

PHONE = {"width": 390, "height": 844}
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def search(website, page: Page):
    """The page on which Amina searches, with three things to find, and what the browser asked since."""
    cast = people.cast()
    for n, kind in enumerate(["lesson", "video", "tool"]):
        people.resource(cast.amina, title=f"Breuken {n}", kind=kind, audience="public")
    page.set_viewport_size(PHONE)
    website.sign_in(page, cast.amina)
    page.asked = []
    page.on("request", lambda request: page.asked.append(request))  # noqa: PLW0108 (a builtin cannot be marked)
    page.goto(f"{website.url}/hub/?q=breuken")
    return page


def by_itself(page, part):
    """Of each request of htmx to such an address, whether it said that the page asks by itself."""
    asked = [each.headers for each in page.asked if part in each.url and "hx-request" in each.headers]
    return ["x-asked-by-itself" in headers for headers in asked]


def test_what_she_opened_stays_open_and_what_she_shut_stays_shut(search):
    boxes, film = search.locator("details.hub-facets"), search.get_by_label("Video")
    expect(film).to_be_hidden()
    search.get_by_text("Verfijnen").click()
    film.check()
    expect(search.get_by_role("heading", name="1 bron", exact=True)).to_be_visible()
    expect(film).to_be_visible()
    expect(film).to_be_focused()
    film.uncheck()
    expect(search.get_by_role("heading", name="3 bronnen", exact=True)).to_be_visible()
    expect(film).to_be_visible()
    search.get_by_text("Verfijnen").click()
    expect(film).to_be_hidden()
    search.locator("#q").fill("breuken 1")
    search.keyboard.press("Enter")
    expect(search).to_have_url(re.compile(r"q=breuken(\+|%20)1"))
    expect(boxes).not_to_have_attribute("open", "")


def test_who_comes_back_finds_what_she_ticked(search):
    search.get_by_text("Verfijnen").click()
    search.get_by_label("Video").check()
    expect(search).to_have_url(re.compile("kind=video"))
    search.get_by_role("link", name="Breuken 1", exact=True).click()
    expect(search).to_have_title(re.compile("Breuken 1"))
    search.go_back()
    expect(search.get_by_role("heading", name="1 bron", exact=True)).to_be_visible()
    expect(search.locator("details.hub-facets")).to_be_visible()


def test_only_what_she_does_herself_is_asked_by_her(search):
    search.locator("#q").press_sequentially("x")
    search.wait_for_timeout(600)
    search.get_by_text("Verfijnen").click()
    search.get_by_label("Video").check()
    search.wait_for_timeout(600)
    assert by_itself(search, "/suggest/") == [True], "she is typing"
    assert by_itself(search, "kind=video") == [False], "she ticked a box"


def test_a_search_leads_to_its_feed(search):
    link = search.get_by_role("link", name="Feed van wat openbaar is")
    expect(link).to_be_visible()
    address = link.get_attribute("href")
    assert search.locator('link[rel="alternate"]').get_attribute("href") == address == "/hub/feed/?q=breuken"
    feed = search.request.get(urljoin(search.url, address))
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert "Breuken 2" in feed.text()
