"""Marking a PLG letter as read, from the letter: signed, for one letter, by POST only."""

import pytest
from django.test import Client

from activity import digest, marking
from activity.choices import Pace
from activity.kinds import NothingToSay
from activity.models import Notification
from core import links


@pytest.fixture
def news_of(record_news):
    """The rows in the bell of somebody to whom so much happened."""

    def make(person, count=3):
        for _n in range(count):
            record_news(person)
        return sorted(person.notifications.values_list("pk", flat=True))

    return make


def path(person, rows):
    return marking.url_for(person, rows).removeprefix("http://testserver")


def test_a_tap_and_a_button_mark_what_stood_in_the_letter(news_of, cast, client):
    rows = news_of(cast.amina)
    (later,) = set(news_of(cast.amina, 1)) - set(rows)
    url = path(cast.amina, rows)
    assert "3 dingen" in client.get(url).text
    assert Notification.objects.unread().count() == 4  # looking changes nothing
    assert client.post(url, follow=True).status_code == 200
    assert [row.pk for row in Notification.objects.unread()] == [later]


def test_doing_it_again_is_harmless(news_of, cast, client):
    url = path(cast.amina, news_of(cast.amina))
    for _again in range(3):
        assert "Alles gelezen" in client.post(url, follow=True).text


def test_nobody_elses_rows_can_be_meant(news_of, cast, client):
    of_tom = news_of(cast.tom)
    client.post(path(cast.amina, of_tom))
    assert cast.tom.notifications.unread().count() == 3


def test_the_page_tells_no_titles(news_of, cast, client):
    assert "Rekenen" not in client.get(path(cast.amina, news_of(cast.amina))).text


def test_in_the_hands_of_who_is_signed_in_as_somebody_else_it_does_nothing(news_of, cast, signed_in):
    url = path(cast.amina, news_of(cast.amina))
    assert signed_in(cast.tom).post(url).status_code == 410
    assert cast.amina.notifications.unread().count() == 3


@pytest.mark.parametrize("facts", [{}, {"person": 1}, {"person": 1, "rows": 3}, {"person": 1, "rows": ["x"]}])
def test_a_token_of_another_shape_is_a_bad_link(client, db, facts):
    assert client.get(f"/activity/letter/{links.sign(marking.PURPOSE, **facts)}").status_code == 410


def test_links_of_other_deeds_are_of_no_use_here(cast, news_of, client):
    rows = news_of(cast.amina)
    token = links.sign("meetings.answer", person=cast.amina.pk, rows=rows)
    assert client.post(f"/activity/letter/{token}").status_code == 410
    assert cast.amina.notifications.unread().count() == 3


def test_it_asks_for_a_token_against_other_sites(cast, news_of):
    url = path(cast.amina, news_of(cast.amina))
    assert Client(enforce_csrf_checks=True).post(url).status_code == 403


def test_the_address_of_a_letter_of_two_hundred_lines_stays_short(cast):
    assert len(marking.url_for(cast.amina, range(4_000_000, 4_002_000, 10))) < 900


def test_the_link_in_the_letter_empties_the_next_one(news, news_of, cast, client):
    news(pace=Pace.LETTER)
    news_of(cast.amina)
    letter = digest.gather(None, cast.amina, {})
    assert letter["news"] == 3
    client.post(letter["read_url"].removeprefix("http://testserver"))
    with pytest.raises(NothingToSay):
        digest.gather(None, cast.amina, {})


def test_what_was_read_on_the_web_is_in_no_letter(news, news_of, cast, signed_in):
    news(pace=Pace.LETTER)
    first, *_others = news_of(cast.amina)
    signed_in(cast.amina).post(f"/activity/{first}/open/")
    assert digest.gather(None, cast.amina, {})["news"] == 2
