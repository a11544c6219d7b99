"""Many hands on one poll: one choice counts, and all are told once."""

from datetime import time, timedelta

import pytest

from activity.models import Activity
from communities.choices import Role
from communities.meetings import polls
from communities.meetings.actions import polls as actions
from communities.meetings.models import Meeting, Vote
from core.refusals import Refused
from core.time import today
from tests import cast as people
from tests.hands import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def poll(transactional_db):
    school = people.school(board=people.board())
    plg = people.plg(school, seats_max=12)
    fatima = people.person("Fatima Aydin")
    people.member(plg, fatima, Role.FACILITATOR)
    for n in range(7):
        people.member(plg, people.person(f"Collega {n}"))
    options = [
        {"held_on": today() + timedelta(days=30 + n), "starts": time(15, 30), "ends": time(17)} for n in range(2)
    ]
    return actions.open_poll(plg, by=fatima, deadline=today() + timedelta(days=7), options=options)


def test_two_facilitators_choose_at_once_and_one_of_them_is_told_why_not(poll):
    one, other = polls.options_of(poll)
    outcomes = together(
        lambda: actions.decide_poll(poll, by=poll.created_by, options=[one.pk]),
        lambda: actions.decide_poll(poll, by=poll.created_by, options=[other.pk]),
    )
    [refusal] = [each for each in outcomes if isinstance(each, Refused)]
    assert str(refusal)
    assert Meeting.objects.count() == 1


def test_the_last_votes_at_once_tell_the_facilitator_once(poll):
    options = [row.pk for row in polls.options_of(poll)]
    rows = polls.voters(poll)
    together(*[lambda row=row: actions.vote(poll, row, fits=dict.fromkeys(options, "yes")) for row in rows])
    assert Vote.objects.count() == len(rows) * len(options)
    assert Activity.objects.filter(kind="meetings.poll_completed").count() == 1


def test_a_vote_while_the_dates_are_chosen_is_kept_or_refused_in_words(poll):
    options = [row.pk for row in polls.options_of(poll)]
    row = polls.voters(poll)[1]
    outcomes = together(
        lambda: actions.vote(poll, row, fits=dict.fromkeys(options, "yes")),
        lambda: actions.decide_poll(poll, by=poll.created_by, options=options[:1]),
    )
    assert Meeting.objects.count() == 1
    assert isinstance(outcomes[1], list)
