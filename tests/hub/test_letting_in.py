"""What the KennisHub lets in: each file by its own bytes."""

import io
import struct
import zipfile

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.refusals import Refused
from knowledgehub import files


def upload(name, content):
    return SimpleUploadedFile(name, content)


def pdf(password=""):
    stream = io.BytesIO()
    with pikepdf.new() as book:
        book.add_blank_page(page_size=(595, 842))
        encryption = pikepdf.Encryption(owner=password, user=password) if password else False
        book.save(stream, encryption=encryption)
    return stream.getvalue()


def archive(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, content in members.items():
            parts.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


def outside(name):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        parts.writestr(name, "x")
    return stream.getvalue()


def photo(**more):
    stream = io.BytesIO()
    Image.new("RGB", (300, 200), "teal").save(stream, "JPEG", **more)
    return stream.getvalue()


def link_in_archive():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        link = zipfile.ZipInfo("naar-buiten")
        link.external_attr = 0o120777 << 16
        parts.writestr(link, "/etc/passwd")
    return stream.getvalue()


def docx(**parts):
    return archive(**{"[Content_Types].xml": "<Types/>", "word__document.xml": "<w:document/>"} | parts)


def box(name, content=b""):
    return struct.pack(">I", 8 + len(content)) + name + content


FTYP = box(b"ftyp", b"isom\0\0\2\0isommp42")


@pytest.mark.parametrize(
    ("name", "content", "media_type", "called"),
    [
        ("les.pdf", pdf(), "application/pdf", "les.pdf"),
        ("les.exe", pdf(), "application/pdf", "les.pdf"),
        ("bord.heic", photo(), "image/jpeg", "bord.jpg"),
        ("stroken.zip", archive(a="x", b__c="y"), "application/zip", "stroken.zip"),
        ("aantekening.txt", "Wat zíe je?".encode("cp1252"), "text/plain", "aantekening.txt"),
        ("groepen.csv", b"naam;groep\nA;5", "text/csv", "groepen.csv"),
        ("film.srt", b"1\n00:00:01,000 --> 00:00:02,500\nKijk.\n", "text/vtt", "film.vtt"),
        ("film.mov", FTYP + box(b"moov") + box(b"mdat", bytes(50)), "video/mp4", "film.mp4"),
    ],
)
def test_what_a_teacher_has_comes_in_under_its_true_name(name, content, media_type, called):
    taken = files.take(upload(name, content))
    assert (taken.media_type, taken.name) == (media_type, called)


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b"  \n<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"MZ\x90\0 a programme",
        pdf("geheim"),
        pdf()[:200],
        pdf() + archive(a="x"),
        b"%PDF-1.7 no more than this",
        outside("../../etc/passwd"),
        outside("/etc/passwd"),
        outside("C:\\Windows\\x.txt"),
        outside("spel.exe"),
        link_in_archive(),
        archive(bom=bytes(60_000_000)),
        archive()[:10],
        archive(),
        photo()[:200],
        docx(**{"word__vbaProject.bin": "x"}),
        FTYP + box(b"moov") + box(b"mdat", bytes(50))[:-20],
        FTYP + box(b"moov") + archive(a="x"),
        b"",
        bytes(range(256)) * 40,
    ],
    ids=[
        "html", "svg", "programme", "locked pdf", "cut-off pdf", "pdf and zip", "pdf in name", "zip upward", "zip root",
        "zip windows", "zip programme", "zip link", "bomb", "cut-off zip", "empty zip", "cut-off photo", "macros",
        "cut-off film", "film and zip", "empty", "noise",
    ],
)  # fmt: skip
def test_liars_and_bombs_stay_outside_with_a_sentence(content):
    with pytest.raises(Refused) as refusal:
        files.take(upload("les.pdf", content))
    assert str(refusal.value).strip().endswith(".")


def test_a_photo_forgets_where_it_was_taken():
    place = Image.Exif()
    place[0x010F] = "Telefoon van Els"
    taken = files.take(upload("bord.jpg", photo(exif=place)))
    assert b"Telefoon" not in taken.content.read()


def test_a_film_forgets_where_it_was_made_and_stays_as_long():
    told = box(b"moov", box(b"udta", b"\xa9xyz+52.1561+005.3878/") + box(b"trak", box(b"meta", b"Telefoon van Els")))
    film = FTYP + told + box(b"mdat", bytes(100))
    taken = files.take(upload("film.mp4", film))
    kept = taken.content.read()
    assert len(kept) == len(film)
    assert b"52.1561" not in kept
    assert b"Telefoon" not in kept
    assert kept.startswith(FTYP)


def test_an_archive_tells_what_lies_in_it():
    taken = files.take(upload("kaartjes.zip", archive(kaart="abc", map__kaart="de")))
    assert taken.entries == [["kaart", 3], ["map/kaart", 2]]
