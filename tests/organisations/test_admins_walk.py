"""An administrator prepares a new school year, on a phone: asks her PLGs, lets two people go, and thinks again."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core.time import today
from organisations.models import Affiliation
from tests import cast as people

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_administrator_prepares_the_new_school_year_on_a_phone(website, page: Page):
    cast = people.cast()
    ben = page
    ben.set_viewport_size({"width": 360, "height": 780})
    website.sign_in(ben, cast.ben)
    ben.goto(website.url + cast.board.get_absolute_url())
    ben.get_by_role("link", name="Nieuw schooljaar").click()
    ben.get_by_role("button", name="Vraag het hun").click()
    expect(ben.get_by_text("gevraagd", exact=True).first).to_be_visible()
    ben.get_by_role("link", name="Veel mensen tegelijk wijzigen").click()
    for person in (cast.amina, cast.fatima):
        ben.get_by_label(str(person)).check()
    ben.get_by_role("button", name="Verder met deze mensen").click()
    ben.get_by_role("button", name="Laatste dag instellen").click()
    ben.get_by_role("textbox", name="Laatste dag").fill((today() + timedelta(days=60)).isoformat())
    ben.get_by_role("button", name="Bekijk het regel voor regel").click()
    ben.get_by_label(str(cast.fatima)).uncheck()
    ben.get_by_role("button", name="Uitvoeren").click()
    expect(ben.get_by_text("Gedaan voor 1 persoon.")).to_be_visible()
    assert Affiliation.objects.exclude(until_on=None).count() == 1
    ben.get_by_role("button", name="Terugnemen").click()
    ben.get_by_role("dialog").get_by_role("button", name="Terugnemen").click()
    expect(ben.get_by_text("Alles is weer zoals het was.")).to_be_visible()
    assert not Affiliation.objects.exclude(until_on=None).exists()
