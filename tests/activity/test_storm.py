"""Workers die, the mail server goes away: no letter is lost, none comes twice but the one in flight."""

import pytest

from activity.choices import State
from activity.models import Delivery
from tests import storm

LETTERS, KILLS = 200, 3


@pytest.mark.django_db(transaction=True)
def test_three_workers_killed_in_two_hundred_letters_lose_none(environment, mailserver):
    from tests.cast import cast

    storm.letters(LETTERS, cast().maths)
    killed = 0
    for _kill in range(KILLS):
        killed += storm.kill_while_sending(environment, mailserver, more=LETTERS // (2 * KILLS))
        storm.as_if_ten_minutes_passed()
    storm.send_the_rest(environment)
    lost, repeated = storm.outcome(mailserver, LETTERS)
    assert (killed, lost) == (KILLS, 0)
    assert repeated <= KILLS
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}
