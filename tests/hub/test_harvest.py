"""We harvest another library into a collection, and trust nothing of what it sends."""

import gzip
import threading
import time
import tracemalloc
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from knowledgehub.actions import publishing
from knowledgehub.models import Resource
from knowledgehub.outside import actions
from knowledgehub.outside.harvest import bindings, fetching, keeping
from knowledgehub.outside.models import HarvestedRecord, HarvestSource
from tests import cast as people
from tests.cast import resource
from tests.hands import together
from tests.hub.library import Shelf, frame, record, records

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf():
    with Shelf() as shelf:
        yield shelf


def library(cast, url):
    return actions.add_source(by=cast.paula, name="Elders", url=url, set_spec="", network=cast.network)


def run(source):
    counts = keeping.harvest(source)
    source.refresh_from_db()
    return dict(counts)


def shown(source):
    return [item.resource.title for item in source.collection.items.select_related("resource")]


def test_what_another_library_shows_comes_into_a_collection_with_its_licence_and_its_source(cast, shelf):
    shelf.answers["ListRecords"] = records(
        record("1", "Breuken &amp; stroken", extra="<dc:type>Video</dc:type>"), token="verder"
    )
    shelf.answers["verder"] = records(record("2", "Meten", licence="Alle rechten voorbehouden"))
    source = library(cast, shelf.url)
    assert run(source) == {"new": 2}
    assert shown(source) == ["Breuken & stroken", "Meten"]
    first, second = Resource.objects.found_by(cast.dele).order_by("pk")  # whoever has an account finds it
    assert (first.licence, second.licence) == ("cc-by-40", "here")  # no open licence: look, and no more
    assert first.kind == "video"
    assert first.current.link == "https://elders.example/1"
    assert first.origin_says == "Van Elders. https://creativecommons.org/licenses/by/4.0/"
    assert [str(author) for author in first.authors.all()] == ["Joke de Wit"]
    assert not Resource.objects.on_the_web().exists()  # it is theirs: we do not pass it on as ours


def test_the_second_time_we_ask_only_what_changed_and_nothing_comes_twice(cast, shelf):
    shelf.answers["ListRecords"] = records(record("1", "Breuken"))
    source = library(cast, shelf.url)
    run(source)
    assert run(source) == {"same": 1}
    assert shelf.asked[-1]["from"] == "2026-11-01T10:00:00Z"  # by its own clock
    assert Resource.objects.count() == HarvestedRecord.objects.count() == 1
    shelf.answers["ListRecords"] = frame('<error code="noRecordsMatch">niets</error>')
    assert run(source) == {}
    assert source.last_wrong == ""


def test_a_library_that_knows_only_days_is_asked_by_the_day(cast, shelf):
    shelf.answers["Identify"] = frame("<Identify><granularity>YYYY-MM-DD</granularity></Identify>")
    shelf.answers["ListRecords"] = records(record("1", "Breuken"))
    source = library(cast, shelf.url)
    run(source)
    assert run(source) == {"same": 1}
    assert shelf.asked[-1]["from"] == "2026-11-01"


def test_what_changed_there_gets_a_new_version_and_what_went_is_withdrawn_until_it_comes_back(cast, shelf):
    shelf.answers["ListRecords"] = records(record("1", "Breuken"), record("2", "Meten"))
    source = library(cast, shelf.url)
    run(source)
    shelf.answers["ListRecords"] = records(
        record("1", "Breuken, nieuw"), record("2", deleted=True), record("3", deleted=True)
    )
    assert run(source) == {"changed": 1, "withdrawn": 1, "known": 1}
    assert shown(source) == ["Breuken, nieuw"]
    changed, gone = Resource.objects.order_by("pk")
    assert list(changed.versions.values_list("number", "title")) == [(2, "Breuken, nieuw"), (1, "Breuken")]
    assert (gone.state, gone.withdrawn_why) == ("withdrawn", "Elders heeft het weggehaald.")
    shelf.answers["ListRecords"] = records(record("2", "Meten"))
    assert run(source) == {"back": 1}
    assert shown(source) == ["Breuken, nieuw", "Meten"]
    assert gone.versions.count() == 1


def test_a_record_without_title_or_address_is_counted_and_the_rest_comes(cast, shelf):
    empty = record("1", " ")
    odd = record("2", "Zonder adres").replace("https://elders.example/2", "javascript:alert(1)")
    shelf.answers["ListRecords"] = records(empty, odd, record("3", "Goed"))
    assert run(library(cast, shelf.url)) == {"unusable": 2, "new": 1}


BOMB = (
    '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>&b;</ListRecords></OAI-PMH>'
)
SECRET = (
    '<!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/passwd">]>'
    '<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>&s;</ListRecords></OAI-PMH>'
)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (BOMB, "geen bibliotheek"),
        (SECRET, "geen bibliotheek"),
        ("<html></html>", "geen bibliotheek"),
        ("geen xml", "geen XML"),
        ((500, {}, ""), "fout 500"),
        ((302, {"Location": "file:///etc/passwd"}, ""), "niet bereiken"),
        ((302, {"Location": "gopher://127.0.0.1/"}, ""), "niet bereiken"),
        (records(token="rond"), "rondjes"),
        (frame('<error code="badArgument">nee</error>'), "badArgument"),
    ],
)
def test_a_library_that_does_odd_things_is_left_with_a_sentence(cast, shelf, answer, said):
    shelf.answers["ListRecords"] = shelf.answers["rond"] = answer
    source = library(cast, shelf.url)
    run(source)
    assert said in source.last_wrong
    assert source.running_since is None
    assert not Resource.objects.exists()


