"""A teacher and an administrator look at figures, in a browser on a phone."""

import pytest
from playwright.sync_api import Page, expect

from core.time import today
from people.calendar import school_year
from tests import cast as people
from tests.participation.figures import closed, counted

pytestmark = pytest.mark.django_db(transaction=True)

LAST = school_year(today()) - 1


@pytest.fixture
def cast(website):
    cast = people.cast()
    counted(cast.regenboog, closed(LAST)[0], 600)
    counted(cast.regenboog, closed(LAST)[1], 900, "reading")
    return cast


@pytest.fixture
def phone(website, page: Page):
    def of(person) -> Page:
        page.set_viewport_size({"width": 390, "height": 844})
        website.sign_in(page, person)
        page.goto(f"{website.url}/")
        return page

    return of


def test_a_teacher_looks_along_with_her_leader(cast, phone):
    page = phone(cast.amina)
    page.get_by_text("Meer", exact=True).click()
    page.get_by_role("link", name="Wat mijn schoolleider ziet").first.click()
    expect(page.locator("h1")).to_have_text("Wat mijn schoolleider ziet")
    expect(page.locator("main")).to_contain_text("PLG Rekenen")
    page.get_by_role("link", name=f"{LAST}–{LAST + 1}").click()
    expect(page.locator("section[aria-labelledby=learned]")).to_contain_text("leerden jullie 25 uur samen")
    page.get_by_role("link", name="Lezen").click()
    expect(page.locator("section[aria-labelledby=learned]")).to_contain_text("Hieronder alleen Lezen: 15 uur.")
    page.wait_for_load_state("load")  # its style and letters are there
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_network_admin_goes_from_her_home_to_boards_and_their_schools(cast, phone):
    cast.network.boards.add(cast.other_board)
    people.member(cast.maths, cast.dele)
    page = phone(cast.noor)
    page.locator("section[aria-labelledby=together]").get_by_role("link", name="Per school").click()
    expect(page.locator("main")).to_contain_text("2 van de 2 besturen werken samen")
    page.get_by_role("link", name=cast.board.name).click()
    expect(page.locator("section[aria-labelledby=each]")).to_contain_text("De Regenboog (1 PLG)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_board_admin_takes_a_file_along(cast, phone):
    page = phone(cast.ben)
    page.locator("section[aria-labelledby=figures]").get_by_role("link", name=cast.board.name).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename.startswith("cijfers-stichting-de-brug")
