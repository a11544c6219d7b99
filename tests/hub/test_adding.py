"""Adding: a name with a file or a link, then one screen on which everything is filled in already."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from knowledgehub import guessing
from knowledgehub.models import Resource, ResourceFile
from tests import cast as make
from tests.hub.test_letting_in import docx

ADD = reverse("knowledgehub:add")


def photo():
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(stream, "JPEG")
    return SimpleUploadedFile("bord.jpg", stream.getvalue())


def text(name="lesplan_breuken_groep_5.txt"):
    return SimpleUploadedFile(name, b"Leg de stroken onder elkaar.")


def confirmed(response, **more):
    """What the browser sends of the form on this page, with what the reader chose besides."""
    form, steps = response.context["form"], response.context["steps"]
    said = {f"{steps.prefix}-TOTAL_FORMS": "0", f"{steps.prefix}-INITIAL_FORMS": "0"}
    for name in form.fields:
        value = form[name].value()
        said[name] = "" if value is None else value
    return said | more


def test_the_files_name_is_enough_and_the_rest_is_filled_in(cast, signed_in, words):
    client = signed_in(cast.amina)
    answer = client.post(ADD, {"title": "", "link": "", "files": [text(), photo()]})
    lesson = Resource.objects.get()
    assert answer.url == reverse("knowledgehub:edit", args=[lesson.pk])
    assert (lesson.title, lesson.kind, lesson.theme) == ("lesplan breuken groep 5", "lesson", "maths")
    assert (lesson.audience, lesson.community, lesson.licence) == ("plg", cast.maths, "cc-by-sa-40")
    page = client.get(answer.url)
    form = page.context["form"]
    assert form["levels"].value() == [words.get(label="Groep 5").pk]
    assert form["subjects"].value() == [words.get(label="Rekenen en wiskunde").pk]
    assert form["makers"].value() == [cast.amina.pk]
    assert {str(person) for person in form.fields["makers"].queryset} >= {"Amina Yildiz", "Tom Hendriks"}
    assert ResourceFile.objects.count() == 2


def test_the_maker_whom_a_document_names_is_filled_in_and_the_reach_is_said(cast, signed_in):
    core = '<x xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>Tom Hendriks</dc:creator></x>'
    document = SimpleUploadedFile("les.docx", docx(**{"docProps__core.xml": core}))
    client = signed_in(cast.amina)
    page = client.get(client.post(ADD, {"title": "Breuken", "link": "", "files": [document]}).url)
    assert page.context["form"]["makers"].value() == [cast.amina.pk, cast.tom.pk]
    assert "PLG Rekenen · 2 scholen" in page.content.decode()


@pytest.mark.parametrize(
    ("said", "labels"),
    [
        ("Lesplan groep 5/6", ["Groep 5", "Groep 6"]),
        ("groep 3 t/m 5", ["Groep 3", "Groep 4", "Groep 5"]),
        ("Groepen 7 en 8", ["Groep 7", "Groep 8"]),
        ("een groepje van 5", []),
    ],
)
def test_groups_are_read_from_a_title(words, said, labels):
    assert [term.label for term in guessing.levels_of(said)] == labels


def test_one_screen_and_one_button_later_colleagues_find_it(cast, signed_in):
    client = signed_in(cast.amina)
    edit = client.post(ADD, {"title": "Breuken vouwen", "link": "", "files": [text()]}).url
    said = confirmed(client.get(edit), origin="own", pupils="none", kind="lesson", publish="yes")
    said |= {"door": "m", "tags": "vouwen, Breuken", "steps-TOTAL_FORMS": "1", "steps-0-minutes": "8"}
    said |= {"steps-0-title": "De reep verdelen", "steps-0-text": "Kies een derde of een kwart."}
    answer = client.post(edit, said)
    lesson = Resource.objects.get()
    assert answer.url == lesson.get_absolute_url()
    assert lesson.is_published
    page = signed_in(cast.dele).get(answer.url).content.decode()
    assert "De reep verdelen" in page
    assert {tag.name for tag in lesson.tags.all()} == {"vouwen", "breuken"}


def test_publishing_without_saying_whose_it_is_gives_everything_back(cast, signed_in):
    client = signed_in(cast.amina)
    edit = client.post(ADD, {"title": "Breuken vouwen", "link": "", "files": [text()]}).url
    answer = client.post(edit, confirmed(client.get(edit), kind="lesson", summary="Dit typte ik.", publish="yes"))
    assert answer.status_code == 422
    assert "Dit typte ik." in answer.content.decode()
    assert not Resource.objects.get().is_published


def test_work_of_others_needs_their_name(cast, signed_in):
    client = signed_in(cast.amina)
    edit = client.post(ADD, {"title": "Breuken", "link": "https://rekenen.example/breuken"}).url
    answer = client.post(edit, confirmed(client.get(edit), kind="lesson", origin="open", pupils="none"))
    assert answer.status_code == 422
    assert "origin_says" in answer.context["form"].errors


@pytest.mark.parametrize("said", [{"title": "Zonder iets"}, {"title": "", "link": "geen adres"}, {"title": " "}])
def test_nothing_begins_without_a_name_and_a_file_or_link(cast, signed_in, said):
    assert signed_in(cast.amina).post(ADD, {"link": ""} | said).status_code == 422
    assert not Resource.objects.exists()


def test_a_file_that_is_not_let_in_stays_behind_and_the_others_come(cast, signed_in):
    page = SimpleUploadedFile("mooi.pdf", b"<html><script>alert(1)</script></html>")
    client = signed_in(cast.amina)
    answer = client.post(ADD, {"title": "Breuken", "link": "", "files": [page, text()]}, follow=True)
    assert [row.name for row in ResourceFile.objects.all()] == ["lesplan_breuken_groep_5.txt"]
    assert "mooi.pdf" in answer.content.decode()


def test_a_concept_is_of_its_makers_alone(cast, signed_in):
    lesson = make.resource(cast.amina, published=False)
    edit = reverse("knowledgehub:edit", args=[lesson.pk])
    assert [signed_in(who).get(edit).status_code for who in (cast.amina, cast.tom, cast.paula)] == [200, 404, 404]


def test_a_thrown_away_concept_takes_its_files_along(cast, signed_in, commits):
    client = signed_in(cast.amina)
    client.post(ADD, {"title": "Breuken", "link": "", "files": [text()]})
    file, lesson = ResourceFile.objects.get(), Resource.objects.get()
    with commits:
        client.post(reverse("knowledgehub:discard", args=[lesson.pk]))
    assert not Resource.objects.exists()
    assert not file.file.storage.exists(file.file.name)


def test_a_new_version_holds_the_same_files_and_the_old_one_keeps_them(cast, signed_in, commits):
    client = signed_in(cast.amina)
    edit = client.post(ADD, {"title": "Breuken", "link": "", "files": [text(), photo()]}).url
    client.post(edit, confirmed(client.get(edit), kind="lesson", origin="own", pupils="none", publish="yes"))
    lesson = Resource.objects.get()
    edit = client.post(reverse("knowledgehub:new_version", args=[lesson.pk])).url
    concept = lesson.versions.get(published_at=None)
    with commits:
        client.post(reverse("knowledgehub:remove_file", args=[concept.files.first().pk]))
    kept = [row.file for row in lesson.current.files.all()]
    assert len(kept) == 2
    assert all(file.storage.exists(file.name) for file in kept)
    client.post(edit, confirmed(client.get(edit), change="Zonder lesplan", publish="yes"))
    page = client.get(reverse("knowledgehub:versions", args=[lesson.pk])).content.decode()
    assert "Zonder lesplan" in page
    assert "lesplan_breuken_groep_5.txt" in page


def test_a_page_that_asks_after_files_while_it_is_published_sends_nobody_elsewhere(cast, signed_in):
    lesson = make.resource(cast.amina)
    asked = reverse("knowledgehub:edit_files", args=[lesson.pk])
    answer = signed_in(cast.amina).get(asked, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers.get("HX-Redirect")) == (204, None)


def test_two_makers_at_once_do_not_overwrite_each_other_unseen(cast, signed_in):
    lesson = make.resource(cast.amina, cast.tom, published=False)
    url = reverse("knowledgehub:edit", args=[lesson.pk])
    amina, tom = signed_in(cast.amina), signed_in(cast.tom)

    def seen(client):
        return re.search(r'name="since" value="([^"]+)"', client.get(url).content.decode())[1]

    words = {
        "language": "nl", "door": "m", "makers": [cast.amina.pk, cast.tom.pk],
        "steps-TOTAL_FORMS": 0, "steps-INITIAL_FORMS": 0,
    }  # fmt: skip
    of_tom = seen(tom)
    assert amina.post(url, words | {"title": "Van Amina", "since": seen(amina)}).status_code == 302
    answer = tom.post(url, words | {"title": "Van Tom", "needs": "Touw", "since": of_tom})
    assert answer.status_code == 422
    assert 'value="Touw"' in answer.content.decode()
    assert Resource.objects.get().title == "Van Amina"
    again = re.search(r'name="since" value="([^"]+)"', answer.content.decode())[1]
    assert tom.post(url, words | {"title": "Van Tom", "since": again}).status_code == 302
    assert Resource.objects.get().title == "Van Tom"


def test_what_cannot_be_published_yet_can_be_once_it_is_put_right(cast, signed_in):
    """There is nothing in it: kept, not published. With a text it is, without being told that it changed meanwhile."""
    lesson = make.resource(cast.amina, text="", published=False)
    client, url = signed_in(cast.amina), reverse("knowledgehub:edit", args=[lesson.pk])
    answer = client.post(url, confirmed(client.get(url), publish="yes"))
    assert answer.status_code == 422
    since = re.search(r'name="since" value="([^"]+)"', answer.content.decode())[1]
    answer = client.post(url, confirmed(client.get(url), publish="yes", text="Leg de stroken neer.", since=since))
    assert answer.status_code == 302
    assert Resource.objects.get().is_published


def test_adding_no_file_at_all_says_so(cast, signed_in):
    lesson = make.resource(cast.amina, published=False)
    answer = signed_in(cast.amina).post(reverse("knowledgehub:add_files", args=[lesson.pk]), {}, follow=True)
    assert "Kies eerst een bestand." in answer.content.decode()
