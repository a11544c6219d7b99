"""Amina shares a lesson from her phone: choose files, look whether it is right, publish; Tom finds and reads it."""

import pytest
from playwright.sync_api import expect

from knowledgehub import looking_at
from knowledgehub.models import Resource, ResourceFile
from tests import cast as people
from tests.screens import is_narrow, seen

SOUND = b"RIFF" + (6_000_036).to_bytes(4, "little") + b"WAVEfmt " + bytes(6_000_028)


def files():
    return [
        {"name": "lesplan breuken.txt", "mimeType": "text/plain", "buffer": b"Leg de stroken onder elkaar."},
        {"name": "rekengesprek.wav", "mimeType": "audio/wav", "buffer": SOUND},
    ]


def choose(page, question, answer):
    page.get_by_role("group", name=question).get_by_label(answer, exact=True).check()


def publish(page):
    choose(page, "Maakten jullie het zelf?", "Ja, helemaal zelf gemaakt")
    choose(page, "Zijn er leerlingen in te zien?", "Er staan geen leerlingen in")
    choose(page, "Wie ziet het, als het gepubliceerd is?", "PLG Rekenen · 2 scholen")
    page.get_by_role("button", name="Publiceren").click()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_lesson_is_shared_from_a_phone(website, screen):
    cast = people.cast()
    amina = screen(cast.amina)
    amina.goto(f"{website.url}/hub/add/")
    amina.locator("input[type=file]").set_input_files(files())
    expect(amina.locator(".drop-list li")).to_have_count(2)

    # The line breaks off half-way the large file; it goes on by itself.
    broken = []

    def break_off_once(route):
        if route.request.method == "PATCH" and route.request.headers["upload-offset"] != "0" and not broken:
            broken.append(route.request.url)
            return route.abort()
        return route.continue_()

    amina.route("**/hub/uploads/**", break_off_once)
    amina.locator("#add button[type=submit]").click()
    amina.wait_for_url("**/edit/", timeout=30_000)
    assert broken
    assert set(ResourceFile.objects.values_list("name", "size")) == {
        ("lesplan breuken.txt", 28),
        ("rekengesprek.wav", len(SOUND)),
    }
    expect(amina.get_by_label("Hoe heet het?")).to_have_value("lesplan breuken")
    seen(amina, "sharing/confirm")
    looking_at.look_at_all()
    publish(amina)
    expect(amina.get_by_role("heading", level=1)).to_have_text("lesplan breuken")
    seen(amina, "sharing/published")
    assert is_narrow(amina)

    lesson = Resource.objects.get()
    tom = screen(cast.tom)
    tom.goto(f"{website.url}{lesson.get_absolute_url()}")
    expect(tom.locator("pre")).to_contain_text("Leg de stroken onder elkaar.")
    tom.get_by_role("link", name="rekengesprek").click()
    expect(tom.locator("audio")).to_be_visible()
    assert not [each for each in [*amina.complaints, *tom.complaints] if "ERR_FAILED" not in each]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_and_without_script_as_well(website, screen):
    cast = people.cast()
    amina = screen(cast.amina, java_script_enabled=False)
    amina.goto(f"{website.url}/hub/add/")
    amina.locator("input[type=file]").set_input_files(files())
    amina.locator("#add button[type=submit]").click()
    assert ResourceFile.objects.count() == 2
    publish(amina)
    assert Resource.objects.get().is_published
