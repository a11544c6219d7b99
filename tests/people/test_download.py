"""Everything about oneself in one file."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.timezone import now

from activity.models import Delivery
from communities.discussions.actions import open_topic
from core.refusals import Refused
from people import archive, downloads
from people.models import DataExport


def archive_of(person):
    out = io.BytesIO()
    archive.write(person, out)
    return zipfile.ZipFile(out)


def test_it_says_everything_to_people_and_to_programs(cast):
    open_topic(cast.maths, by=cast.amina, kind="conversation", title="Breuken", text="Wie <b>doet</b> mee?")
    open_topic(cast.maths, by=cast.tom, kind="conversation", title="Anders", text="Geheim van Tom")
    cast.amina.photo.save("x.jpg", ContentFile(b"a picture"))
    kept = archive_of(cast.amina)
    said = json.loads(kept.read("gegevens.json"))["sections"]
    assert said["people"]["tables"]["people.User"][0]["email"] == cast.amina.email
    assert said["discussions"]["tables"]["discussions.Post"][0]["text"] == "Wie <b>doet</b> mee?"
    assert said["communities"]["tables"]["communities.Membership"][0]["community__name"] == "PLG Rekenen"
    page = kept.read("lezen.html").decode()
    assert "Wie &lt;b&gt;doet&lt;/b&gt; mee?" in page
    assert "Geheim van Tom" not in page
    assert kept.read(f"bestanden/user-{cast.amina.pk}.jpg") == b"a picture"


def test_it_speaks_her_language(cast):
    cast.amina.language = "en"
    assert "read.html" in archive_of(cast.amina).namelist()


def test_a_file_that_is_gone_is_left_out(cast):
    cast.amina.photo.save("x.jpg", ContentFile(b"a picture"))
    cast.amina.photo.storage.delete(cast.amina.photo.name)
    assert archive_of(cast.amina).testzip() is None


def test_it_is_made_by_the_worker_and_fetched_by_a_link(cast, signed_in):
    browser = signed_in(cast.amina)
    assert browser.post(reverse("people:ask_data")).url == reverse("people:my_data")
    with pytest.raises(Refused):
        downloads.ask(cast.amina)
    assert downloads.make_all() == 1
    assert downloads.make_all() == 0
    letter = Delivery.objects.get(kind="people.download_ready")
    download = letter.about
    from core.links import sign

    link = reverse("people:fetch_data", args=[sign("people.download", person=cast.amina.pk, download=download.pk)])
    answer = browser.get(link)
    assert zipfile.ZipFile(io.BytesIO(b"".join(answer))).testzip() is None
    assert "attachment" in answer["Content-Disposition"]
    assert signed_in(cast.tom).get(link).status_code == 410
    assert signed_in().get(link).status_code == 302
    DataExport.objects.update(expires_at=now() - timedelta(minutes=1))
    assert browser.get(link).status_code == 410


def test_a_new_one_replaces_the_old(cast):
    downloads.ask(cast.amina)
    downloads.make_all()
    old = DataExport.objects.get().file.name
    downloads.ask(cast.amina)
    downloads.make_all()
    kept = DataExport.objects.get()
    assert not kept.file.storage.exists(old)


def test_what_fails_is_not_tried_for_ever(cast, monkeypatch):
    download = downloads.ask(cast.amina)
    monkeypatch.setattr(archive, "AT_ONCE", "none")  # the rows cannot be read
    assert downloads.make_all() == 0
    download.refresh_from_db()
    assert download.failed_at
    assert downloads.ask(cast.amina)
