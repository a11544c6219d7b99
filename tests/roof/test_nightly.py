"""What runs once a night."""

from datetime import timedelta

from core.time import today
from organisations.models import Affiliation
from plg_platform import tasks


def test_a_step_that_fails_keeps_no_other_from_being_done():
    done = []
    tasks.each_by_itself(lambda: done.append(1), lambda: 1 / 0, lambda: done.append(2))
    assert done == [1, 2]


def test_the_night_after_her_last_day_a_role_ends(cast):
    yesterday = today() - timedelta(days=1)
    Affiliation.objects.filter(person=cast.bram).update(until_on=yesterday)
    tasks.nightly()
    assert not cast.bram.roles.current().exists()
