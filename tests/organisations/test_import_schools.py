"""The open lists in small: new, changed, gone and back; a bad row stops everything and is named."""

import gzip
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from activity.models import Activity
from core.refusals import Refused
from organisations import actions
from organisations.imports import duo, geojson
from organisations.models import Board, School
from tests import cast as make

COLUMNS = [
    "PROVINCIE",
    "BEVOEGD GEZAG NUMMER",
    "INSTELLINGSCODE",
    "VESTIGINGSCODE",
    "VESTIGINGSNAAM",
    "STRAATNAAM",
    "HUISNUMMER-TOEVOEGING",
    "POSTCODE",
    "PLAATSNAAM",
    "GEMEENTENUMMER",
    "GEMEENTENAAM",
    "DENOMINATIE",
    "TELEFOONNUMMER",
    "INTERNETADRES",
    "STRAATNAAM CORRESPONDENTIEADRES",
    "HUISNUMMER-TOEVOEGING CORRESPONDENTIEADRES",
    "POSTCODE CORRESPONDENTIEADRES",
    "PLAATSNAAM CORRESPONDENTIEADRES",
    "NODAAL GEBIED CODE",
    "NODAAL GEBIED NAAM",
    "RPA-GEBIED CODE",
    "RPA-GEBIED NAAM",
    "WGR-GEBIED CODE",
    "WGR-GEBIED NAAM",
    "COROPGEBIED CODE",
    "COROPGEBIED NAAM",
    "ONDERWIJSGEBIED CODE",
    "ONDERWIJSGEBIED NAAM",
    "RMC-REGIO CODE",
    "RMC-REGIO NAAM",
    "VAKANTIEREGIO",
]
pytestmark = pytest.mark.django_db


def row(code="01AA00", name="De Eik", board="04321", **other):
    cells = dict.fromkeys(COLUMNS, " ") | {
        "BEVOEGD GEZAG NUMMER": board,
        "INSTELLINGSCODE": code[:4],
        "VESTIGINGSCODE": code,
        "VESTIGINGSNAAM": name,
        "STRAATNAAM": "Dorpsstraat",
        "HUISNUMMER-TOEVOEGING": "3-A",
        "POSTCODE": "9571 AZ",
        "PLAATSNAAM": "Exloërmond",
        "GEMEENTENAAM": "BORGER-ODOORN",
        "DENOMINATIE": "Openbaar",
        "VAKANTIEREGIO": "Noord",
    }
    return ";".join((cells | other).values())


@pytest.fixture
def listed(tmp_path):
    def write(*rows, encoding="utf-8"):
        path = tmp_path / "schools.csv"
        path.write_bytes("\r\n".join([";".join(COLUMNS), *rows]).encode(encoding))
        return path

    return write


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_school_and_its_board(listed, encoding):
    duo.import_schools(listed(row(), encoding=encoding))
    school = School.objects.select_related("board").get()
    assert (school.name, school.street, school.town, school.website) == ("De Eik", "Dorpsstraat 3-A", "Exloërmond", "")
    assert (school.board.number, school.board.name, school.board.is_named) == ("04321", "Bestuur 04321", False)
    assert Activity.objects.get().kind == "organisations.schools_imported"


def test_new_changed_the_same_gone_and_back(listed):
    duo.import_schools(listed(row("01AA00"), row("01BB00", "De Beuk"), row("01CC00", "De Linde")))
    second = duo.import_schools(listed(row("01AA00"), row("01BB00", "De Rode Beuk"), row("01DD00", "De Den")))
    assert +second.schools == {"same": 1, "changed": 1, "gone": 1, "new": 1}
    assert second.gone == ["De Linde (01CC00)"]
    assert School.objects.get(code="01BB00").former_names.get().name == "De Beuk"
    assert School.objects.get(code="01CC00").gone_at
    third = duo.import_schools(listed(row("01AA00"), row("01BB00", "De Rode Beuk"), row("01CC00", "De Linde")))
    assert third.schools["back"] == 1
    assert School.objects.get(code="01CC00").gone_at is None


def test_a_school_that_went_up_into_another_stays_so_though_the_list_still_has_it(listed):
    rows = listed(row("01AA00"), row("01AA01", "De Beuk"))
    duo.import_schools(rows)
    admin = make.person("Paula de Boer")
    make.role(admin, "platform_admin")
    actions.merge_schools(School.objects.get(code="01AA01"), School.objects.get(code="01AA00"), by=admin)
    assert +duo.import_schools(rows).schools == {"same": 2}
    assert School.objects.get(code="01AA01").gone_at


def test_what_the_schools_board_knows_better_stays(listed):
    duo.import_schools(listed(row(INTERNETADRES="www.oud.nl")))
    School.objects.update(website="www.eigen.nl")
    assert duo.import_schools(listed(row(INTERNETADRES="www.duo.nl"))).schools["same"] == 1
    assert School.objects.get().website == "www.eigen.nl"


