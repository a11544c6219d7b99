"""A learner on her phone: the next step, a film that asks, a self-test, her work and what her coach says of it."""

import re

import pytest
from playwright.sync_api import expect

from tests import cast as make
from tests.training import world
from training.models import Answer, Page, PageDone, Submission

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_learner_goes_from_step_to_step_to_her_coachs_feedback(website, screen):
    cast = make.cast()
    row = world.learner(cast, world.group(cast, world.programme()))
    fatima = screen(cast.fatima)
    own = f"{website.url}{row.get_absolute_url()}"

    fatima.goto(own)
    expect(fatima.locator(".next-step")).to_contain_text("Wat zag je?")
    fatima.locator(".next-step").get_by_role("link").click()
    expect(fatima.locator("h1")).to_have_text("Wat zag je?")
    fatima.get_by_role("button", name="Klaar, ga verder").click()

    expect(fatima.locator("h1")).to_have_text("Zelftoets")
    fatima.get_by_label("Noor is klaar").check()
    fatima.get_by_label("Sem telt op zijn vingers").check()
    fatima.get_by_label("Noor kijkt naar Sem").check()
    for place, words in enumerate(["Kijken", "Opschrijven", "Duiden"], 1):
        fatima.get_by_label(words, exact=True).select_option(str(place))
    fatima.get_by_role("button", name="Kijk mijn antwoorden na").click()
    expect(fatima.locator(".field-error")).to_be_visible()  # the open question is still empty
    expect(fatima.get_by_label("Noor is klaar")).to_be_checked()
    fatima.locator("textarea").fill("Ik kijk eerst.")
    fatima.get_by_role("button", name="Kijk mijn antwoorden na").click()
    expect(fatima.locator("main")).to_contain_text("Dat weet je niet.")
    assert PageDone.objects.get(page__kind="test").right == 2

    film = Page.objects.get(kind="video")
    fatima.goto(f"{own}pages/{film.pk}/")
    expect(fatima.locator("main")).not_to_contain_text("Noor legt haar stift neer")
    fatima.get_by_role("button", name="Ik ben op 1:20: laat de vraag zien").click()
    fatima.get_by_label("Noor legt haar stift neer").check()
    fatima.get_by_role("button", name="Antwoorden", exact=True).click()
    expect(fatima.locator("main")).to_contain_text("Dit kon iedereen zien.")
    assert Answer.objects.get(question__page=film).is_right
    fatima.get_by_role("button", name="Klaar").click()

    fatima.goto(own)
    expect(fatima.locator(".next-step")).to_contain_text("Een kijkkader")
    fatima.locator(".next-step").get_by_role("link").click()
    fatima.get_by_role("button", name=re.compile("Begin")).click()
    fatima.get_by_role("textbox", name="Je werk").fill("Sem telt op zijn vingers.")
    fatima.get_by_role("button", name="Inleveren").click()
    expect(fatima.locator(".next-step")).to_contain_text("Plan een oefensessie")

    work = Submission.objects.get()
    tom = screen(cast.tom)
    tom.goto(f"{website.url}{work.get_absolute_url()}")
    tom.get_by_label("Waar je nu bent").fill("Je schrijft wat je zag.")
    tom.get_by_label("Wat je hierna doet").fill("Noem de tijd.")
    tom.get_by_label("Het gaat terug om bij te werken").check()
    tom.get_by_role("button", name="Feedback geven").click()
    expect(tom.locator("main")).to_contain_text("Noem de tijd.")

    fatima.goto(own)
    expect(fatima.locator(".next-step")).to_contain_text("Werk ‘Een kijkkader’ bij.")
    fatima.locator(".next-step").get_by_role("link").click()
    expect(fatima.locator("main")).to_contain_text("Noem de tijd.")
    expect(fatima.get_by_role("textbox", name="Je werk")).to_have_value("Sem telt op zijn vingers.")
    assert not [*fatima.complaints[1:], *tom.complaints]  # the first is the 422 of the empty answer
