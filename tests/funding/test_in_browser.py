"""A network admin writes money down, is asked to report on it, and does."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from core.time import today
from participation.funding.models import DueDate
from tests import cast as people

pytestmark = pytest.mark.django_db(transaction=True)


def test_from_the_menu_to_reported(website, page: Page):
    cast = people.cast()
    website.sign_in(page, cast.noor)
    page.goto(f"{website.url}/")
    page.get_by_role("link", name="Subsidies").first.click()
    page.get_by_role("link", name="Opschrijven").first.click()
    page.locator("input[name=name]").fill("Samen leren")
    page.locator("input[name=source]").fill("Gemeente Amersfoort")
    page.locator("input[name=amount]").fill("18000")
    page.locator("input[name=starts_on]").fill(str(today()))
    page.locator("input[name=ends_on]").fill(str(today() + timedelta(days=300)))
    page.get_by_role("button", name="Bewaren").click()
    expect(page.locator("h1")).to_have_text("Samen leren")
    page.locator("input[name=what]").fill("Tussenverslag")
    page.locator("input[name=due_on]").fill(str(today() + timedelta(days=20)))
    page.get_by_role("button", name="Zet deze dag erbij").click()
    page.goto(f"{website.url}/")
    expect(page.locator("main")).to_contain_text("Verantwoord: Tussenverslag")
    page.locator(f"main a[href='{DueDate.objects.get().get_absolute_url()}']").first.click()
    page.locator("form[action$='/report/'] button").click()
    expect(page.locator(".tag.yes")).to_have_text("verantwoord")
    assert DueDate.objects.get().done_by == cast.noor
    with page.expect_download() as file:
        page.get_by_role("link", name="Rekenblad").click()
    assert file.value.suggested_filename == "verantwoording-samen-leren.xlsx"
