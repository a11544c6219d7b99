"""Large files come in pieces, and go on after a break."""

import base64
import os
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from core.refusals import Refused
from knowledgehub.actions import files, making, uploads
from knowledgehub.models import Resource, ResourceFile, Upload
from organisations.terms import carry_out
from tests import cast as make

FILM = (
    (24).to_bytes(4, "big") + b"ftypisom\0\0\0\0isommp42"
    + (8 + 40).to_bytes(4, "big") + b"moov" + (40).to_bytes(4, "big") + b"udta"
    + b"\xa9xyz+52.1561+005.3878/ in Amersfoort!"[:32].ljust(32, b".")
)  # fmt: skip
DATA = 3_000_000
FILM += (8 + DATA).to_bytes(4, "big") + b"mdat" + bytes(DATA)
WHOLE = len(FILM)
HEADERS = {"Tus-Resumable": "1.0.0"}


@pytest.fixture
def concept(cast):
    return make.resource(cast.amina, published=False).versions.get()


def announce(client, version, size=WHOLE, name="film.mp4"):
    return client.post(
        reverse("knowledgehub:uploads", args=[version.pk]),
        headers=HEADERS
        | {"Upload-Length": str(size), "Upload-Metadata": f"filename {base64.b64encode(name.encode()).decode()}"},
    )


def piece(client, url, offset, data):
    return client.patch(
        url, data, content_type="application/offset+octet-stream", headers=HEADERS | {"Upload-Offset": str(offset)}
    )


def test_a_film_goes_on_where_it_was_cut_off(cast, signed_in, concept):
    client = signed_in(cast.amina)
    url = announce(client, concept)["Location"]
    assert piece(client, url, 0, FILM[:1_000_000])["Upload-Offset"] == "1000000"
    assert piece(client, url, 0, FILM[:10]).status_code == 409
    known = client.head(url, headers=HEADERS)
    assert (known["Upload-Offset"], known["Upload-Length"]) == ("1000000", str(len(FILM)))
    assert piece(client, url, 1_000_000, FILM[1_000_000:]).status_code == 204
    row = ResourceFile.objects.get()
    assert (row.name, row.media_type, row.size) == ("film.mp4", "video/mp4", len(FILM))
    with row.file.open() as kept:
        assert b"Amersfoort" not in kept.read(200)
    assert not Upload.objects.exists()


def test_what_is_no_film_is_refused_when_all_has_come(cast, signed_in, concept):
    client = signed_in(cast.amina)
    url = announce(client, concept, size=10, name="film.mp4")["Location"]
    answer = piece(client, url, 0, b"<html>\0\0\0\0")
    assert answer.status_code == 422
    assert answer.content.decode().endswith(".")
    assert not ResourceFile.objects.exists()
    assert not Upload.objects.exists()


def test_a_film_that_was_cut_off_before_it_came_is_refused(cast, signed_in, concept):
    client = signed_in(cast.amina)
    url = announce(client, concept, size=2_000_000)["Location"]
    assert piece(client, url, 0, FILM[:2_000_000]).status_code == 422


def test_nobody_else_reaches_an_upload(cast, signed_in, concept):
    assert announce(signed_in(cast.tom), concept).status_code == 404
    url = announce(signed_in(cast.amina), concept)["Location"]
    assert piece(signed_in(cast.tom), url, 0, FILM[:10]).status_code == 404


def test_a_file_beyond_two_gigabytes_is_refused_before_it_comes(cast, signed_in, concept):
    assert announce(signed_in(cast.amina), concept, size=3_000_000_000).status_code == 413


def test_a_nearly_full_disk_takes_nothing_in(cast, concept, monkeypatch):
    monkeypatch.setattr(uploads, "RESERVE", 1 << 60)
    with pytest.raises(Refused):
        uploads.begin(concept, by=cast.amina, name="film.mp4", size=10)


