"""A PLG answers on the screen in the room, by keyboard; a child on a phone, without an account."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core.time import today
from participation.impact import actions
from participation.impact.models import Response
from participation.impact.questions import OF_PLG
from people.calendar import school_year
from tests import cast as people

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 360, "height": 780}


@pytest.fixture
def asked(website, page: Page):
    """PLG Rekenen is asked now, together. No word of the console is a complaint."""
    cast = people.cast()
    day = today()
    row = actions.set_up(
        cast.maths, by=cast.fatima, year=school_year(day), waves=[("start", day, day + timedelta(days=20))]
    )
    cast.wave, said = row.waves.get(), []
    page.on("console", lambda message: said.append(message.text))
    yield page, cast
    assert not [text for text in said if "Content Security Policy" in text]


def test_a_plg_answers_with_each_other_and_sees_its_result(asked, website):
    page, cast = asked
    website.sign_in(page, cast.fatima)
    page.goto(f"{website.url}{cast.wave.get_absolute_url()}")
    page.locator("input[name=people]").fill("4")
    page.keyboard.press("Enter")
    for number in range(1, len(OF_PLG) + 1):
        expect(page.locator(".lede")).to_contain_text(f"Vraag {number} van 14")
        if number == 2:
            page.locator("summary", has_text="niet eens").click()
            for name, mark in (("low", 2), ("high", 5), ("value", 4)):
                page.locator(f"input[name={name}][value='{mark}']").check()
            page.locator(".spread button[type=submit]").click()
        else:
            page.locator(".marks--big button").nth(3).focus()
            page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Zeggen jullie dit?")
    page.locator("main button[type=submit]").first.click()
    expect(page.locator(".outcome tbody tr")).to_have_count(len(OF_PLG))
    row = Response.objects.get()
    assert row.is_done
    assert (row.people, row.answers["dare"], row.spread) == (4, 4, {"dare": [2, 5]})


def test_a_child_answers_on_a_phone_and_loses_nothing(asked, website):
    page, cast = asked
    page.context.set_extra_http_headers({"Accept-Language": "nl"})
    panel = actions.open_panel(cast.wave, by=cast.fatima, audience="pupils", ceiling=20, until=cast.wave.closes_on)
    page.set_viewport_size(PHONE)
    page.goto(f"{website.url}/impact/open/{panel.key}/")
    for question in panel.questions:
        page.locator(f"input[name={question.key}][value='4']").check()
    page.locator("select[name=animal]").select_option("fox")
    page.locator("main button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("Een code heeft een dier, een kleur en een getal")
    expect(page.locator("input[name=enjoy][value='4']")).to_be_checked()
    page.locator("select[name=colour]").select_option("blue")
    page.locator("input[name=number]").fill("7")
    page.locator("main button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("Dank je wel!")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name="De volgende mag").click()
    expect(page.locator("input[type=radio]:checked")).to_have_count(0)
    assert Response.objects.count() == 1