def test_a_board_without_schools_is_gone_and_comes_back(listed):
    duo.import_schools(listed(row(board="04321")))
    duo.import_schools(listed(row(board="09999")))
    assert Board.objects.get(number="04321").gone_at is None or Board.objects.get(number="04321").schools.count() == 0
    assert School.objects.select_related("board").get().board.number == "09999"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(code="1AAA00"), "1AAA"),
        (row(board="4321"), "4321"),
        (row(name=" "), "name|naam"),
        (row(name="x" * 300), "xxx"),
        (row(VAKANTIEREGIO="Oost"), "Oost"),
        (row(INSTELLINGSCODE="09ZZ"), "BRIN"),
        ("te;kort", "2"),
        (row() + ";te;lang", "33"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_saved(listed, bad, reason):
    with pytest.raises(Refused, match=reason) as refusal:
        duo.import_schools(listed(row("01BB00"), bad, row("01CC00")))
    assert "3" in str(refusal.value).splitlines()[1]
    assert not School.objects.exists()
    assert not Board.objects.exists()
    assert not Activity.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\0\1\2", b"PK\3\4 a zip \0", b"hond;kat\n1;2\n", b'"open quote\n' * 9])
def test_another_file_gets_a_sentence(tmp_path, content):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(Refused):
        duo.import_schools(path)


def test_names_of_another_script_are_kept(listed):
    duo.import_schools(listed(row(name="مدرسة الوردة 🌹")))
    assert School.objects.get().name == "مدرسة الوردة 🌹"


def test_a_list_that_is_cut_off_takes_nothing_away(listed):
    rows = [row(f"{n:02}AA00", f"School {n}") for n in range(30)]
    duo.import_schools(listed(*rows))
    with pytest.raises(Refused, match="29"):
        duo.import_schools(listed(rows[0]))
    assert School.objects.open().count() == 30
    assert duo.import_schools(listed(rows[0]), allow_gone=True).schools["gone"] == 29


def test_a_dry_run_says_all_and_saves_nothing(listed):
    out = StringIO()
    call_command("import_schools", str(listed(row())), dry_run=True, stdout=out)
    assert "1" in out.getvalue()
    assert not School.objects.exists()


def test_a_board_is_named_and_its_name_stays_at_the_next_import(listed, tmp_path):
    boards = tmp_path / "boards.csv"
    boards.write_text('bevoegd_gezag,kvk,naam,soort\n4321,01080096,"Stg. De Bomen, Exloo",bo\n', encoding="utf-8")
    call_command("import_schools", str(listed(row())), boards=str(boards), stdout=StringIO())
    duo.import_schools(listed(row()))
    board = Board.objects.get()
    assert (board.name, board.is_named, board.former_names.count()) == ("Stg. De Bomen, Exloo", True, 0)


def test_the_command_says_what_is_wrong():
    with pytest.raises(CommandError):
        call_command("import_schools", "/nowhere/schools.csv")
    with pytest.raises(CommandError):
        call_command("import_schools")


# The map of all sectors ------------------------------------------------------------------------
def feature(code="12LY00", kind="VWO", name="Het Lyceum", **other):
    facts = {"naam": name, "type": kind, "vestigingscode": code, "straat": "Laan", "huisnummer": 3, "leerlingen": 812}
    facts |= {"postcode": "9571AZ", "plaats": "Exloërmond", "gemeente": "BORGER-ODOORN", "internetadres": " "} | other
    return {"properties": facts, "geometry": {"type": "Point", "coordinates": [4.5, 52.1]}}


@pytest.fixture
def mapped(tmp_path):
    def write(*features, packed=False):
        path = tmp_path / ("map.geojson.gz" if packed else "map.geojson")
        text = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
        path.write_bytes(gzip.compress(text) if packed else text)
        return path

    return write


@pytest.mark.parametrize("packed", [False, True])
def test_a_secondary_school_takes_the_region_of_its_municipality(listed, mapped, packed):
    duo.import_schools(listed(row()))
    primary = feature("01AA00", "basisschool", leerlingen=120)
    report = geojson.import_schools(mapped(feature(), feature(), primary, feature("13SB00", "SBAO"), packed=packed))
    assert report.rows == 4
    lyceum = School.objects.get(code="12LY00")
    assert (lyceum.sector, lyceum.board, lyceum.region, lyceum.postcode) == ("vo", None, "Noord", "9571 AZ")
    assert School.objects.get(code="01AA00").pupils == 120
    assert School.objects.get(code="13SB00").sector == "sbo"
    assert School.objects.open().filter(sector="bo").count() == 1


def test_a_board_that_was_linked_stays_linked(mapped, cast):
    geojson.import_schools(mapped(feature()))
    School.objects.filter(code="12LY00").update(board=cast.board)
    geojson.import_schools(mapped(feature(name="Het Nieuwe Lyceum")))
    assert School.objects.get(code="12LY00").board_id == cast.board.pk


@pytest.mark.parametrize("cut", [10, 60, -2, -40])
def test_a_map_that_is_cut_off_saves_nothing(mapped, cut):
    path = mapped(feature(), feature("14LY00"))
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(Refused):
        geojson.import_schools(path)
    assert not School.objects.exists()


@pytest.mark.parametrize("bad", [feature(code="xx"), feature(name=""), feature(leerlingen="veel")])
def test_a_bad_feature_is_named(mapped, bad):
    with pytest.raises(Refused, match="2"):
        geojson.import_schools(mapped(feature("14LY00"), bad))
    assert not School.objects.exists()


def test_a_plg_goes_along_when_its_school_goes_to_another_board(listed):
    duo.import_schools(listed(row(), row("02BB00", "De Beuk", "04322")))
    plg = make.plg(School.objects.get(code="01AA00"))
    duo.import_schools(listed(row(board="04322"), row("02BB00", "De Beuk", "04322")))
    plg.refresh_from_db()
    assert plg.board == Board.objects.get(number="04322")