def test_more_than_we_read_at_once_is_not_read(cast, shelf, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_BYTES", 100_000)
    shelf.answers["ListRecords"] = records(record("1", "lang " * 50_000))
    source = library(cast, shelf.url)
    run(source)
    assert "meer" in source.last_wrong
    assert not Resource.objects.exists()


def test_a_small_answer_that_unpacks_to_far_more_does_not_fill_the_memory(cast, shelf):
    packed = gzip.compress(b"\0" * 200_000_000)
    shelf.answers["ListMetadataFormats"] = (200, {"Content-Encoding": "gzip"}, packed)
    source = library(cast, shelf.url)
    tracemalloc.start()
    run(source)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "meer dan wij lezen" in source.last_wrong
    assert most < 100_000_000


def test_an_address_within_our_own_network_is_never_asked(cast, shelf, settings):
    settings.TESTING = False  # as in production
    source = library(cast, shelf.url)
    run(source)
    assert "niet bereiken" in source.last_wrong
    assert shelf.asked == []
    with Shelf() as outer:  # nor by a redirect: every hop is looked at
        outer.answers["ListMetadataFormats"] = (302, {"Location": shelf.url}, "")
        run(library(cast, outer.url))
    assert shelf.asked == []


def test_a_library_is_harvested_by_one_hand_at_a_time(cast, shelf):
    shelf.answers["ListRecords"] = records(record("1", "Breuken"))
    source = library(cast, shelf.url)
    keeping._take(source)
    with pytest.raises(CommandError, match="al opgehaald"):
        call_command("harvest", source.pk)


@pytest.mark.django_db(transaction=True)
def test_what_is_hidden_while_it_is_renewed_stays_hidden(shelf):
    cast = people.cast()
    shelf.answers["ListRecords"] = records(record("1", "Breuken"))
    source = library(cast, shelf.url)
    run(source)
    is_held = threading.Event()

    def hide():
        with transaction.atomic():
            Resource.objects.filter(title="Breuken").update(hidden_at=now())
            is_held.set()
            time.sleep(1)  # until the other hand waits for this row

    def renew():
        is_held.wait(10)
        keeping.keep_all(source, bindings.records(fetching.read(records(record("1", "Breuken 2")).encode())), Counter())

    together(hide, renew)
    resource = Resource.objects.get()
    assert (resource.title, bool(resource.hidden_at)) == ("Breuken 2", True)


def test_who_keeps_the_platform_names_a_library_pauses_it_and_sees_how_it_went(cast, shelf, signed_in, commits):
    shelf.answers["ListRecords"] = records(record("1", "Breuken"))
    paula, page = signed_in(cast.paula), reverse("outside:sources")
    told = {"name": "Elders", "url": shelf.url, "set_spec": "", "network": cast.network.pk}
    assert signed_in(cast.fatima).get(page).status_code == 403
    wrong = paula.post(page, told | {"url": "geen adres"})
    assert wrong.status_code == 422
    assert "geen adres" in wrong.text  # what she typed is still there
    with commits:
        made = paula.post(page, told)
    source = HarvestSource.objects.get()
    assert made["Location"] == source.get_absolute_url()
    assert paula.post(page, told).status_code == 422  # once is enough
    run(source)
    assert "1 item in de collectie van" in paula.get(source.get_absolute_url()).text
    paula.post(reverse("outside:pause_source", args=[source.pk]))
    keeping.harvest_all()
    assert len(shelf.asked) == 2
    assert "gepauzeerd" in paula.get(page).text


def test_the_collection_of_a_library_stays_as_long_as_it_is_harvested(cast, shelf, signed_in):
    source = library(cast, shelf.url)
    connector = people.person("Vera Blom")
    people.works(connector, cast.wissel)
    people.role(connector, "connector", cast.network)
    client, page = signed_in(connector), source.collection.get_absolute_url()
    refused = client.post(reverse("knowledgehub:remove_collection", args=[source.collection.pk]), follow=True)
    assert "Daarom blijft ze staan" in refused.text
    assert client.get(page).status_code == 200


def test_the_list_of_libraries_costs_the_same_for_one_and_for_three(cast, signed_in):
    paula = signed_in(cast.paula)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert paula.get(reverse("outside:sources")).status_code == 200
        return len(asked)

    library(cast, "https://een.example/oai")
    cost()
    one = cost()
    for name in ("twee", "drie"):
        library(cast, f"https://{name}.example/oai")
    assert cost() == one


@pytest.mark.django_db(transaction=True)
def test_we_can_harvest_what_we_show_ourselves(live_server, cast):
    lesson = resource(cast.fatima, title="Breuken", audience="public", licence="cc-by-nc-40", lesson_minutes=50)
    gone = resource(cast.fatima, title="Weg", audience="public")
    publishing.withdraw(gone, by=cast.fatima, why="Oud")
    source = library(cast, f"{live_server.url}/oai")
    assert run(source) == {"new": 1, "known": 1}
    copy = source.records.get().resource
    assert (copy.title, copy.licence, copy.lesson_minutes) == ("Breuken", "cc-by-nc-40", 50)
    assert copy.current.link == f"http://testserver{lesson.get_absolute_url()}"
    assert [str(each) for each in copy.authors.all()] == ["Fatima Aydin"]
