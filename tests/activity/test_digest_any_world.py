"""Whatever the world is like: a letter made for many tells each of them what the pages show her, and nothing else."""

import pytest
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from activity import asks, paces
from activity.choices import Pace
from activity.digest import contents_of
from activity.models import Notification
from activity.views import lines_of
from communities.discussions.models import Topic
from core import holding
from core.standing import forget
from tests.activity._world import World


@pytest.fixture
def world(cast):
    return World(cast)


class Undo(Exception):
    """Take back what an example did."""


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_the_letters_of_all_are_what_the_pages_show_each(world, data):
    try:
        with transaction.atomic():
            world.change(lambda options: data.draw(st.sampled_from(options)))
            found = contents_of(world.everybody)
            for person in world.everybody:
                forget(person)
                with translation.override(person.language):
                    assert in_letter(found[person.pk]) == on_pages(person), person
            raise Undo
    except Undo:
        pass


def in_letter(content):
    asked = [(ask.said, ask.note, ask.button, ask.url) for ask in content.asks]
    return asked, [(line.notification, line.said, line.url) for group in content.groups for line in group.lines]


def on_pages(person):
    """*Vandaag*, and of the bell what she has not read, did not get in a letter and wants to get in one."""
    asked = [(ask.title, ask.note, ask.button, ask.url) for ask in asks.for_today(person, limit=None)]
    wanted = {name for name, each in paces.of_person(person).items() if each.pace == Pace.LETTER}
    bell = lines_of(person, list(Notification.objects.for_bell(person)))
    news = [
        (row.pk, row.said, row.url)
        for row in reversed(bell)
        if row.read_at is None and row.in_letter_at is None and row.activity.kind in wanted
    ]
    return asked, sorted_by_group(news)


def sorted_by_group(news):
    """In the order of the letter: the PLG of the first line first."""
    community = dict(
        Notification.objects.filter(pk__in=[pk for pk, _said, _url in news]).values_list("pk", "activity__community_id")
    )
    order = list(dict.fromkeys(community[pk] for pk, _said, _url in news))
    return sorted(news, key=lambda each: order.index(community[each[0]]))


def test_the_world_is_rich_enough_to_find_a_mistake(world):
    """Members, guests and colleagues read something, and not the same."""
    for one, seat in zip(world.crowd, [("active", "member"), ("active", "guest"), None, None], strict=True):
        world._seat(one, world.plgs[0], seat, True)
    found = contents_of(world.everybody)
    member, guest, stranger, colleague = (found[one.pk] for one in world.crowd)
    assert len(member.asks) > len(guest.asks) > len(stranger.asks)
    assert member.news > guest.news > colleague.news > stranger.news == 0
    assert {group.name for group in member.groups} >= {"PLG Rekenen"}
    assert member.groups[0].url


def test_a_rule_that_python_cannot_ask_is_asked_of_the_database(world, monkeypatch):
    """The letters say the same; it only costs a query for each reader."""
    world._seat(world.crowd[0], world.plgs[0], ("active", "member"), True)
    usual = {pk: in_letter(content) for pk, content in contents_of(world.everybody).items()}
    rules = {
        name: lambda user, rule=rule: rule(user) & Q(pk__in=Topic.objects.all()) for name, rule in Topic.rules.items()
    }
    monkeypatch.setattr(Topic, "rules", rules)
    with pytest.raises(holding.Unfit):
        holding.test_of(Topic.rules["view"](world.crowd[0]), Topic)
    assert {pk: in_letter(content) for pk, content in contents_of(world.everybody).items()} == usual
