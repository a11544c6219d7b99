"""Amina shares further: to her network, to the web, by a link; Fatima looks along; and something is put right."""

import pytest
from playwright.sync_api import expect

from knowledgehub.actions import reviewing
from knowledgehub.models import Resource, ShareLink
from tests import cast as people
from tests.screens import is_narrow, seen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_lesson_goes_to_the_web_and_back(website, screen):
    cast = people.cast()
    lesson = people.resource(cast.amina, audience="plg", of=cast.maths, pupils="consent")
    amina, visitor = screen(cast.amina), screen()
    page = f"{website.url}{lesson.get_absolute_url()}"

    def choose(label):
        amina.goto(page)
        amina.get_by_role("link", name="Verander wie het ziet").click()
        amina.get_by_label(label).check()
        amina.get_by_role("button", name="Bekijk wat dat betekent").click()

    choose("Hele netwerk")
    expect(amina.get_by_text("Dit wordt zichtbaar voor 2 scholen, 8 collega's.")).to_be_visible()
    amina.get_by_role("button", name="Delen").click()
    expect(amina.get_by_text("Vraag het eerst aan de ouders.")).to_be_visible()
    seen(amina, "sharing/consent")
    assert is_narrow(amina)
    assert Resource.objects.get().audience == "plg", "nothing was shown to anybody"

    choose("op het open web")
    amina.get_by_label("De ouders van wie herkenbaar is").check()
    amina.get_by_role("button", name="Delen").click()
    expect(amina.get_by_text("Bewaard.")).to_be_visible()
    visitor.goto(page)
    expect(visitor.get_by_role("heading", name=lesson.title, level=1)).to_be_visible()

    choose("Alleen de makers")
    expect(amina.get_by_text("Het staat nu op het web.")).to_be_visible()
    seen(amina, "sharing/back")
    assert is_narrow(amina)
    amina.get_by_role("button", name="Bewaren").click()
    expect(amina.get_by_text("Bewaard.")).to_be_visible()
    visitor.goto(page)
    expect(visitor.get_by_role("heading", name=lesson.title)).to_have_count(0)


def test_a_link_opens_one_lesson_until_it_is_called_back(website, screen):
    cast = people.cast()
    lesson = people.resource(cast.amina, audience="plg", of=cast.maths)
    amina, parent = screen(cast.amina), screen()
    amina.goto(f"{website.url}{lesson.get_absolute_url()}")
    amina.get_by_role("link", name="Deel een link").click()
    amina.get_by_label("Voor wie?").fill("ouderraad")
    amina.get_by_role("button", name="Maak de link").click()
    link = amina.get_by_label("Je ziet hem alleen nu").input_value()
    seen(amina, "sharing/link")
    assert is_narrow(amina)

    path = link[link.index("/hub/link/") :]
    parent.goto(f"{website.url}{path}")
    expect(parent.get_by_role("heading", name=lesson.title, level=1)).to_be_visible()
    seen(parent, "sharing/by-link")
    assert is_narrow(parent)
    assert ShareLink.objects.get().opened == 1

    amina.get_by_role("button", name="Intrekken").click()
    amina.get_by_role("dialog").get_by_role("button", name="Intrekken").click()
    expect(amina.get_by_text("Ingetrokken.")).to_be_visible()
    assert parent.goto(f"{website.url}{path}").status == 410
    expect(parent.get_by_text("Deze link werkt niet meer.")).to_be_visible()


def test_fatima_looks_along_while_amina_watches(website, screen):
    cast = people.cast()
    lesson = people.resource(cast.amina, audience="plg", of=cast.maths, published=False)
    review = reviewing.offer(lesson.versions.get(), by=cast.amina, place=cast.maths, text="Klopt de opbouw?")
    amina, fatima = screen(cast.amina), screen(cast.fatima)
    page = f"{website.url}{review.get_absolute_url()}"
    amina.goto(page)
    amina.get_by_label("Jouw opmerking").fill("Ik dacht zelf ook aan")
    fatima.goto(page)
    fatima.get_by_role("button", name="Nog niet").click()
    expect(fatima.get_by_text("Schrijf wat er anders moet.")).to_be_visible()
    fatima.get_by_label("Jouw opmerking").fill("Leg een lege strook klaar.")
    fatima.get_by_role("button", name="Alleen zeggen").click()
    expect(amina.get_by_text("Leg een lege strook klaar.")).to_be_visible()
    expect(amina.get_by_label("Jouw opmerking")).to_have_value("Ik dacht zelf ook aan")
    seen(amina, "sharing/review")
    assert is_narrow(amina)
    fatima.get_by_role("button", name="Zo is het goed").click()
    expect(amina.get_by_text("De meekijkers vinden het goed.")).to_be_visible()


def test_what_is_wrong_is_hidden_and_put_right(website, screen):
    cast = people.cast()
    lesson = people.resource(cast.amina, audience="plg", of=cast.maths)
    page = f"{website.url}{lesson.get_absolute_url()}"
    tom, fatima = screen(cast.tom), screen(cast.fatima)
    tom.goto(page)
    tom.get_by_role("link", name="Er klopt iets niet").click()
    tom.get_by_label("Leerlingen zijn herkenbaar").check()
    tom.get_by_label("Vertel het").fill("Op de tweede foto herken je twee kinderen.")
    tom.get_by_role("button", name="Melden").click()
    expect(tom.get_by_text("Er wordt naar gekeken")).to_be_visible()

    fatima.goto(f"{website.url}/hub/objections/{lesson.objections.get().pk}/")
    fatima.get_by_label("Wat besluiten jullie?").fill("De foto moet eruit.")
    fatima.get_by_role("button", name="Verbergen").click()
    seen(fatima, "sharing/hide")
    assert is_narrow(fatima)
    fatima.get_by_role("dialog").get_by_role("button", name="Verbergen").click()
    expect(fatima.get_by_text("Alleen de makers zien het nog.")).to_be_visible()
    assert tom.goto(page).status == 404
    fatima.goto(page)
    fatima.get_by_role("button", name="Weer laten zien").click()
    expect(fatima.get_by_text("Wie het mocht zien, vindt het weer.")).to_be_visible()
    assert tom.goto(page).status == 200
