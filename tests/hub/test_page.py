"""The page of a resource: who sees it, what stands on it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from knowledgehub.actions import files, making, publishing
from tests import cast as make


def page(resource):
    return reverse("knowledgehub:detail", args=[resource.pk])


@pytest.mark.parametrize(
    ("audience", "of", "seen_by"),
    [
        ("private", None, {"amina"}),
        ("plg", "maths", {"amina", "tom"}),
        ("school", "regenboog", {"amina", "els"}),
        ("network", "network", {"amina", "tom", "els"}),
        ("members", None, {"amina", "tom", "els", "dele"}),
        ("public", None, {"amina", "tom", "els", "dele", "anybody"}),
    ],
)
def test_a_page_opens_behind_its_door_and_nowhere_else(cast, signed_in, audience, of, seen_by):
    lesson = make.resource(cast.amina, audience=audience, of=of and getattr(cast, of))
    people = {name: getattr(cast, name, None) for name in ("amina", "tom", "els", "dele", "anybody")}
    assert {name for name, who in people.items() if signed_in(who).get(page(lesson)).status_code == 200} == seen_by


def test_a_stranger_is_asked_to_sign_in_whether_it_exists_or_not(cast, signed_in):
    lesson = make.resource(cast.amina, audience="private")
    there, not_there = (signed_in().get(url) for url in (page(lesson), "/hub/99999999/"))
    assert there.status_code == not_there.status_code == 302


def test_who_could_see_it_reads_why_it_was_withdrawn_and_others_read_nothing(cast, signed_in):
    lesson = make.resource(cast.amina, audience="plg", of=cast.maths)
    publishing.withdraw(lesson, by=cast.amina, why="Er staat een fout in het antwoordblad.")
    gone = signed_in(cast.tom).get(page(lesson))
    assert gone.status_code == 410
    assert "fout in het antwoordblad" in gone.content.decode()
    assert signed_in(cast.dele).get(page(lesson)).status_code == 404


def test_what_i_made_stands_in_one_place_however_much_it_is(cast, signed_in, django_assert_num_queries):
    client, mine = signed_in(cast.amina), reverse("knowledgehub:mine")
    make.resource(cast.amina, title="Eén", published=False)
    client.get(mine)
    counts = []
    for _turn in range(2):
        with django_assert_num_queries(QUERIES_OF_MINE):
            response = client.get(mine)
        counts.append(response.content.decode().count("/hub/"))
        make.resource(cast.amina, cast.tom, title="Twee", audience="plg", of=cast.maths)
        make.resource(cast.amina, title="Drie", audience="school", of=cast.regenboog)
    assert counts[1] > counts[0]


QUERIES_OF_MINE = 4


def test_a_page_asks_as_much_for_three_makers_files_and_versions_as_for_one(cast, signed_in, words):
    """Counted, not written down: other parts lay their own there."""
    client = signed_in(cast.dele)
    large = make.resource(
        cast.amina, cast.tom, cast.fatima, title="Groot", terms=list(words.all()[:3]), published=False, tags=["a", "b"]
    )
    version = large.versions.get()
    for number in range(3):
        upload = SimpleUploadedFile(f"blad-{number}.txt", f"Blad {number}".encode())
        files.add(version, upload, by=cast.amina)
    make.publish(version, by=cast.amina)
    for number in range(2):
        concept = making.new_version(large, by=cast.amina)
        making.edit(concept, by=cast.amina, title=f"Groot {number}")
        make.publish(concept, by=cast.amina)
    one = make.resource(cast.els, title="Met één bestand", terms=[words.first()], published=False)
    files.add(one.versions.get(), SimpleUploadedFile("blad.txt", b"Blad"), by=cast.els)
    make.publish(one.versions.get(), by=cast.els)
    counts = []
    for lesson in (one, large):
        client.get(page(lesson))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page(lesson)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
