"""How much somebody hears, and why: on her page of mail, by kind and by conversation, and in the foot of a letter."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from activity import letters
from activity.choices import Pace
from activity.kinds import kinds
from activity.models import PaceChoice
from communities.choices import MembershipState
from communities.discussions.choices import Level, Why
from communities.discussions.models import Post, ReadState, Topic


@pytest.fixture
def hears(cast):
    """Amina hears so much of a conversation, for such a reason; returns a post in it."""

    def make(level=Level.FOLLOW, why=Why.REPLIED, title="Wie vouwt er stroken?"):
        topic = Topic.objects.create(community=cast.maths, title=title, author=cast.fatima)
        ReadState.objects.create(person=cast.amina, topic=topic, level=level, why=why)
        return Post.objects.create(topic=topic, number=1, author=cast.fatima, text="x", html="<p>x</p>")

    return make


@pytest.fixture
def page(signed_in, cast):
    return lambda: signed_in(cast.amina).get("/activity/mail/")


def why(kind, person, about, **context):
    with translation.override("nl"):
        return letters.why(kinds[kind], person, {"about": about, "facts": {}} | context)


def test_a_conversation_stands_on_the_page_with_its_level_and_reason(hears, page):
    post = hears()
    text = page().text
    assert post.topic.title in text
    assert f'href="{post.topic.get_absolute_url()}"' in text
    assert "Je hoort alles wat hier geschreven wordt, omdat je hier iets schreef." in text


def test_the_usual_level_needs_no_line(hears, page):
    assert hears(Level.NORMAL, Why.DEFAULT).topic.title not in page().text


def test_a_conversation_that_she_may_not_read_any_more_is_not_named(hears, page, cast):
    post = hears()
    cast.maths.memberships.filter(person=cast.amina).update(state=MembershipState.ENDED)
    assert post.topic.title not in page().text


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Why.AUTHOR, "omdat je dit gesprek begon"),
        (Why.REPLIED, "omdat je in dit gesprek schreef"),
        (Why.MENTIONED, "omdat iemand je in dit gesprek noemde"),
        (Why.CHOSEN, "omdat je dit gesprek volgt"),
    ],
)
def test_a_letter_on_a_conversation_says_why_she_gets_it(hears, cast, reason, words):
    assert words in why("discussions.replied", cast.amina, hears(why=reason))


def test_what_she_chose_herself_stands_in_the_foot(cast):
    assert why("meetings.moved", cast.amina, None) == "Soort mail: een bijeenkomst is verplaatst."
    PaceChoice.objects.create(person=cast.amina, kind="meetings.moved", pace=Pace.AT_ONCE)
    assert "omdat je dat koos" in why("meetings.moved", cast.amina, None)


def test_of_the_plg_letter_the_foot_tells_the_moment(cast):
    cast.amina.letter_weekday, cast.amina.letter_hour = 0, 8
    assert why("activity.letter", cast.amina, None) == "Je krijgt deze brief elke maandag om 8.00 uur."
    cast.amina.letter_weekday = 7
    assert why("activity.letter", cast.amina, None) == "Je krijgt deze brief elke werkdag om 8.00 uur."


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_much_for_one_conversation_as_for_three(hears, page, signed_in, cast, count):
    for n in range(count):
        hears(title=f"Gesprek {n}")
    page()  # what is remembered in the process is
    browser = signed_in(cast.amina)
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get("/activity/mail/")
    assert len(answer.content) < 60_000
    assert sum("discussions_readstate" in query["sql"] for query in queries) == 1
    assert len(queries) <= 12, [query["sql"][:110] for query in queries]
