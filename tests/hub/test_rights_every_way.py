"""Whoever shares what with whom: by no way does anybody get what the page of a resource would refuse her.

Search, counts, boxes, suggestions, what is alike and what a saved search finds are asked in
`test_finding_any_world.py`, without the second look that their pages take; what machines are told in
`test_outside_rights.py`. Here each page, letter, file and link is asked as people ask it, of the same worlds.
"""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.base import ContentFile
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, example, given, settings

from activity.kinds import NothingToSay
from communities.models import Community
from core.standing import forget
from core.time import today
from knowledgehub import near, panels_of_use, seams
from knowledgehub.actions import links
from knowledgehub.finding import alerts, panels
from knowledgehub.finding.models import SavedSearch
from knowledgehub.models import Collection, CollectionItem, FollowedTheme, Resource, ResourceFile, Saved, Term
from tests.hub.test_finding_any_world import WORD, Undo, _do, _world, resources, steps

TITLE = re.compile(rf"{WORD.title()} \w+")


@pytest.fixture
def browsers(cast, signed_in):
    """A browser for each of those who look; the last is a stranger."""
    who = [cast.amina, cast.tom, cast.bram, cast.paula, cast.dele]
    return [(one, signed_in(one)) for one in who] + [(AnonymousUser(), signed_in())]


EVERYTHING = [("private", 0, "lesson", True), ("plg", 0, "video", True), ("plg", 1, "lesson", True),
              ("school", 1, "tool", True), ("network", 0, "lesson", False), ("public", 1, "lesson", True)]  # fmt: skip


@settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(resources=resources, steps=steps)
@example(resources=EVERYTHING, steps=[("hide", 5, 0, "public"), ("audience", 1, 0, "board"), ("leave", 0, 1, "plg")])
@example(resources=EVERYTHING, steps=[("withdraw", 1, 0, "plg"), ("stop_working", 0, 7, "plg")])
def test_no_way_leads_to_what_a_page_would_refuse(cast, browsers, resources, steps):
    try:
        with transaction.atomic():
            world = _furnished(_world(cast, resources), browsers)
            for step in steps:
                _do(world, *step)
            for one, browser in browsers:
                forget(one)
                _every_way(world, one, browser)
            _by_link(world, browsers[-1][1])
            raise Undo
    except Undo:
        pass


def _furnished(world, browsers):
    """Each resource with a file and its picture, in everybody's themes, saved, collected, and behind a link."""
    Resource.objects.filter(pk__in=world.rows).update(theme="maths")
    world.files, world.keys = {}, {}
    for n, pk in enumerate(world.rows):
        row = Resource.objects.get(pk=pk)
        row.terms.add(Term.objects.create(vocabulary="concept", key=f"kik-{n}", label=f"Kikbegrip {pk}"))
        version = row.current or row.versions.get()
        kept = ResourceFile(version=version, name=f"{n}.txt", media_type="text/plain", size=5, state="ready")
        kept.file.save(f"{n}.txt", ContentFile(b"Hallo"), save=False)
        kept.preview.save(f"{n}.jpg", ContentFile(b"Hallo"), save=False)
        kept.save()
        world.files[pk] = kept
        if not links.why_not_share(row):
            _link, key = links.share(row, by=world.cast.amina, said="Ouders", expires_on=today() + timedelta(days=5))
            world.keys[pk] = key
    world.collection = Collection.objects.create(person=world.cast.amina, name="Alles", is_public=True)
    CollectionItem.objects.bulk_create(
        CollectionItem(collection=world.collection, resource_id=pk, position=n) for n, pk in enumerate(world.rows)
    )
    for one, _browser in browsers:
        if one.is_authenticated:
            FollowedTheme.objects.create(person=one, theme="maths")
            Saved.objects.bulk_create(Saved(person=one, resource_id=pk) for pk in world.rows)
    return world


