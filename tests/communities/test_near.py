"""What the PLG letter suggests: new PLGs near her theme that she may find and join, in bulk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from communities.choices import JoinPolicy, Listed, MembershipState, State, Theme
from communities.models import Community
from communities.near import open_plgs
from core import standing
from people.choices import LetterDay
from tests.cast import member, person, plg, works


@pytest.fixture
def reading(cast):
    """A new PLG on reading in the network, open for members; Els cares for reading."""
    cast.els.themes = [Theme.LANGUAGE]
    cast.els.save()
    return plg(cast.wissel, "PLG Lezen", theme=Theme.LANGUAGE, state=State.RECRUITING, listed=Listed.BOARD)


def names(*people):
    return {pk: [line.said for line in lines] for pk, lines in open_plgs(people).items() if lines}


def test_a_new_plg_near_her_theme_is_suggested(cast, reading):
    (line,) = open_plgs([cast.els])[cast.els.pk]
    assert (line.said, line.url) == ("PLG Lezen", reading.get_absolute_url())
    assert "plekken vrij" in line.note


@pytest.mark.parametrize(
    "otherwise",
    [
        {"state": State.CONCEPT},
        {"state": State.RESTING},
        {"join_policy": JoinPolicy.INVITATION},
        {"theme": Theme.MATHS},
        {"listed": Listed.NOBODY},
        {"age": timedelta(days=40)},
    ],
    ids=str,
)
def test_what_she_cannot_join_or_does_not_care_for_is_not(cast, reading, otherwise):
    if "age" in otherwise:
        otherwise = {"created_at": now() - otherwise["age"]}
    Community.objects.filter(pk=reading.pk).update(**otherwise)
    assert names(cast.els) == {}


def test_a_full_one_is_not(cast, reading):
    for n in range(reading.seats_max):
        member(reading, person(f"Lid {n}"))
    assert names(cast.els) == {}


@pytest.mark.parametrize("state", list(MembershipState))
def test_one_that_knows_her_is_not(cast, reading, state):
    member(reading, cast.els, state=state)
    known = state not in (MembershipState.DECLINED, MembershipState.ENDED)
    assert bool(names(cast.els)) != known


def test_of_another_board_she_finds_nothing(cast, reading):
    cast.dele.themes = [Theme.LANGUAGE]
    assert names(cast.dele, cast.els) == {cast.els.pk: ["PLG Lezen"]}


def test_a_daily_letter_suggests_once_a_week(cast, reading, time_machine):
    cast.els.letter_weekday, cast.els.days_off = LetterDay.DAILY, [0]
    time_machine.move_to("2026-11-24T10:00Z", tick=False)  # a Tuesday, the first day on which she works
    Community.objects.update(created_at=now())
    assert names(cast.els)
    time_machine.move_to("2026-11-25T10:00Z", tick=False)
    assert not names(cast.els)


@pytest.mark.parametrize("count", [1, 12])
def test_it_asks_as_much_for_one_as_for_many(cast, reading, count):
    readers = [person(f"Lezer {n}", themes=[Theme.LANGUAGE]) for n in range(count)]
    for reader in readers:
        works(reader, cast.regenboog)
    standing.fetch(readers)
    with CaptureQueriesContext(connection) as queries:
        assert len(names(*readers)) == count
    assert len(queries) == 1
