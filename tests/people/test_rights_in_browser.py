"""A teacher looks what is kept of her, takes it along, asks to leave, comes back on it, and leaves after all."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now
from playwright.sync_api import Page, expect

from communities.discussions.actions import open_topic
from people import downloads, erasing
from people.models import Leaving, User
from tests import cast as people

PHONE = {"width": 360, "height": 780}


@pytest.mark.django_db(transaction=True)
def test_a_teacher_sees_takes_along_and_leaves(website, mailserver, page: Page):
    from activity.sending import send_due

    cast = people.cast()
    topic = open_topic(cast.maths, by=cast.amina, kind="conversation", title="Breuken", text="Wie doet mee?")
    page.set_viewport_size(PHONE)
    website.sign_in(page, cast.ben)
    page.goto(website.url + reverse("organisations:person", args=[cast.amina.pk]))

    page.context.clear_cookies()
    website.sign_in(page, cast.amina)
    page.goto(website.url + reverse("people:my_data"))
    expect(page.get_by_role("heading", name="Wie ziet wat van mij")).to_be_visible()
    expect(page.get_by_text("Ben Kuiper")).to_be_visible()
    no_sideways_scroll(page)

    page.get_by_role("button", name="Zet mijn gegevens klaar").click()
    expect(page.get_by_text("Je download wordt gemaakt")).to_be_visible()
    downloads.make_all()
    send_due()
    letter = mailserver.to(cast.amina.email)[-1].get_body(("plain",)).get_content()
    path = re.search(r"/people/data/fetch/\S+", letter).group()
    with page.expect_download() as waiting:
        page.evaluate("url => { window.location.href = url }", website.url + path)
    kept = zipfile.ZipFile(io.BytesIO(waiting.value.path().read_bytes()))
    said = json.loads(kept.read("gegevens.json"))["sections"]
    assert said["discussions"]["tables"]["discussions.Post"][0]["text"] == "Wie doet mee?"

    page.goto(website.url + reverse("people:my_data"))
    page.get_by_role("link", name="Van het platform af").click()
    expect(page.get_by_role("heading", name="Wat weggaat en wat blijft")).to_be_visible()
    no_sideways_scroll(page)
    page.locator("[name=password]").fill("verkeerd")
    page.get_by_role("button", name="Verwijder mijn account").click()
    expect(page.get_by_text("Dit is niet je wachtwoord.")).to_be_visible()
    page.get_by_role("button", name="Mail me liever een code").click()
    code = re.search(r"\b\d{6}\b", mailserver.to(cast.amina.email)[-1].get_content()).group()
    page.locator("[name=code]").fill(code)
    page.get_by_role("button", name="Verwijder mijn account").click()
    expect(page.get_by_role("heading", name=re.compile("Je account verdwijnt op"))).to_be_visible()
    no_sideways_scroll(page)
    page.get_by_role("button", name="Ik wil blijven").click()
    expect(page.get_by_text("Je blijft. Er is niets veranderd.")).to_be_visible()
    assert not Leaving.objects.exists()

    page.goto(website.url + reverse("people:leave"))
    page.locator("[name=password]").fill(people.PASSWORD)
    page.get_by_role("button", name="Verwijder mijn account").click()
    expect(page.get_by_role("heading", name=re.compile("Je account verdwijnt op"))).to_be_visible()
    Leaving.objects.update(due_at=now() - timedelta(minutes=1))
    assert erasing.erase_due() == 1
    assert not User.objects.filter(pk=cast.amina.pk).exists()
    page.goto(website.url + reverse("people:my_data"))
    expect(page).to_have_url(re.compile("/account/login/"))
    assert mailserver.to(cast.amina.email)[-1]["Subject"] == "Je account is weg"

    website.sign_in(page, cast.tom)
    page.goto(website.url + topic.get_absolute_url())
    expect(page.get_by_text("Oud-lid")).to_be_visible()
    expect(page.get_by_text("Wie doet mee?").first).to_be_visible()


def no_sideways_scroll(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
