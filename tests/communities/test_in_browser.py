"""The main road as people walk it: on a phone, with scripts, from a learning question to two members."""

import re

import pytest
from playwright.sync_api import Page, expect

from communities.models import Community
from tests import cast as people

PHONE = {"width": 360, "height": 780}


@pytest.mark.django_db(transaction=True)
def test_a_plg_begins_and_a_stranger_joins_from_the_mail(website, mailserver, page: Page):
    cast = people.cast()
    page.set_viewport_size(PHONE)
    website.sign_in(page, cast.els)
    page.goto(f"{website.url}/communities/start/")
    page.get_by_label(re.compile("Leervraag|learning question", re.IGNORECASE)).fill(
        "Wanneer gaan kinderen uit zichzelf lezen?"
    )
    page.locator("[name=name]").fill("PLG Lezen")
    page.locator("[name=theme]").select_option("reading")
    page.locator("form.card button[type=submit]").last.click()
    expect(page.locator("h1")).to_have_text("PLG Lezen")
    page.locator("form[action$='/recruit/'] button").click()
    expect(page).to_have_url(re.compile("/members/$"))
    page.locator("a[href$='/invite/']").first.click()
    page.locator("[name=address]").fill("marjan@basisschool.example")
    page.locator("[name=name]").fill("Marjan Kok")
    page.locator("button[name=done]").click()
    expect(page.get_by_text("Marjan Kok").first).to_be_visible()
    no_sideways_scroll(page)

    from activity.sending import send_due

    send_due()
    text = mailserver.to("marjan@basisschool.example")[0].get_body(("plain",)).get_content()
    path = re.search(r"/communities/invitation/\S+", text).group()
    page.context.clear_cookies()
    page.goto(website.url + path)
    expect(page.locator("h1")).to_have_text("PLG Lezen")
    no_sideways_scroll(page)
    page.locator("[name=promised]").check()
    page.get_by_role("button", name=re.compile("Ik doe mee|I take part")).click()
    expect(page).to_have_url(re.compile("/people/welcome/"))
    plg = Community.objects.get(name="PLG Lezen")
    page.goto(website.url + plg.get_absolute_url())
    expect(page.get_by_text("Wanneer gaan kinderen uit zichzelf lezen?")).to_be_visible()
    assert plg.memberships.seated().count() == 2
    no_sideways_scroll(page)


def no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
