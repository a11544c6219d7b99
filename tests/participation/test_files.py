"""Figures to take along: the numbers of the page, and nothing that a spreadsheet would carry out."""

import csv
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from core.time import today
from people.calendar import school_year
from tests.participation.figures import closed, counted

LAST = school_year(today()) - 1


@pytest.fixture
def board(cast, signed_in):
    """What the board's administrator gets, in a form."""
    counted(cast.regenboog, closed(LAST)[0], 600)
    counted(cast.regenboog, closed(LAST)[1], 900, "reading")
    browser = signed_in(cast.ben)
    return lambda form: browser.get(f"/participation/board/{cast.board.pk}/{LAST}/{form}/")


def read(answer):
    return list(csv.reader(StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))


def test_a_csv_has_the_numbers_of_the_page(cast, board, signed_in):
    rows = read(board("csv"))
    shown = signed_in(cast.ben).get(f"/participation/board/{cast.board.pk}/?year={LAST}").context["counted"]
    of = {what: [row for row in rows if row[0] == what] for what in ("maand", "thema", "school")}
    assert [int(row[3] or 0) for row in of["maand"]] == [bar.this or 0 for bar in shown.bars if bar.this is not None]
    assert {row[1]: int(row[3]) for row in of["thema"]} == {theme.label: theme.minutes for theme in shown.themes}
    assert {row[1]: int(row[3] or 0) for row in of["school"]} == {part["name"]: part["minutes"] for part in shown.parts}


def test_a_spreadsheet_has_the_same_rows(board):
    sheet = load_workbook(BytesIO(board("xlsx").content)).active
    same = [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert same == read(board("csv"))


def test_a_name_is_never_a_formula(cast, board):
    cast.regenboog.name = '=HYPERLINK("http://elders")'
    cast.regenboog.save()
    assert not [cell for row in read(board("csv")) for cell in row if cell.startswith(("=", "+", "@"))]


def test_paper_says_the_sentences_and_is_tagged(board):
    answer = board("pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert b"/MarkInfo" in answer.content
    assert "private, no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["2026/exe/", "1000/csv/", "2026/"])
def test_other_forms_and_years_do_not_exist(cast, signed_in, path):
    assert signed_in(cast.ben).get(f"/participation/board/{cast.board.pk}/{path}").status_code == 404


def test_names_with_markup_are_text_on_paper(cast, board):
    cast.regenboog.name = "*#strong[Hack]* $x$ <label>"
    cast.regenboog.save()
    assert board("pdf").status_code == 200


def test_a_leader_takes_her_own_school_and_no_other(cast, signed_in):
    browser = signed_in(cast.bram)
    assert browser.get(f"/participation/school/{cast.regenboog.pk}/{LAST}/csv/").status_code == 200
    assert browser.get(f"/participation/school/{cast.wissel.pk}/{LAST}/csv/").status_code == 403
