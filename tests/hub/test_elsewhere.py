"""A link is added: the page behind it is asked in the background how it is called, and its words are laid ready."""

import pytest
from django.urls import reverse

from knowledgehub import elsewhere, tasks
from knowledgehub.actions import making
from knowledgehub.models import Resource, ResourceVersion
from tests import cast as make
from tests.hub.library import Shelf

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Breuken met stroken | Rekenweb</title>
<meta name="description" content="Kinderen vergelijken breuken &amp; leggen uit."></head>
<body><h1>x</h1></body></html>"""
HTML = {"Content-Type": "text/html; charset=utf-8"}


class Site(Shelf):
    """A site with one page, at every address."""

    def __init__(self, body=PAGE, status=200, headers=HTML):
        super().__init__()
        self.answers[None] = (status, headers, body)

    @property
    def page(self):
        return self.url.replace("/oai", "/les/breuken-met-stroken.html")


def add(client, link, **more):
    return client.post(reverse("knowledgehub:add"), {"title": "", "link": link, **more})


def said():
    return ResourceVersion.objects.get().link_says


def test_amina_gives_a_link_and_finds_its_name_filled_in(cast, signed_in):
    client = signed_in(cast.amina)
    with Site() as site:
        edit = add(client, site.page).url
        assert Resource.objects.get().title == "breuken met stroken"
        waiting = client.get(edit).content.decode()
        assert reverse("knowledgehub:link_says", args=[Resource.objects.get().pk]) in waiting
        tasks.look()
    page = client.get(edit).content.decode()
    assert 'value="Breuken met stroken | Rekenweb"' in page
    assert "Kinderen vergelijken breuken &amp; leggen uit.</textarea>" in page
    assert Resource.objects.get().title == "breuken met stroken", "nothing is kept before she confirms it"


def test_what_she_typed_meanwhile_stays_until_she_takes_the_words_over(cast, signed_in):
    client = signed_in(cast.amina)
    with Site() as site:
        edit = add(client, site.page, title="Mijn les").url
        tasks.look()
    pk = Resource.objects.get().pk
    part = client.get(reverse("knowledgehub:link_says", args=[pk])).content.decode()
    assert "Breuken met stroken | Rekenweb" in part
    assert 'value="Mijn les"' in client.get(edit).content.decode()
    words = {
        "title": "Mijn les", "needs": "Stroken", "language": "nl", "door": "-", "makers": [cast.amina.pk],
        "link": site.page, "steps-TOTAL_FORMS": 0, "steps-INITIAL_FORMS": 0, "take": "link",
    }  # fmt: skip
    assert client.post(edit, words).status_code == 302
    version = ResourceVersion.objects.get()
    assert (version.title, version.needs) == ("Breuken met stroken | Rekenweb", "Stroken")
    assert version.summary == "Kinderen vergelijken breuken & leggen uit."
    assert elsewhere.proposal(version) is None, "taken over, so nothing is left to say"


@pytest.mark.parametrize(
    "answer",
    [
        {"status": 500},
        {"headers": {"Content-Type": "application/pdf"}},
        {"body": "<html><body>zonder naam</body></html>"},
        {"body": ""},
        {"body": b"\xff\xfe\x00<title>"},
    ],
)
def test_a_page_that_is_away_or_has_no_name_is_said_so_and_she_goes_on(cast, signed_in, answer):
    client = signed_in(cast.amina)
    with Site(**answer) as site:
        edit = add(client, site.page).url
        tasks.look()
    assert said()["state"] == "away"
    page = client.get(edit)
    assert page.status_code == 200
    assert "link blijft" in page.content.decode()


def test_what_stands_in_our_own_network_is_not_asked(cast, signed_in, settings):
    client = signed_in(cast.amina)
    with Site() as site:
        add(client, site.page)
        settings.TESTING = settings.DEBUG = False
        try:
            elsewhere.ask_all()
        finally:
            settings.TESTING = True
        assert site.asked == []
    assert said() == {"link": site.page, "state": "away"}


def test_a_page_without_end_is_read_no_further_than_we_want(cast):
    with Site(body="<html><head>" + "<!-- " + "x" * 3_000_000 + " --><title>Te laat</title>") as site:
        page, _charset = elsewhere.fetch(site.page)
    assert len(page) <= elsewhere.MOST_BYTES


def test_scripts_in_its_name_are_words(cast, signed_in):
    client = signed_in(cast.amina)
    with Site(body="<title>&lt;script&gt;alert(1)&lt;/script&gt;\u202e\nRegel</title>") as site:
        edit = add(client, site.page).url
        tasks.look()
    assert "<script>alert(1)" not in client.get(edit).content.decode()
    assert "\n" not in said()["title"]


def test_an_answer_for_an_address_that_was_changed_meanwhile_falls_away(cast):
    version = make.resource(cast.amina, published=False, link="https://een.example/").versions.get()
    elsewhere.expect(version)
    other = ResourceVersion.objects.get()
    making.edit(other, by=cast.amina, link="https://twee.example/")
    fresh = ResourceVersion.objects.get()
    assert elsewhere.expect(fresh)
    elsewhere.keep(version, {"state": "ready", "title": "Een", "summary": ""})
    assert said() == {"link": "https://twee.example/", "state": "waiting"}


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://rekenweb.example/les/breuken_met-stroken.html?x=1", "breuken met stroken"),
        ("https://rekenweb.example/", "rekenweb.example"),
        ("https://rekenweb.example/12345", "rekenweb.example"),
        ("http://[kapot", "http://[kapot"),
    ],
)
def test_until_then_a_link_is_called_by_its_address(url, name):
    assert elsewhere.name_of(url) == name


def test_nobody_else_asks_what_it_says(cast, signed_in):
    lesson = make.resource(cast.amina, published=False)
    assert signed_in(cast.tom).get(reverse("knowledgehub:link_says", args=[lesson.pk])).status_code == 404
