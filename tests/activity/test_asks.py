"""What is asked of somebody: once, until it is done, seen only by whom it concerns."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from activity import asks
from activity.journal import answered, ask
from activity.models import Ask
from communities.choices import MembershipState
from core.registry import claims
from core.time import today
from tests.cast import member, plg


@pytest.fixture
def asked(news, cast):
    def ask_it(*people, about=None, **more):
        about = about or cast.maths
        ask("tests.asked", about=about, url=f"/communities/{about.pk}/", people=people, community=about, **more)

    return ask_it


def test_it_is_told_in_the_words_of_its_kind(asked, cast):
    asked(cast.amina)
    (only,) = asks.for_today(cast.amina)
    assert (only.title, only.note) == ("Kom je naar PLG Rekenen?", "De Regenboog & omstreken")
    assert only.button
    assert only.url == f"/communities/{cast.maths.pk}/"


def test_words_that_are_kept_are_those_of_what_it_is_about_now(asked, cast):
    asked(cast.amina)
    assert [ask.title for n in range(2) for ask in asks.for_today(cast.amina)] == ["Kom je naar PLG Rekenen?"] * 2
    cast.maths.name = "PLG Breuken"
    cast.maths.save()
    assert [ask.title for ask in asks.for_today(cast.amina)] == ["Kom je naar PLG Breuken?"]
    with override("en"):
        assert [ask.button for ask in asks.for_today(cast.amina)] != [ask.button for ask in _in_dutch(cast.amina)]


def _in_dutch(person):
    with override("nl"):
        return asks.for_today(person)


def test_asking_twice_is_asking_once_until_it_is_answered(asked, cast):
    asked(cast.amina)
    asked(cast.amina)
    assert Ask.objects.count() == 1
    answered("tests.asked", about=cast.maths, person=cast.amina)
    assert not asks.for_today(cast.amina)
    asked(cast.amina)
    assert len(asks.for_today(cast.amina)) == 1


def test_answering_closes_only_ones_own(asked, cast):
    asked(cast.amina, cast.tom)
    answered("tests.asked", about=cast.maths, person=cast.amina)
    assert len(asks.for_today(cast.tom)) == 1


def test_the_most_urgent_come_first_and_at_most_three(asked, cast):
    days = {3: "drie", 1: "een", None: "ooit", 2: "twee"}
    for day, name in days.items():
        other = plg(cast.regenboog, f"PLG {name}")
        member(other, cast.amina)
        asked(cast.amina, about=other, due_on=today() + timedelta(days=day) if day else None)
    titles = [each.title for each in asks.for_today(cast.amina)]
    assert titles == ["Kom je naar PLG een?", "Kom je naar PLG twee?", "Kom je naar PLG drie?"]


def test_what_opens_later_waits(asked, cast):
    asked(cast.amina, opens_on=today() + timedelta(days=1))
    assert not asks.for_today(cast.amina)


def test_who_may_no_longer_see_it_is_not_asked(asked, cast):
    asked(cast.els)
    cast.maths.listed = "owner"
    cast.maths.save()
    assert len(asks.for_today(cast.els)) == 1  # she works at the school that owns it
    asked(cast.dele)
    assert not asks.for_today(cast.dele)
    cast.maths.memberships.filter(person=cast.amina).update(state=MembershipState.ENDED)


def test_of_one_community_only(asked, cast):
    other = plg(cast.regenboog, "PLG Lezen")
    member(other, cast.amina)
    asked(cast.amina)
    asked(cast.amina, about=other)
    assert [each.title for each in asks.for_today(cast.amina, community=other)] == ["Kom je naar PLG Lezen?"]


@pytest.mark.parametrize("count", [1, 3])
def test_as_many_queries_for_three_as_for_one(asked, cast, django_assert_max_num_queries, count):
    from core.standing import forget

    for n in range(count):
        other = plg(cast.regenboog, f"PLG {n}")
        member(other, cast.amina)
        asked(cast.amina, about=other)
    forget(cast.amina)
    with django_assert_max_num_queries(3):  # two of its own, the rest is her standing
        assert len(asks.for_today(cast.amina)) == count


def test_who_proves_an_address_waits_for_no_look_at_everybodys_requests(cast):
    with CaptureQueriesContext(connection) as queries:
        claims["activity"](cast.amina, "nieuw@school.example")
        claims["silence"](cast.amina, "nieuw@school.example")
    asked = [query["sql"] for query in queries if "activity_" in query["sql"]]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # a small table is read whole
        for sql in asked:
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "Seq Scan on activity_" not in plan, plan
    assert len(asked) > 4
