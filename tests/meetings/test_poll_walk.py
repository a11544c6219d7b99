"""A date poll on a small phone: voted by keyboard, seen live by the facilitator, chosen in one tap."""

from datetime import time, timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from communities.meetings.actions import polls as actions
from communities.meetings.models import Answer, Meeting, Vote
from core.time import today
from tests import cast as people

pytestmark = pytest.mark.browser


@pytest.fixture
def somebody(website, browser):
    """A phone of 360 pixels for this person, signed in."""
    open_ones = []

    def open_phone(user):
        context = browser.new_context(viewport={"width": 360, "height": 740}, locale="nl-NL")
        open_ones.append(context)
        client = Client()
        client.force_login(user, backend="people.backends.PersonBackend")
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": website.url}])
        return context.new_page()

    yield open_phone
    for context in open_ones:
        context.close()


def test_vote_by_keyboard_and_choose(website, mailserver, somebody):
    cast = people.cast()
    options = [
        {"held_on": today() + timedelta(days=30 + n), "starts": time(15, 30), "ends": time(17)} for n in range(2)
    ]
    poll = actions.open_poll(cast.maths, by=cast.fatima, deadline=today() + timedelta(days=7), options=options)
    fatima, amina = somebody(cast.fatima), somebody(cast.amina)
    fatima.goto(website.url + poll.get_absolute_url())

    amina.goto(website.url + poll.get_absolute_url())
    amina.locator(".poll-day input").first.focus()
    amina.keyboard.press("Space")
    amina.keyboard.press("Tab")
    amina.keyboard.press("ArrowRight")
    amina.keyboard.press("Tab")
    amina.keyboard.press("Enter")
    expect(amina.locator("#votes")).to_contain_text("Amina Yildiz")
    assert [row.fits for row in Vote.objects.order_by("option__held_on")] == ["yes", "maybe"]
    assert amina.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")

    expect(fatima.locator("#votes")).to_contain_text("Amina Yildiz")
    fatima.locator("#votes button[type=submit]").click()
    expect(fatima.locator("h1")).to_be_visible()
    expect(fatima.locator("#people")).to_contain_text("Amina Yildiz")
    assert Meeting.objects.count() == 1
    assert Answer.objects.get().person == cast.amina
