"""On the day of the meeting, the way into its session stands on *Vandaag* and on the page of the PLG."""

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from communities.meetings.actions import running
from tests import cast as people


@pytest.fixture
def today(cast):
    """A meeting of PLG Rekenen that is going on."""
    moment = localtime()
    hours = {"starts": "00:01", "ends": "23:58"}
    return people.meeting(cast.maths, held_on=moment.date(), **hours)


def page(signed_in, who, name, *args, **query):
    return signed_in(who).get(reverse(name, args=args), query).text


def test_who_leads_starts_from_vandaag(cast, today, signed_in):
    start = reverse("meetings:start_run", args=[today.pk])
    assert start in page(signed_in, cast.fatima, "home")
    assert start not in page(signed_in, cast.amina, "home")
    run = running.start(today, by=cast.fatima, plan="simple")
    assert start not in page(signed_in, cast.fatima, "home")
    for who in (cast.fatima, cast.amina):
        assert run.get_absolute_url() in page(signed_in, who, "home")
    assert run.get_absolute_url() in page(signed_in, cast.amina, "communities:home", cast.maths.pk)


def test_on_another_day_nothing_is_asked(cast, signed_in, django_assert_num_queries):
    from communities.meetings.running import door_on_the_day

    meeting = people.meeting(cast.maths)
    with django_assert_num_queries(0):
        assert door_on_the_day(meeting) == {}


def test_what_ended_today_asks_its_two_questions_and_not_to_begin_again(cast, today, signed_in):
    run = running.start(today, by=cast.fatima, plan="simple")
    running.end(run, by=cast.fatima)
    start = reverse("meetings:start_run", args=[today.pk])
    for who in (cast.fatima, cast.amina):
        home = page(signed_in, who, "home")
        assert run.get_absolute_url() in home
        assert start not in home
    assert start in page(signed_in, cast.fatima, "meetings:detail", today.pk)  # who rounded off too early
