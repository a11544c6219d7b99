"""The open lists themselves: every primary school of the country, its boards, and the schools of all sectors."""

import os
import time
import tracemalloc
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db.models import Count

from organisations.imports import duo, geojson
from organisations.models import Board, School

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "duo"
SCHOOLS = DATA / "schoolvestigingen_bo.csv"
BOARDS = DATA / "besturen_deel.csv"
ALL_SECTORS = DATA / "duo_scholen_alle_sectoren_2024-11.geojson.gz"
needs_data = pytest.mark.skipif(not DATA.is_dir() and not os.environ.get("CI"), reason="shared/data is absent")
pytestmark = [pytest.mark.real, pytest.mark.django_db, needs_data]


def test_all_primary_schools_and_their_boards():
    began = time.monotonic()
    report = duo.import_schools(SCHOOLS)
    assert time.monotonic() - began < 30
    assert (report.rows, report.schools["new"], report.boards["new"]) == (6122, 6122, 749)
    assert (School.objects.open().count(), Board.objects.count()) == (6122, 749)
    verwondering = School.objects.select_related("board").get(code="32JK00")
    assert (verwondering.name, verwondering.brin, verwondering.region) == ("BBS de Verwondering", "32JK", "Noord")
    assert verwondering.board.name == "Bestuur 20091"
    assert not verwondering.board.is_named


def test_the_second_time_changes_nothing():
    duo.import_schools(SCHOOLS)
    again = duo.import_schools(SCHOOLS)
    assert (+again.schools, +again.boards) == ({"same": 6122}, {})


def test_the_original_encoding_gives_the_same_schools(tmp_path):
    windows = tmp_path / "cp1252.csv"
    windows.write_bytes(SCHOOLS.read_text(encoding="utf-8").encode("cp1252"))
    duo.import_schools(SCHOOLS)
    assert +duo.import_schools(windows).schools == {"same": 6122}


def test_boards_get_their_names():
    out = StringIO()
    call_command("import_schools", str(SCHOOLS), boards=str(BOARDS), stdout=out)
    board = Board.objects.get(number="41039")
    assert board.name == "Vereniging voor Protestants Christelijk Basisonderwijs Fiersicht"
    assert (board.is_named, board.former_names.count()) == (True, 0)
    assert Board.objects.filter(is_named=True).count() == 50


def test_the_other_sectors_wait_for_an_administrator_to_link_them():
    duo.import_schools(SCHOOLS)
    report = geojson.import_schools(ALL_SECTORS)
    assert report.rows == 8717
    sectors = dict(School.objects.values_list("sector").annotate(Count("pk")).order_by())
    assert sectors == {"bo": 6122, "sbo": 266, "so": 622, "vo": 1619}
    assert not School.objects.exclude(sector="bo").exclude(board=None).exists()
    assert School.objects.filter(sector="bo").exclude(latitude=None).count() > 6000
    assert School.objects.filter(sector="vo").exclude(region="").count() > 1500
    assert geojson.import_schools(ALL_SECTORS).schools["changed"] == 0


def test_memory_does_not_grow_with_the_file(tmp_path):
    def peak(path):
        tracemalloc.start()
        list(duo_rows(path))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    def duo_rows(path):
        with duo._table(path, ";") as (reader, columns):
            yield from (duo._school(row, columns)["code"][:0] for row in reader)

    long = tmp_path / "long.csv"
    header, rows = SCHOOLS.read_text(encoding="utf-8").split("\n", 1)
    long.write_text(header + "\n" + rows * 5, encoding="utf-8")
    assert peak(long) < peak(SCHOOLS) + 4_000_000
