"""Amina brings in a folder from her phone: what is not clear is asked in place, and then all of it is made."""

import zipfile

import pytest
from playwright.sync_api import expect

from knowledgehub.models import Resource
from tests import cast as people

ROWS = [
    "titel;soort;licentie;bestanden;link",
    "Breuken met repen;lesontwerp;CC BY-SA 4.0;repen.txt;",
    "Klok;poster;CC BY 4.0;;https://voorbeeld.nl/klok",
    "Ruimte;hulpmiddel;CC0 1.0;weg.pdf;",
]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_a_folder_comes_in_row_by_row(website, screen, tmp_path, script):
    cast = people.cast()
    folder = tmp_path / "map.zip"
    with zipfile.ZipFile(folder, "w") as archive:
        archive.writestr("lijst.csv", "\n".join(ROWS))
        archive.writestr("repen.txt", "Vouw de reep in drieën.")
    page = screen(cast.amina, java_script_enabled=script)
    page.goto(f"{website.url}/hub/add/")
    page.get_by_role("link", name="Lees die in met een lijst").click()
    page.set_input_files("input[type=file]", folder)
    page.get_by_role("button", name="Lees deze lijst").click()
    expect(page.locator("tr.ask")).to_have_count(2)
    page.locator("#row-3 select").select_option("tool")
    page.locator("#row-3 .search-bar button").click()
    expect(page.locator("tr.ask")).to_have_count(1)
    page.locator("#row-4 button[name=skip]").click()
    expect(page.locator("tr.ask")).to_have_count(0)
    assert not Resource.objects.exists()
    page.get_by_role("button", name="Maken").click()
    expect(page.get_by_text("2 concepten zijn gemaakt").first).to_be_visible()
    assert set(Resource.objects.values_list("title", "state")) == {
        ("Breuken met repen", "concept"),
        ("Klok", "concept"),
    }
