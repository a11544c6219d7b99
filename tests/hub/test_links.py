"""A link for who is outside: it ends, it can be called back, and nobody finds one by trying."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.urls import reverse

from core import limits
from core.held import hash_of
from core.refusals import Refused
from core.time import today
from knowledgehub.actions import adapting, links, publishing
from knowledgehub.models import DayCount, Resource, ResourceFile, ShareLink
from knowledgehub.views import links as views
from tests import cast as make


@pytest.fixture
def lesson(cast):
    return make.resource(cast.amina, audience="plg", of=cast.maths)


def share(lesson, by, days=30, **agreed):
    return links.share(lesson, by=by, said="ouderraad", expires_on=today() + timedelta(days=days), **agreed)


def path(key):
    return f"/hub/link/{key}/"


def test_a_parent_without_account_opens_the_lesson(cast, lesson, signed_in, client):
    page = signed_in(cast.amina)
    made = page.post(f"/hub/{lesson.pk}/links/", {"said": "ouderraad", "expires_on": today() + timedelta(days=30)})
    link = ShareLink.objects.get()
    address = made.text.split('value="http')[1].split('"')[0]
    key = address.rstrip("/").split("/")[-1]
    assert hash_of(key) == link.key_hash
    assert key not in page.get(f"/hub/{lesson.pk}/links/").text, "shown once"
    opened = client.get(path(key))
    assert opened.status_code == 200
    assert lesson.title in opened.text
    assert opened.headers["X-Robots-Tag"].startswith("noindex")
    assert opened.headers["Referrer-Policy"] == "no-referrer"
    assert "no-store" in opened.headers["Cache-Control"]
    link.refresh_from_db()
    assert link.opened == 1
    assert client.get(f"/hub/{lesson.pk}/").status_code == 302, "the link opens nothing else"


def test_wrong_ended_and_called_back_look_the_same(cast, lesson, client):
    _one, called_back = share(lesson, cast.amina)
    links.revoke_link(_one, by=cast.amina)
    _two, ended = share(lesson, cast.amina)
    ShareLink.objects.filter(pk=_two.pk).update(expires_on=today() - timedelta(days=1))
    said = {
        client.get(path(key)).text.split("data-refusal>")[1].split("<")[0] for key in (called_back, ended, "x" * 43)
    }
    assert len(said) == 1
    assert client.get(path(ended)).status_code == 410


def test_who_tries_keys_is_asked_to_wait(cast, client):
    limits.COUNTS.clear()
    with time_machine.travel("2026-09-07 10:00:00+02:00", tick=False):
        answers = [client.get(path(f"k{n}")).status_code for n in range(views.OPENED_A_MINUTE + 2)]
    assert answers == [410] * views.OPENED_A_MINUTE + [429, 429]


def test_its_files_come_with_the_link_and_no_others(cast, lesson, client):
    from django.core.files.base import ContentFile

    from knowledgehub.models import ResourceFile

    def attach(resource, name):
        row = ResourceFile(version=resource.current, name=name, media_type="text/plain", size=5, state="ready")
        row.file.save(name, ContentFile(b"strok"), save=False)
        row.save()
        return row

    mine, other = attach(lesson, "stroken.txt"), attach(make.resource(cast.tom, audience="private"), "geheim.txt")
    _link, key = share(lesson, cast.amina)
    answer = client.get(f"{path(key)}files/{mine.pk}/")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == b"strok"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(f"{path(key)}files/{other.pk}/").status_code == 404
    assert f"{path(key)}files/{mine.pk}/" in client.get(path(key)).text
    links.revoke_link(_link, by=cast.amina)
    assert client.get(f"{path(key)}files/{mine.pk}/").status_code == 410


def test_what_is_hidden_or_withdrawn_opens_no_more(cast, lesson, client):
    _link, key = share(lesson, cast.amina)
    Resource.objects.filter(pk=lesson.pk).update(hidden_at=lesson.created_at)
    assert client.get(path(key)).status_code == 410
    Resource.objects.filter(pk=lesson.pk).update(hidden_at=None)
    publishing.withdraw(lesson, by=cast.amina, why="Er is een betere les.")
    assert client.get(path(key)).status_code == 410


def test_a_link_goes_past_who_parents_agreed_to_so_it_is_asked(cast):
    lesson = make.resource(cast.amina, audience="plg", of=cast.maths, pupils="consent")
    with pytest.raises(Refused) as refused:
        share(lesson, cast.amina)
    assert refused.value.field == "parents_agree"
    assert share(lesson, cast.amina, parents_agree=True)


def test_a_year_is_the_longest_and_an_adaptation_of_what_stays_here_has_none(cast, lesson):
    for days in (0, 366):
        with pytest.raises(Refused):
            share(lesson, cast.amina, days=days)
    here = make.resource(cast.tom, licence="here")
    own = adapting.adapt(here, by=cast.amina)
    own.versions.update(link="https://voorbeeld.example/")
    publishing.publish(own.versions.get(), by=cast.amina)
    own.refresh_from_db()
    with pytest.raises(Refused):
        share(own, cast.amina)


def test_only_makers_make_and_call_back(cast, lesson, signed_in):
    row, _key = share(lesson, cast.amina)
    assert signed_in(cast.tom).get(f"/hub/{lesson.pk}/links/").status_code == 403
    assert signed_in(cast.tom).post(f"/hub/links/{row.pk}/revoke/").status_code == 404
    assert signed_in(cast.amina).post(f"/hub/links/{row.pk}/revoke/").status_code == 302
    row.refresh_from_db()
    assert row.revoked_at


def test_a_file_taken_along_through_a_link_is_counted_for_its_makers(cast, client, lesson):
    row = ResourceFile(version=lesson.current, name="stroken.txt", media_type="text/plain", size=5, state="ready")
    row.file.save("stroken.txt", ContentFile(b"Leg 1"), save=False)
    row.save()
    _link, key = share(lesson, cast.amina)
    page = reverse("knowledgehub:link_file", args=[key, row.pk])
    list(client.get(page))
    assert not DayCount.objects.exists(), "what a page shows is not taken along"
    list(client.get(f"{page}?save"))
    for close in client.head(f"{page}?save")._resource_closers:  # of what is not read, the test client closes nothing
        close()
    list(client.get(f"{page}?save", headers={"User-Agent": "Slackbot 1.0"}))
    assert DayCount.objects.get().downloads == 1
