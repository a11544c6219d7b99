"""In the background: what is written in a file, and how it looks."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageDraw

from knowledgehub import looking, looking_at
from knowledgehub.actions import files
from knowledgehub.choices import FileState
from knowledgehub.models import ResourceFile
from knowledgehub.views import files as hands
from tests import cast as make
from tests.hub.test_letting_in import archive, docx, pdf, photo

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = (
    f'<w:document xmlns:w="{WORDS}"><w:body><w:p><w:r><w:t>Leg de </w:t></w:r><w:r><w:t>stroken.</w:t></w:r></w:p>'
    "<w:p><w:r><w:t>Wat zie je?</w:t></w:r></w:p></w:body></w:document>"
)
OF_OFFICE = "http://purl.oasis-open.org/"
ODT = (
    '<office:document-content xmlns:office="urn:office" xmlns:text="urn:text"><office:body><text:p>Leg de '
    "<text:span>stroken</text:span>.</text:p><text:h>Wat zie je?</text:h></office:body></office:document-content>"
)


def odt():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        parts.writestr("content.xml", ODT)
    return stream.getvalue()


def written_pdf():
    """A PDF of three pages; the words are a picture, as from a scanner."""
    pages = []
    for number in range(3):
        page = Image.new("RGB", (600, 800), "white")
        ImageDraw.Draw(page).rectangle((50, 50, 200 + number * 50, 120), fill="teal")
        pages.append(page)
    stream = io.BytesIO()
    pages[0].save(stream, "PDF", save_all=True, append_images=pages[1:])
    return stream.getvalue()


@pytest.fixture
def lay_in(cast):
    version = make.resource(cast.amina, published=False).versions.get()

    def lay_in(name, content):
        return files.add(version, SimpleUploadedFile(name, content), by=cast.amina)

    return lay_in


@pytest.mark.parametrize(
    ("name", "content"),
    [("les.docx", docx(**{"word__document.xml": DOCUMENT})), ("les.odt", odt())],
)
def test_words_of_documents_are_found_later(lay_in, name, content):
    row = lay_in(name, content)
    looking_at.look_at_all()
    row.refresh_from_db()
    assert row.state == FileState.READY
    assert row.text == "Leg de stroken.\nWat zie je?"


def test_of_a_pdf_one_sees_the_first_page_and_leafs_on(lay_in, cast, signed_in):
    row = lay_in("les.pdf", written_pdf())
    looking_at.look_at_all()
    row.refresh_from_db()
    assert (row.state, row.pages) == (FileState.READY, 3)
    client = signed_in(cast.amina)
    pictures = [client.get(reverse("knowledgehub:page", args=[row.pk, number])) for number in (1, 3)]
    sizes = {Image.open(io.BytesIO(each.content)).width for each in pictures}
    assert sizes == {looking.WIDE}
    assert pictures[0].content != pictures[1].content
    assert client.get(reverse("knowledgehub:page", args=[row.pk, 4])).status_code == 404
    assert signed_in(cast.tom).get(reverse("knowledgehub:page", args=[row.pk, 1])).status_code == 404


def test_a_picture_gets_a_small_one_and_subtitles_are_text(lay_in):
    picture, words = (
        lay_in("bord.jpg", photo()),
        lay_in("film.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nKijk, een derde.\n"),
    )
    assert looking_at.look_at_all() == 2
    picture.refresh_from_db()
    words.refresh_from_db()
    assert picture.preview
    assert "een derde" in words.text


def test_a_broken_document_says_so_and_is_not_tried_for_ever(lay_in):
    row = lay_in("les.docx", docx(**{"word__document.xml": "<w:document><broken"}))
    looking_at.look_at_all()
    row.refresh_from_db()
    assert row.state == FileState.BROKEN
    assert row.broken_why.endswith(".")


def test_what_takes_its_reader_down_three_times_is_left_alone(lay_in):
    row = lay_in("les.pdf", pdf())
    Path(row.file.path).unlink()  # nothing can be read at all
    for turn in (1, 2, 3):
        looking_at.look_at_all()
        row.refresh_from_db()
        assert (row.tries, row.state) == (turn, FileState.BROKEN if turn == 3 else FileState.WAITING)
    assert looking_at.look_at_all() == 0


def test_an_entity_bomb_is_a_broken_document(lay_in):
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
    row = lay_in("les.docx", docx(**{"word__document.xml": bomb}))
    looking_at.look_at_all()
    row.refresh_from_db()
    assert row.state == FileState.BROKEN


def test_an_office_file_becomes_a_pdf_where_an_office_is_installed(lay_in, monkeypatch, tmp_path):
    """A stand-in of LibreOffice, that writes down how it was called and makes a PDF."""
    made = tmp_path / "made.pdf"
    made.write_bytes(written_pdf())
    office = tmp_path / "soffice"
    office.write_text(
        '#!/bin/sh\nfor word; do last=$word; [ "$before" = --outdir ] && out=$word; before=$word; done\n'
        f'name=$(basename "$last"); cp {made} "$out/${{name%.*}}.pdf"\n'
    )
    office.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    row = lay_in("les.docx", docx(**{"word__document.xml": DOCUMENT}))
    looking_at.look_at_all()
    row.refresh_from_db()
    assert (row.state, row.pages, row.general) == (FileState.READY, 3, "pdf")
    assert "stroken" in row.text
    assert row.preview
    assert looking.page_of(row, 2)


def test_an_office_that_hangs_is_stopped_and_the_words_are_kept(lay_in, monkeypatch, tmp_path):
    office = tmp_path / "soffice"
    office.write_text("#!/bin/sh\nsleep 60\n")
    office.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr(looking, "OFFICE_SECONDS", 1)
    row = lay_in("les.docx", docx(**{"word__document.xml": DOCUMENT}))
    looking_at.look_at_all()
    row.refresh_from_db()
    assert (row.state, row.pages) == (FileState.READY, None)
    assert "stroken" in row.text


def test_the_same_file_twice_is_one_file(lay_in):
    lay_in("een.zip", archive(a="x"))
    lay_in("twee.zip", archive(a="x"))
    assert ResourceFile.objects.count() == 1


def test_a_film_is_handed_over_in_pieces(lay_in, cast, signed_in):
    from tests.hub.test_uploading import FILM

    row = lay_in("film.mp4", FILM)
    answer = signed_in(cast.amina).get(reverse("knowledgehub:file", args=[row.pk]), headers={"Range": "bytes=0-99"})
    assert answer.status_code == 206
    assert len(b"".join(answer.streaming_content)) == 100


def test_whoever_has_no_account_has_no_end_of_pages_drawn(cast, client, monkeypatch):
    monkeypatch.setattr(hands, "PAGES_A_MINUTE", 2)
    page = reverse("knowledgehub:page", args=[1, 1])
    answers = [client.get(page, REMOTE_ADDR="198.51.100.99").status_code for _n in range(3)]
    assert answers == [302, 302, 429]