def _every_way(world, one, browser):
    rows = {row.pk: row for row in Resource.objects.filter(pk__in=world.rows)}
    made = set(Resource.objects.filter(authors__person=one.pk).values_list("pk", flat=True))
    pages = {pk: browser.get(row.get_absolute_url()) for pk, row in rows.items()}
    shown = {pk for pk, page in pages.items() if page.status_code == 200}
    titles = {rows[pk].title for pk in shown}
    known = titles | {row.title for pk, row in rows.items() if pk in made}  # of hers that she withdrew, too
    _files(world, browser, shown | made)

    collection = browser.get(world.collection.get_absolute_url()).text
    assert titles <= set(TITLE.findall(collection)) <= known, "the collection"
    feed = browser.get(reverse("outside:collection_feed", args=[world.collection.pk])).text
    assert set(TITLE.findall(feed)) <= titles, "its feed, which is the same for all"
    found = browser.get(reverse("outside:feed"), {"q": WORD}).text
    assert set(TITLE.findall(found)) <= titles, "the feed of a search"
    for pk, page in pages.items():
        itself = {rows[pk].title} if page.status_code == 410 else set()  # why it went, for who found it before
        assert set(TITLE.findall(page.text)) <= known | itself, "what is alike, versions, what it was made of"
    if one.is_authenticated:
        _hers(world, one, browser, titles, known, rows)


def _files(world, browser, known):
    """Files, their pictures and the zip go where the page goes; to who made it also before and after."""
    for pk, kept in world.files.items():
        for name, number in (("file", kept.pk), ("preview", kept.pk), ("download", pk)):
            assert _opens(browser, reverse(f"knowledgehub:{name}", args=[number])) == (pk in known), name


def _hers(world, one, browser, titles, known, rows):
    """What is only for who has an account: her lists, counts, letters and choices."""
    now = SimpleNamespace(
        search=browser.get(reverse("finding:index"), {"q": WORD}),
        themes=browser.get(reverse("knowledgehub:themes")),
        finds=browser.get(reverse("knowledgehub:finds")),
        saved=browser.get(reverse("knowledgehub:saved")),
        suggest=browser.get(reverse("finding:suggest"), {"q": WORD[:6]}),
        collections=browser.get(reverse("knowledgehub:collections")),
    )
    for name, answer in vars(now).items():
        assert set(TITLE.findall(answer.text)) <= known, name
    found_by_her = {row.title for row in rows.values() if row.is_published and not row.hidden_at} & titles
    counted = next(each["count"] for each in now.themes.context["themes"] if each["key"] == "maths")
    assert counted <= len(found_by_her), "how many there are in a theme"
    for row in now.collections.context["page"]:
        assert row.size == len(known), "how many lie in a collection"
    terms = re.findall(r"Kikbegrip (\d+)", browser.get(reverse("finding:suggest"), {"q": "kikbegrip"}).text)
    assert {rows[int(pk)].title for pk in terms} <= found_by_her, "a subject term that she could choose"
    for row in near.in_letters([one]).get(one.pk, []):
        assert row.said in found_by_her, "her PLG letter"
    search = SavedSearch(person=one, query=f"q={WORD}")
    try:
        told = alerts.of_letter(search, one, {"resources": list(rows)})["rows"]
    except NothingToSay:
        told = []
    assert {row.title for row in told} <= found_by_her, "what a letter says of a saved search"
    assert {row.title for row in seams._likely(one)} <= found_by_her, "what she can refer to"
    for community in Community.objects.all():
        panel = panels_of_use.of_plg(community, one)
        assert not panel or {row.title for row in panel[1]["resources"]} <= found_by_her, "the page of a PLG"
    named = [panels.who_works_on_it(row, one) for row in rows.values()]
    for community in {each for panel in named if panel for each in panel["context"]["communities"]}:
        assert browser.get(community.get_absolute_url()).status_code == 200, "who works on this, too"
    for row in [row for row in rows.values() if row.title not in known][:1]:
        for name in ("experiences", "tell", "take", "collect", "adapt", "links", "versions", "counts"):
            address = reverse(f"knowledgehub:{name}", args=[row.pk])
            assert browser.get(address).status_code in (404, 410), name
        assert browser.post(reverse("knowledgehub:save", args=[row.pk])).status_code == 404


def _by_link(world, stranger):
    """A link opens its own resource as long as that is published, and no file of another."""
    for pk, key in world.keys.items():
        row = Resource.objects.get(pk=pk)
        page = stranger.get(reverse("knowledgehub:link", args=[key]))
        opens = row.is_published and not row.hidden_at
        assert (page.status_code == 200) == opens
        assert set(TITLE.findall(page.text)) <= {row.title}
        for other in {pk, world.rows[0], world.rows[-1]}:
            kept = world.files[other]
            for name in ("link_file", "link_preview"):
                address = reverse(f"knowledgehub:{name}", args=[key, kept.pk])
                assert _opens(stranger, address) == (opens and other == pk), name


def _opens(browser, address):
    """Whether this is handed over: a file, read to its end as a browser does."""
    answer = browser.get(address)
    if answer.streaming:
        list(answer)
    return answer.status_code == 200
