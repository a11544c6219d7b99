"""A folder of material with a list comes in: every row is looked at before anything is made."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledgehub.models import Resource
from knowledgehub.outside.material import deeds
from knowledgehub.outside.models import MaterialList
from tests.cast import resource

pytestmark = pytest.mark.django_db
HEAD = "titel;in het kort;soort;groep;vak;licentie;bestanden;link;trefwoorden;lestijd"
GOOD = (
    "Breuken met repen;Vouwen;lesontwerp;Groep 6|Groep 7;Rekenen en wiskunde;CC BY-SA 4.0;repen.txt;;breuken, vouwen;45"
)


def folder(*rows, files=(("repen.txt", b"Vouw de reep in drieen."),), name="lijst.csv", head=HEAD):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        if name:
            archive.writestr(name, "\n".join([head, *rows]))
        for path, content in files:
            archive.writestr(path, content)
    return SimpleUploadedFile("map.zip", kept.getvalue(), content_type="application/zip")


@pytest.fixture
def amina(cast, signed_in):
    return signed_in(cast.amina)


def bring(client, *uploads):
    return client.post(reverse("outside:material"), {"files": uploads})


def answer(client, found, row, **said):
    return client.post(reverse("outside:answer_material", args=[found.pk, row]), said)


def make(client, found):
    return client.post(reverse("outside:make_material", args=[found.pk]))


def test_a_row_with_its_file_becomes_a_concept_with_all_that_the_list_says(cast, amina):
    page = bring(amina, folder(GOOD))
    found = MaterialList.objects.get()
    assert page["Location"] == found.get_absolute_url()
    assert not Resource.objects.exists()  # nothing is made by looking
    make(amina, found)
    lesson = Resource.objects.get()
    assert (lesson.title, lesson.kind, lesson.licence, lesson.lesson_minutes) == (
        "Breuken met repen", "lesson", "cc-by-sa-40", 45,
    )  # fmt: skip
    assert lesson.state == "concept"  # she publishes it herself
    assert set(lesson.terms.values_list("label", flat=True)) == {"Groep 6", "Groep 7", "Rekenen en wiskunde"}
    assert [tag.name for tag in lesson.tags.order_by("name")] == ["breuken", "vouwen"]
    assert [each.person for each in lesson.authors.all()] == [cast.amina]
    assert lesson.versions.get().files.get().name == "repen.txt"
    found.refresh_from_db()
    assert not found.archive  # the files are where they belong now
    assert make(amina, found).status_code == 422
    assert Resource.objects.count() == 1


def test_what_is_not_clear_is_asked_row_by_row_and_nothing_is_made_before(cast, amina):
    resource(cast.amina, title="Meten")
    bring(
        amina,
        folder(
            ";;;;;;;https://voorbeeld.nl/;;",
            "Klok;;poster;;;cc-by-40;;https://voorbeeld.nl/klok;;",
            "Geld;;tool;;;mag alles;;https://voorbeeld.nl/geld;;",
            "Ruimte;;tool;;;cc0-1.0;weg.pdf;;;",
            "Tijd;;tool;;;cc-by-40;;javascript:alert(1);;",
            "Meten;;tool;;;cc-by-40;;https://voorbeeld.nl/meten;;",
            "Groep negen;;tool;Groep 9;;cc-by-40;;https://voorbeeld.nl/9;;",
        ),
    )
    found = MaterialList.objects.get()
    page = amina.get(found.get_absolute_url())
    assert "Bij 6 rijen moet jij nog kiezen" in page.text
    assert "Groep 9" in page.text  # is said, not asked: it stays out
    refused = make(amina, found)
    assert refused.status_code == 422
    assert Resource.objects.count() == 1
    answer(amina, found, 2, title="Optellen")
    answer(amina, found, 2, kind="tool")
    answer(amina, found, 2, licence="cc-by-40")
    answer(amina, found, 3, kind="tool")
    answer(amina, found, 4, licence="cc-by-40")
    answer(amina, found, 5, files="repen.txt")
    answer(amina, found, 6, link="https://voorbeeld.nl/tijd")
    answer(amina, found, 7, skip="1")
    make(amina, found)
    made = set(Resource.objects.filter(state="concept").values_list("title", flat=True))
    assert made == {"Optellen", "Klok", "Geld", "Ruimte", "Tijd", "Groep negen"}
    report = amina.get(reverse("outside:material_report", args=[found.pk])).content.decode("utf-8-sig")
    assert "Je liet deze rij weg" in report


def test_files_of_a_folder_that_were_chosen_together_are_as_good_as_a_zip(amina):
    chosen = SimpleUploadedFile("lijst.csv", f"{HEAD}\n{GOOD}".encode()), SimpleUploadedFile("repen.txt", b"Vouwen.")
    assert bring(amina, *chosen).status_code == 302
    make(amina, MaterialList.objects.get())
    assert Resource.objects.get().versions.get().files.get().name == "repen.txt"


@pytest.mark.parametrize(("count", "status"), [(120, 302), (201, 422)])
def test_a_folder_may_have_many_files_and_too_many_are_said(amina, count, status):
    sheets = [SimpleUploadedFile(f"blad{n}.txt", b"Vouw.") for n in range(count - 1)]
    page = bring(amina, SimpleUploadedFile("lijst.csv", f"{HEAD}\n{GOOD.replace('repen', 'blad1')}".encode()), *sheets)
    assert page.status_code == status


def test_a_file_that_lies_about_itself_stays_out_and_the_report_says_so(amina):
    bring(amina, folder(GOOD, files=[("repen.txt", b"<script>alert(1)</script>")]))
    found = MaterialList.objects.get()
    make(amina, found)
    assert not Resource.objects.get().versions.get().files.exists()
    found.refresh_from_db()
    assert "repen.txt: " in found.rows[0]["outcome"]


@pytest.mark.parametrize(
    "upload",
    [
        folder(GOOD, files=[("../../etc/passwd", b"x")]),
        folder(GOOD, files=[("/x", b"x")]),
        folder(GOOD, files=[("groot.txt", b"0" * 60_000_000)]),
        folder(name="", files=[("repen.txt", b"x")]),
        folder(GOOD, files=[("nog.csv", b"titel\nx")]),
        folder("x;y", head="naam van iets;wat"),
        folder(),
        SimpleUploadedFile("map.zip", b"PK\x03\x04 kapot"),
        SimpleUploadedFile("foto.jpg", b"geen foto"),
    ],
    ids=["up", "absolute", "bomb", "no list", "two lists", "no title", "no rows", "broken", "no zip"],
)
def test_what_is_no_folder_with_a_list_is_refused_with_a_sentence(amina, upload):
    page = bring(amina, upload)
    assert page.status_code == 422
    assert not MaterialList.objects.exists()


def broken(path):
    """A folder in which the bytes of this file are rubbish, though its archive is whole."""
    upload = folder(GOOD, files=[("repen.txt", b"Vouw de reep in drieen. " * 50)])
    raw = bytearray(upload.read())
    at = raw.index(path.encode()) + len(path)
    raw[at : at + 20] = b"\xff" * 20
    return SimpleUploadedFile("map.zip", bytes(raw), content_type="application/zip")


def test_a_file_that_does_not_unpack_is_said_and_the_rest_is_made(amina):
    bring(amina, broken("repen.txt"))
    found = MaterialList.objects.get()
    assert make(amina, found).status_code == 302
    found.refresh_from_db()
    assert "repen.txt is kapot" in found.rows[0]["outcome"]


def test_a_list_that_does_not_unpack_is_refused_with_a_sentence(amina):
    page = bring(amina, broken("lijst.csv"))
    assert page.status_code == 422 and "lijst.csv is kapot" in page.text


def test_one_file_that_many_rows_name_does_not_fill_the_disk(amina, monkeypatch):
    monkeypatch.setattr(deeds, "MOST_UNPACKED", 100)
    rows = [GOOD.replace("Breuken", f"Breuken {n}") for n in range(5)]
    bring(amina, folder(*rows))  # of 24 bytes: one may be kept four times
    page = make(amina, MaterialList.objects.get())
    assert page.status_code == 422 and "Breng ze in delen" in page.text
    assert not Resource.objects.exists()


def test_the_folder_stays_as_long_as_what_was_made_of_it_is_not_certain(amina, commits):
    bring(amina, folder(GOOD))
    kept = MaterialList.objects.get().archive
    make(amina, MaterialList.objects.get())
    assert kept.storage.exists(kept.name), "the deed can still be undone"
    with commits:
        bring(amina, folder(GOOD.replace("Breuken", "Delen")))
        kept = MaterialList.objects.order_by("pk").last().archive
        make(amina, MaterialList.objects.order_by("pk").last())
    assert not kept.storage.exists(kept.name)


def test_a_list_costs_the_same_with_one_row_and_with_three(amina):
    def cost(page):
        with CaptureQueriesContext(connection) as asked:
            assert amina.get(page).status_code == 200
        return len(asked)

    bring(amina, folder(GOOD))
    first = MaterialList.objects.get()
    pages = reverse("outside:material"), first.get_absolute_url()
    cost(pages[0])
    one = [cost(page) for page in pages]
    bring(amina, folder(GOOD, GOOD.replace("Breuken", "Delen"), GOOD.replace("Breuken", "Meten")))
    bring(amina, folder(GOOD))
    assert cost(pages[0]) == one[0]
    assert cost(MaterialList.objects.order_by("pk")[1].get_absolute_url()) == one[1]


def test_a_list_is_of_who_brings_it_in_alone(cast, amina, signed_in):
    bring(amina, folder(GOOD))
    found = MaterialList.objects.get()
    for other in (cast.fatima, cast.paula):
        assert signed_in(other).get(found.get_absolute_url()).status_code == 404
        assert make(signed_in(other), found).status_code == 404
