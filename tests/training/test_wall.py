"""The wall: what two people say in coaching is read by nobody else, whatever she is and wherever she looks."""

import json

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import transaction
from django.db.models import Q
from django.test import Client
from django.urls import reverse

from activity.models import Activity, Delivery, Notification
from communities.search.models import SearchText
from communities.search.registry import sources
from core.registry import exports
from tests import cast as make
from tests.house import matrix_world
from tests.house.matrix import MATRIX
from tests.house.matrix.coaching import COACHING
from tests.house.matrix_coaching import SECRET
from tests.house.test_matrix import value
from tests.training import world as training
from training import models as m
from training.actions import coaching as deeds

TWO = {"guest", "ex_member"}
#: The trainer, the coach of the training, the assessor, leaders and all who administer.
NEAR = ["facilitator", "planner", "stranger", "school_leader", "board_admin", "network_admin", "platform_admin"]
TABLES = (m.Coaching, m.Goal, m.Talk, m.Note)


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Built once; every request happens in a transaction that is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield matrix_world.build()
        transaction.set_rollback(True)


def browser(person):
    client = Client()
    if person:
        client.force_login(person, backend="people.backends.PersonBackend")
    return client


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("role", NEAR)
def test_no_page_of_the_platform_shows_it_to_anybody_near(world, role):
    people, things = world
    leaks = []
    for name, row in MATRIX.items():
        if row.get[role] != "page":  # what is no page shows nothing: the matrix itself tests that
            continue
        with transaction.atomic():
            path = reverse(name, args=[value(things, arg) for arg in row.args])
            response = browser(people[role]).get(path)
            if not (response.streaming and response.is_async) and SECRET.encode() in body(response):
                leaks.append(path)
            transaction.set_rollback(True)
    assert leaks == []


def test_the_two_do_read_it(world):
    """So that the test above could fail."""
    people, things = world
    for role in TWO:
        page = browser(people[role]).get(things.coaching.get_absolute_url()).content.decode()
        assert page.count(SECRET) >= 6
    assert (
        f"{SECRET} van de coach"
        not in browser(people["guest"]).get(things.coaching.get_absolute_url()).content.decode()
    )


@pytest.mark.parametrize("name", COACHING)
def test_its_addresses_are_not_there_for_anybody_else(world, name):
    row = COACHING[name]
    for answers in (row.get, row.post):
        for role, answer in answers.items():
            assert role in TWO or answer in ("hidden", "login", "not so"), role


@pytest.mark.parametrize("table", TABLES)
def test_no_rule_gives_a_row_of_it_to_anybody_else(world, table):
    people, _things = world
    for role, person in people.items():
        if person and role not in TWO:
            for power in table.rules:
                assert not table.objects.allowing(person, power).exists(), (role, power)


def test_a_superuser_finds_no_table_of_it_in_the_technical_pages(world):
    assert not [table for table in apps.get_app_config("training").get_models() if table in admin.site._registry]


def test_the_download_of_others_holds_nothing_of_it(world):
    people, _things = world
    for role, person in people.items():
        if person and role not in TWO:
            for section in exports.values():
                for table, rows in section(person):
                    kept = json.dumps([list(map(str, row)) for row in rows.values_list(*table.shows)])
                    assert SECRET not in kept, (role, table.label)


def test_one_does_not_download_the_private_notes_of_the_other(world):
    people, _things = world
    kept = {table.label: list(rows) for table, rows in exports["coaching"](people["guest"])}
    assert {note.author for note in kept["training.Note"]} == {people["guest"]}


def test_searching_finds_nothing_of_it(world):
    people, _things = world
    for role in NEAR:
        page = browser(people[role]).get("/search/", {"q": SECRET})
        found = page.content.decode()
        assert not [said for said in ("wens", "doel", "teken", "besproken", "samen") if f"{SECRET} {said}" in found]
    assert not SearchText.objects.filter(Q(title__contains=SECRET) | Q(text__contains=SECRET)).exists()
    assert not [source for source in sources.values() if source.model in TABLES]


def test_neither_journal_nor_letters_say_what_was_said(cast, commits):
    """From the wish to the farewell with words that nobody else may read."""
    from tests.training.test_coaching import goal, talk

    m.CoachOffer.objects.create(person=cast.tom, kinds=["coaching"], capacity=2)
    with commits:
        row = deeds.propose(by=cast.amina, coach=cast.tom, coachee=cast.amina, kind="coaching", wish=SECRET)
        row = deeds.step(row, "accept", by=cast.tom)
        first = goal(row, cast.amina, text=SECRET)
        row = deeds.step(row, "begin", by=cast.amina)
        talk(row, cast.tom, said=SECRET)
        deeds.write_note(coaching=row, by=cast.tom, text=SECRET, kind="shared")
        row = deeds.look_back(row, by=cast.amina, reached=SECRET, keep=SECRET, stop=SECRET, goals={first: 4})
        deeds.step(row, "close", by=cast.tom)
    rows = Activity.objects.filter(kind__startswith="training.")
    assert rows.count() >= 7
    assert SECRET not in json.dumps(list(rows.values_list("facts", flat=True)))
    assert not rows.exclude(community_id=None).exists()  # of no PLG, so no facilitator finds it
    told = Notification.objects.filter(activity__in=rows).values_list("person", flat=True)
    assert set(told) == {cast.amina.pk, cast.tom.pk}
    assert SECRET not in json.dumps(list(map(str, Delivery.objects.values())))


def test_the_assessor_of_a_learner_sees_her_portfolio_and_no_coaching(cast, signed_in):
    """Dele assesses Amina, whom Tom coaches: her page says nothing of it."""
    group = training.group(cast, training.programme())
    enrolment = training.learner(cast, group, cast.amina, coach=None)
    m.Assessment.objects.create(enrolment=enrolment, assessor=cast.dele)
    row = m.Coaching.objects.create(coach=cast.tom, coachee=cast.amina, state="active", wish=SECRET)
    dele = signed_in(cast.dele)
    page = dele.get(reverse("training:portfolio", args=[enrolment.pk]))
    assert page.status_code == 200
    assert "coaching" not in page.content.decode().split("<main")[1].lower()
    assert dele.get(row.get_absolute_url()).status_code == 404
    make.role(cast.dele, "platform_admin")
    training.forget(cast.dele)
    assert signed_in(cast.dele).get(row.get_absolute_url()).status_code == 404
