"""A PLG writes its year report and lets it go, in a browser; its leader reads it on a phone."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core.time import today
from participation.reports.models import Report
from tests import cast as people

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_tab_to_the_leaders_phone(website, page: Page):
    cast, said = people.cast(), []
    page.on("console", lambda message: said.append(message.text))
    website.sign_in(page, cast.fatima)
    page.goto(f"{website.url}/communities/{cast.maths.pk}/")
    page.get_by_role("link", name="Jaarverslag", exact=True).click()
    page.locator("main button", has_text="Maak een opzet van").first.click()
    expect(page.locator("article")).to_contain_text("Hoe zien we wat kinderen al weten van breuken?")
    report = Report.objects.get()
    page.get_by_role("link", name="Schrijven", exact=True).click()
    page.locator("textarea[name=text-ahead]").fill("- Bij elkaar kijken\n- Groep 3 doet mee")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.locator("article li").filter(has_text="Groep 3 doet mee")).to_be_visible()
    page.get_by_role("link", name="Leg het voor aan de leden").click()
    page.get_by_role("button", name="Leg het voor").click()
    expect(page.locator("main")).to_contain_text("Niemand zei tot nu toe nee.")

    website.sign_in(page, cast.amina)
    page.goto(f"{website.url}/")
    expect(page.locator("main")).to_contain_text("Mag ons jaarverslag buiten onze PLG gelezen worden?")
    page.locator(f"main a[href='{report.get_absolute_url()}']").first.click()
    page.get_by_role("button", name="Ja, dat is goed").click()

    Report.objects.filter(pk=report.pk).update(until_on=today() - timedelta(days=1))
    website.sign_in(page, cast.fatima)
    page.goto(f"{website.url}{report.get_absolute_url()}")
    page.get_by_role("link", name="Vrijgeven").click()
    page.get_by_role("button", name="Vrijgeven").click()
    expect(page.locator(".tag").first).to_have_text("vrijgegeven")

    page.set_viewport_size({"width": 360, "height": 780})
    website.sign_in(page, cast.bram)
    page.goto(f"{website.url}/reports/")
    page.get_by_role("link", name="PLG Rekenen").click()
    expect(page.locator("article")).to_contain_text("Groep 3 doet mee")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not [text for text in said if "Content Security Policy" in text]
