"""Four real writers, each a process with the page's own modules, over a network that loses and doubles what it carries.

`make bench` does the same with as many edits as ten minutes bring.
"""

from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from bench import together as bench
from lessonstudy.models import CycleMember


@pytest.fixture
def headers(website):
    """What the browser of somebody who is signed in sends along."""

    def of(person):
        client = Client()
        client.force_login(person, backend="people.backends.PersonBackend")
        cookies = {name: morsel.value for name, morsel in client.cookies.items()} | {
            settings.CSRF_COOKIE_NAME: "a" * 32
        }
        return {
            "Host": urlsplit(website.url).netloc,
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
            "X-CSRFToken": "a" * 32,
        }

    return of


def test_four_writers_end_with_the_same_text_and_every_letter_in_it(website, design, headers):
    people = [member.person for member in CycleMember.objects.filter(cycle=design.cycle).select_related("person")]
    told = bench.write_together(
        design.plan, people, pages=website.url, edits=150, pause=25, faults=0.2, headers=headers
    )  # fmt: skip
    assert sum(each["counts"]["edits"] for each in told) == 600
    assert bench.faults(told) > 10, "nothing went wrong on the way"
    assert bench.lost(told, design.plan) == 0
