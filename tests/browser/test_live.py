"""What others do appears by itself, but never over a word that somebody is writing."""

import pytest
from playwright.sync_api import Page, expect

from communities import actions
from tests import cast as people


@pytest.mark.django_db(transaction=True)
def test_a_half_typed_word_outlives_what_others_do(website, page: Page):
    cast = people.cast()
    people.member(cast.maths, cast.els, state="requested")
    website.sign_in(page, cast.fatima)
    page.goto(f"{website.url}/communities/{cast.maths.pk}/members/")
    page.evaluate("document.addEventListener('changed', () => (document.body.dataset.heard = 'yes'))")
    word = page.locator("[name=word]").first
    word.fill("Wat fijn dat")
    word.blur()
    actions.leave(cast.maths.memberships.get(person=cast.tom), by=cast.tom)
    expect(page.locator("body")).to_have_attribute("data-heard", "yes")
    page.wait_for_timeout(1000)  # a swap would have come by now
    expect(word).to_have_value("Wat fijn dat")
    expect(page.locator("#people")).to_contain_text("Tom Hendriks")
    word.fill("")
    word.blur()
    expect(page.locator("#people")).not_to_contain_text("Tom Hendriks")