def test_what_nobody_goes_on_with_is_forgotten_after_a_day(cast, concept):
    upload = uploads.begin(concept, by=cast.amina, name="film.mp4", size=10)
    assert carry_out().counts["hub_uploads"] == 0
    Upload.objects.update(changed_at=now() - timedelta(hours=25))
    assert carry_out().counts["hub_uploads"] == 1
    assert not uploads.path_of(upload).exists()


def test_of_who_was_erased_nothing_stays_on_disk(cast, concept):
    upload = uploads.begin(concept, by=cast.amina, name="film.mp4", size=10)
    path = uploads.path_of(upload)
    Upload.objects.all().delete()
    assert uploads.clear_strays() == 0
    long_ago = (now() - timedelta(hours=25)).timestamp()
    os.utime(path, (long_ago, long_ago))
    assert uploads.clear_strays() == 1
    assert not path.exists()


def test_a_concept_of_nobody_goes_with_its_files(cast, concept, commits):
    other = make.resource(cast.amina, title="Van Amina", published=False)
    row = files.add(concept, SimpleUploadedFile("les.txt", b"Leg de stroken."), by=cast.amina)
    concept.resource.authors.update(person=None)
    with commits:
        assert making.clear_ownerless() == 1
    assert list(Resource.objects.all()) == [other]
    assert not row.file.storage.exists(row.file.name)


def test_never_mind(cast, signed_in, concept):
    client = signed_in(cast.amina)
    url = announce(client, concept)["Location"]
    assert client.delete(url, headers=HEADERS).status_code == 204
    assert client.head(url, headers=HEADERS).status_code == 404


def test_what_broke_off_elsewhere_is_named_and_a_fellow_maker_takes_it_out(cast, signed_in):
    version = make.resource(cast.amina, cast.tom, published=False).versions.get()
    upload = uploads.begin(version, by=cast.tom, name="film.mp4", size=WHOLE)
    client, edit = signed_in(cast.amina), reverse("knowledgehub:edit", args=[version.resource_id])
    out = reverse("knowledgehub:take_out_upload", args=[upload.key])
    assert out not in client.get(edit).content.decode(), "it may well be coming in"
    Upload.objects.update(changed_at=now() - timedelta(minutes=5), received=1_000_000)
    page = client.get(edit).content.decode()
    assert out in page
    assert "Tom Hendriks" in page
    assert signed_in(cast.els).post(out).status_code == 404
    assert client.post(out).status_code == 302
    assert not Upload.objects.exists()
    assert not uploads.path_of(upload).exists()


def test_who_is_no_maker_any_more_lays_nothing_in(cast, signed_in):
    version = make.resource(cast.amina, cast.tom, published=False).versions.get()
    client = signed_in(cast.tom)
    url = announce(client, version)["Location"]
    making.edit(version, by=cast.amina, makers=[cast.amina])
    assert piece(client, url, 0, FILM).status_code == 404


def test_a_file_that_was_taken_out_meanwhile_cannot_be_put_first(cast):
    version = make.resource(cast.amina, published=False).versions.get()
    gone, stays = (
        files.add(version, SimpleUploadedFile(f"{n}.txt", f"Leg {n} stroken.".encode()), by=cast.amina) for n in (1, 2)
    )
    files.remove(gone, by=cast.amina)
    files.put_first(gone, by=cast.amina)
    assert list(version.files.all()) == [stays]


def test_what_is_taken_out_while_it_comes_in_is_gone_and_no_error(cast, signed_in, concept):
    """A fellow maker takes it out while its last piece is written."""

    class Stream:
        def __init__(self):
            self.left = [FILM[:1000], b""]

        def read(self, size):
            Upload.objects.all().delete()
            return self.left.pop(0)

    upload = uploads.begin(concept, by=cast.amina, name="film.mp4", size=WHOLE)
    with pytest.raises(uploads.Gone):
        uploads.take_in(upload, Stream(), offset=0)
    other = uploads.begin(concept, by=cast.amina, name="film.mp4", size=WHOLE)
    uploads.path_of(other).unlink()
    with pytest.raises(uploads.Gone):
        uploads.finish(other, by=cast.amina)
