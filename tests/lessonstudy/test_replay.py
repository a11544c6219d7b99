"""Eight observers come back from an hour without a network, over one that loses answers and brings requests twice."""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from bench import observing as bench
from tests import cast as people


@pytest.fixture
def headers(website):
    """What the browser of somebody who is signed in sends along."""

    def of(person):
        client = Client()
        client.force_login(person, backend="people.backends.PersonBackend")
        cookies = {name: each.value for name, each in client.cookies.items()} | {settings.CSRF_COOKIE_NAME: "a" * 32}
        return {
            "Host": urlsplit(website.url).netloc,
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": "a" * 32,
        }

    return of


def test_four_hundred_notes_are_each_stored_once_and_in_order(website, headers):
    people.cast()
    lesson, observers = bench.company()
    assert bench.replay(lesson, observers, pages=website.url, headers=headers) == 400
    assert lesson.observations.count() == 400


def test_the_figure_sees_a_note_that_is_there_twice_or_in_old_words(website, headers):
    """The measure itself can fail: what is changed behind its back is counted."""
    people.cast()
    lesson, observers = bench.company()
    lesson.observations.create(observer=observers[0], fact="iets anders", made_at=lesson.began_at)
    assert bench.replay(lesson, observers, pages=website.url, headers=headers) < 400
