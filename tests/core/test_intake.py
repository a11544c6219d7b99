"""Every file is looked at before it is kept."""

import io
import struct
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook
from PIL import Image, ImageOps

from core.files import intake
from core.refusals import Refused

AMERSFOORT = {1: "N", 2: (52.0, 9.0, 0.0), 3: "E", 4: (5.0, 23.0, 0.0)}


def upload(name, content):
    return SimpleUploadedFile(name, content)


def photo(size=(2400, 1200), kind="JPEG", place=None):
    exif = Image.Exif()
    if place:
        exif.get_ifd(0x8825).update(place)
        exif[0x010F] = "Telefoon van Els"
    stream = io.BytesIO()
    Image.new("RGB", size, "teal").save(stream, kind, exif=exif)
    return stream.getvalue()


def test_a_photo_is_made_smaller_and_forgets_where_it_was_taken():
    taken = photo(place=AMERSFOORT)
    assert b"Telefoon van Els" in taken
    kept = intake.take_image(upload("ik.jpg", taken))
    picture = Image.open(kept)
    assert picture.size == (1600, 800)
    assert not picture.getexif()
    assert not picture.getexif().get_ifd(0x8825)
    assert "ik" not in kept.name


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7 not a photo",
        photo()[:300],
        b"\xff\xd8\xff" + b"polyglot" * 50,
    ],
    ids=["svg", "html", "pdf", "cut off", "polyglot"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(content):
    with pytest.raises(Refused) as refusal:
        intake.take_image(upload("foto.jpg", content))
    assert str(refusal.value).endswith(".")


def test_an_empty_and_a_huge_file_are_refused():
    with pytest.raises(Refused):
        intake.take_image(upload("leeg.jpg", b""))
    with pytest.raises(Refused, match="2 MB"):
        intake.refuse_if_too_large(upload("groot.jpg", b"x" * (intake.MB + 1)), 1)


def test_a_picture_that_would_unpack_to_too_many_pixels_is_refused(monkeypatch):
    monkeypatch.setattr(intake, "MOST_PIXELS", 1_000_000)
    with pytest.raises(Refused):
        intake.take_image(upload("bom.png", photo((2000, 2000), "PNG")))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_names_survive_every_encoding_that_dutch_offices_use(encoding):
    rows = intake.rows_of_table(upload("lijst.csv", "naam;school\nZoë Çelik;’t Kompas\n".encode(encoding)))
    assert rows == [["naam", "school"], ["Zoë Çelik", "’t Kompas"]]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_the_separator_is_found(separator):
    rows = intake.rows_of_table(upload("lijst.csv", f"naam{separator}mail\nEls{separator}e@x.nl\n".encode()))
    assert rows[1] == ["Els", "e@x.nl"]


def test_a_spreadsheet_is_read_and_its_formulas_are_not_carried_out():
    book = Workbook()
    book.active.append(["naam", "mail"])
    book.active.append(["Els", '=HYPERLINK("http://kwaad.example")'])
    stream = io.BytesIO()
    book.save(stream)
    rows = intake.rows_of_table(upload("lijst.xlsx", stream.getvalue()))
    assert rows[1][0] == "Els"
    assert "kwaad" not in rows[1][1]


def zip_of(size):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/workbook.xml", b"0" * size)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"naam;mail\n", b"\0\1\2\3" * 100, zip_of(10), zip_of(210 * intake.MB)],
    ids=["only headings", "bytes", "no spreadsheet", "zip bomb"],
)
def test_a_file_that_is_no_table_is_refused(content):
    with pytest.raises(Refused):
        intake.rows_of_table(upload("lijst.xlsx", content))


@pytest.mark.parametrize("text", ["=1+1", "+31612345678", "-2", "@SUM(A1)", "\t=1"])
def test_a_cell_that_looks_like_a_formula_stays_text(text):
    assert intake.safe_cell(text) == f"'{text}"


def test_an_ordinary_cell_stays_as_it_is():
    assert intake.safe_cell("Els") == "Els"


# Any file that a group wants to look at together ------------------------------------------------


def archive(*names, content=b"x"):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as parts:
        for name in names:
            parts.writestr(name, content)
    return stream.getvalue()


DOCX = ("[Content_Types].xml", "_rels/.rels", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content", "media_type", "kept_as"),
    [
        ("les.pdf", b"%PDF-1.7 les", "application/pdf", "les.pdf"),
        ("les.exe", b"%PDF-1.7 les", "application/pdf", "les.pdf"),
        ("verslag.docx", archive(*DOCX), "wordprocessingml.document", "verslag.docx"),
        ("ver.docx", archive(DOCX[0], "1", "2", "3", "4", "5", DOCX[2]), "word", "ver.docx"),
        ("../../geheim.png", photo((30, 30), "PNG"), "image/jpeg", "geheim.jpg"),
        ("\u202egpj.les.pdf", b"%PDF-1.7", "application/pdf", "gpj.les.pdf"),
    ],
)  # fmt: skip
def test_a_file_is_kept_as_what_it_is_under_a_name_that_says_so(name, content, media_type, kept_as):
    taken = intake.take_file(upload(name, content))
    assert media_type in taken.media_type
    assert taken.name == kept_as


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plaatje.jpg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("verslag.pdf", b"<!doctype html><script>alert(1)</script>"),
        ("verslag.docx", b"MZ\x90\x00" + b"\0" * 600),
        ("verslag.docx", archive("een.txt", "twee.txt")),
        ("verslag.docm", archive(*DOCX, "word/vbaProject.bin")),
        ("verslag.docx", archive(*DOCX)[:60]),
        ("bom.docx", archive(*DOCX, content=b"0" * (140 * intake.MB))),
        ("leeg.pdf", b""),
        ("kapot.png", photo((30, 30), "PNG")[:60]),
        ("kapot.heic", photo((300, 300), "HEIF")[:-20]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",  # an archive tells the time
)
def test_a_file_that_lies_is_refused_with_a_sentence(name, content):
    with pytest.raises(Refused) as refusal:
        intake.take_file(upload(name, content))
    assert str(refusal.value).endswith(".")


def test_a_camera_that_writes_nonsense_about_itself_spoils_no_photo():
    exif = Image.Exif()
    exif[0x0112], exif[0x011A] = 6, 72.0  # turned, and a resolution
    stream = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(stream, "JPEG", exif=exif)
    fraction, text = (struct.pack(">HH", 0x011A, kind) for kind in (5, 7))
    assert stream.getvalue().count(fraction) == 1
    odd = stream.getvalue().replace(fraction, text)
    with pytest.raises(TypeError):
        ImageOps.exif_transpose(Image.open(io.BytesIO(odd)))
    assert Image.open(intake.take_image(upload("foto.jpg", odd))).size == (40, 20)
