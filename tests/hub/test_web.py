"""How the web comes to what is public, and to nothing else."""

import json
import re
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import limits
from knowledgehub.models import Collection, CollectionItem, Resource, Term
from tests.cast import resource

ATOM = "{http://www.w3.org/2005/Atom}"
pytestmark = pytest.mark.django_db


def described(page):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)[1])


def entries(answer):
    return [each.findtext(f"{ATOM}title") for each in ET.fromstring(answer.content).iter(f"{ATOM}entry")]


def test_a_public_page_says_to_machines_what_it_is(cast, signed_in):
    lesson = resource(
        cast.fatima, cast.amina, title="Breuken </script><b>", audience="public", lesson_minutes=45, kind="practice"
    )
    lesson.terms.set(Term.objects.filter(label__in=["Groep 6", "Rekenen en wiskunde"]))
    page = signed_in().get(lesson.get_absolute_url())
    assert page.status_code == 200
    told = described(page)
    assert told["@type"] == ["LearningResource"]
    assert told["name"] == "Breuken </script><b>"
    assert [each["name"] for each in told["author"]] == ["Fatima Aydin", "Amina Yildiz"]
    assert (told["license"], told["timeRequired"]) == ("https://creativecommons.org/licenses/by-sa/4.0/", "PT45M")
    assert told["educationalLevel"][0]["name"] == "Groep 6"
    assert f'<link rel="canonical" href="http://testserver{lesson.get_absolute_url()}">' in page.text
    assert '<meta property="og:title" content="Breuken &lt;/script&gt;&lt;b&gt;">' in page.text
    assert "X-Robots-Tag" not in page


def test_search_engines_keep_nothing_that_is_not_public(cast, signed_in):
    closed = resource(cast.fatima, title="Voor leden")
    fatima = signed_in(cast.fatima)
    page = fatima.get(closed.get_absolute_url())
    assert page["X-Robots-Tag"] == "noindex"
    assert "ld+json" not in page.text
    assert "og:title" not in page.text
    assert signed_in().get(closed.get_absolute_url()).status_code == 302
    assert fatima.get("/")["X-Robots-Tag"] == "noindex"
    assert "X-Robots-Tag" not in signed_in().get("/")
    assert signed_in().get(reverse("account_login"))["X-Robots-Tag"] == "noindex"


def test_an_older_version_points_to_the_page_that_lasts(cast, signed_in):
    lesson = resource(cast.fatima, audience="public")
    page = signed_in().get(reverse("knowledgehub:version", args=[lesson.pk, 1]))
    assert f'rel="canonical" href="http://testserver{lesson.get_absolute_url()}"' in page.text
    assert page["X-Robots-Tag"] == "noindex"


def test_the_sitemap_has_what_is_public_and_open_collections(cast, signed_in):
    shown = resource(cast.fatima, title="Op het web", audience="public")
    hidden = resource(cast.fatima, title="Verborgen", audience="public")
    Resource.objects.filter(pk=hidden.pk).update(hidden_at=hidden.changed_at)
    closed = resource(cast.fatima, title="Voor leden")
    collection = Collection.objects.create(person=cast.fatima, name="Open", is_public=True)
    Collection.objects.create(person=cast.fatima, name="Dicht")
    stranger = signed_in()
    index = stranger.get("/sitemap.xml")
    assert "http://testserver/sitemap-resources.xml" in index.text
    resources, collections = (stranger.get(f"/sitemap-{each}.xml").text for each in ("resources", "collections"))
    assert re.findall("<loc>(.*?)</loc>", resources) == [f"http://testserver{shown.get_absolute_url()}"]
    assert re.findall("<loc>(.*?)</loc>", collections) == [f"http://testserver{collection.get_absolute_url()}"]
    assert closed.get_absolute_url() not in index.text
    assert stranger.get("/sitemap-nothing.xml").status_code == 404
    assert "Sitemap: http://testserver/sitemap.xml" in stranger.get("/robots.txt").text


def test_the_newest_come_in_atom_and_a_collection_in_its_own_order(cast, signed_in):
    first = resource(cast.fatima, title="Eerst \x0b&", audience="public")
    second = resource(cast.amina, title="Daarna", audience="public")
    closed = resource(cast.fatima, title="Voor leden")
    collection = Collection.objects.create(person=cast.fatima, name="Breuken", is_public=True)
    for position, each in enumerate((first, closed, second)):
        CollectionItem.objects.create(collection=collection, resource=each, position=position)
    stranger = signed_in()
    assert entries(stranger.get("/hub/feed/")) == ["Daarna", "Eerst &"]
    own = reverse("outside:collection_feed", args=[collection.pk])
    assert entries(stranger.get(own)) == ["Eerst &", "Daarna"]
    assert entries(signed_in(cast.fatima).get(own)) == ["Eerst &", "Daarna"]  # also for who sees more
    page = stranger.get(collection.get_absolute_url())
    assert f'type="application/atom+xml" href="{own}"' in page.text
    assert "X-Robots-Tag" not in page
    assert "Voor leden" not in page.text
    Collection.objects.update(is_public=False)
    assert stranger.get(own).status_code == 404


def test_a_feed_of_one_costs_as_much_as_one_of_three(cast, signed_in):
    def cost():
        with CaptureQueriesContext(connection) as asked:
            signed_in().get("/hub/feed/")
        return len(asked)

    resource(cast.fatima, audience="public").terms.set(Term.objects.filter(label="Groep 6"))
    cost()
    one = cost()
    for title in ("Twee", "Drie"):
        resource(cast.amina, title=title, audience="public").terms.set(Term.objects.filter(label="Groep 7"))
    assert cost() == one <= 4


def test_a_search_has_a_feed_of_what_a_stranger_finds(cast, signed_in):
    resource(cast.fatima, title="Breuken leggen", audience="public", kind="lesson")
    resource(cast.fatima, title="Breuken geheim", kind="lesson")
    resource(cast.fatima, title="Klokkijken", audience="public", kind="tool")
    for who in (None, cast.fatima):  # the same for who sees more: its address may be passed on
        client = signed_in(who)
        assert entries(client.get("/hub/feed/?q=klokkijken")) == ["Klokkijken"]
        assert entries(client.get("/hub/feed/?q=geheim")) == []
        assert entries(client.get("/hub/feed/?q=zonnestelsel")) == []
        assert entries(client.get("/hub/feed/?kind=tool")) == ["Klokkijken"]
        assert entries(client.get("/hub/feed/?q=%00&kind=rubbish")) == ["Klokkijken", "Breuken leggen"]


def test_strangers_do_not_keep_us_busy_with_questions(cast, signed_in, settings):
    settings.SEARCHES_A_MINUTE = 2
    limits.COUNTS.clear()
    stranger = signed_in()
    assert [stranger.get("/hub/feed/?q=breuk").status_code for _n in range(3)] == [200, 200, 429]
    assert stranger.get("/hub/feed/").status_code == 200
    others = [signed_in() for _n in range(19)]
    said = [each.get("/hub/feed/?q=breuk", REMOTE_ADDR=f"203.0.113.{n}").status_code for n, each in enumerate(others)]
    assert said == [200] * 18 + [429], "who asks too often keeps nobody else from asking, but together they stop"
    limits.COUNTS.clear()
