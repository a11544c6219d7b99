"""From the queue to a stranger's screen: approved, issued, shared by its link, revoked."""

import re

import pytest
from playwright.sync_api import expect

from tests import cast as make
from tests.training import credentials_world as world
from training.credentials import keys
from training.credentials.choices import Kind
from training.credentials.models import Credential

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_somebody_without_an_account_checks_a_certificate(website, screen):
    cast = make.cast()
    keys.rotate()
    world.eligible(cast)
    Credential.objects.filter(kind=Kind.ATTENDANCE).delete()
    paula = screen(cast.paula)
    paula.goto(f"{website.url}/credentials/approve/")
    paula.get_by_role("button", name=re.compile("Goedkeuren.*Amina Yildiz")).click()
    paula.get_by_role("button", name="Geef de gekozen uit").click()
    expect(paula.locator("#messages, .messages, main").first).to_contain_text("1 is uitgegeven")

    credential = Credential.objects.get()
    amina = screen(cast.amina)
    amina.goto(f"{website.url}/credentials/{credential.pk}/")
    path = credential.link.split("/credentials/")[1]
    expect(amina.get_by_label("Link die je naam laat zien")).to_have_value(f"{website.url}/credentials/{path}")
    with amina.expect_download() as file:
        amina.get_by_role("link", name="Open Badge (JSON)").click()
    assert file.value.suggested_filename == "badge.json"

    stranger = screen()
    stranger.goto(f"{website.url}/credentials/{path}")
    expect(stranger.locator("h1")).to_have_text("PLG-facilitator")
    expect(stranger.locator("main")).to_contain_text("Amina Yildiz")
    expect(stranger.locator("main")).to_contain_text("Het telt.")
    expect(stranger.locator("main")).to_contain_text("Ondertekend door PLG-platform")

    paula.goto(f"{website.url}/credentials/{credential.pk}/revoke/")
    paula.locator("input[name=because]").fill("De praktijk was niet van haar.")
    paula.get_by_role("button", name="Intrekken").click()
    stranger.reload()
    expect(stranger.locator("main")).to_contain_text("Dit is ingetrokken")
    assert not [*paula.complaints, *amina.complaints, *stranger.complaints]
