"""A school leader says the wish aloud and asks the team; a teacher answers on her phone and takes a card along."""

import pytest
from playwright.sync_api import Page, expect

from communities.meetings.models import AgendaItem
from participation.learning.models import Cycle, ScanAnswer
from participation.learning.statements import STATEMENTS
from tests import cast as people

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_wish_a_scan_and_a_card(website, page: Page):
    cast = people.cast()
    meeting = people.meeting(cast.maths, 3)
    website.sign_in(page, cast.bram)
    page.goto(f"{website.url}/")
    page.get_by_role("link", name="Lerende school").first.click()
    page.locator("textarea[name=wish]").fill("We kijken bij elkaar in de klas.")
    page.get_by_role("button", name="Zeg het").click()
    expect(page.locator("h2#wish")).to_have_text("We kijken bij elkaar in de klas.")
    page.get_by_role("link", name="Vraag het team").click()
    page.get_by_role("button", name="Vraag het team").click()
    expect(page.locator("main")).to_contain_text("Acht stellingen voor het team")

    page.set_viewport_size({"width": 360, "height": 780})
    website.sign_in(page, cast.amina)
    page.goto(f"{website.url}{Cycle.objects.get().get_absolute_url()}")
    page.get_by_role("link", name="Vul in, twee minuten").click()
    for each in STATEMENTS:
        page.locator(f"input[name={each.key}][value='4']").check()
    page.get_by_role("button", name="Versturen").click()
    expect(page.locator("main")).to_contain_text("Je hebt geantwoord")
    assert set(ScanAnswer.objects.get().marks.values()) == {4}
    page.get_by_role("link", name="Alle kaarten").click()
    page.locator("#room button", has_text="Naar PLG Rekenen").click()
    expect(page.locator("[role=status], .message, .notice").first).to_be_visible()
    assert AgendaItem.objects.get().meeting == meeting
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
