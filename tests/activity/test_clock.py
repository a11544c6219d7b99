"""The clock of the machine was a month ahead and is set back: nothing comes twice, and nothing waits for that month."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.utils.timezone import now

from activity import clock, digest, sending
from activity.choices import Pace, State
from activity.models import Delivery
from activity.tasks import tick
from people.models import User

MONDAY = datetime(2026, 11, 16, 10, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))
AHEAD = timedelta(days=30)


@pytest.fixture
def ahead(time_machine, cast):
    """ahead(True) sets the clock a month ahead, ahead(False) right again."""
    cache.clear()
    time_machine.move_to(MONDAY, tick=False)
    for person in User.objects.all():
        digest.set_clock(person)

    def move(is_ahead, at=MONDAY):
        time_machine.move_to(at + (AHEAD if is_ahead else timedelta()), tick=False)

    return move


def test_a_letter_written_ahead_goes_out_once_the_clock_is_right(ahead, record_news, cast, mailserver):
    ahead(True)
    tick()
    record_news(cast.amina)
    ahead(False)
    for _minute in range(3):
        tick()
    assert [letter["To"] for letter in mailserver.letters] == [cast.amina.email]


def test_a_letter_that_was_tried_ahead_does_not_wait_for_that_hour(ahead, record_news, cast, mailserver):
    record_news(cast.amina)
    mailserver.refuse("451 Later")
    ahead(True)
    tick()
    mailserver.accept()
    ahead(False)
    tick()
    assert len(mailserver.letters) == 1


def test_a_letter_that_went_out_ahead_does_not_go_out_again(ahead, record_news, cast, mailserver):
    record_news(cast.amina)
    ahead(True)
    tick()
    ahead(False)
    tick()
    ahead(False, MONDAY + AHEAD + timedelta(hours=1))
    tick()
    assert len(mailserver.letters) == 1


def test_what_a_worker_claimed_ahead_is_given_back_and_that_worker_sends_nothing(ahead, record_news, cast, mailserver):
    record_news(cast.amina)
    ahead(True)
    held = sending.claim(now())
    ahead(False)
    tick()
    assert len(mailserver.letters) == 1
    assert sending.send(held) == 0
    assert len(mailserver.letters) == 1


def test_a_claim_of_this_minute_is_no_lost_one(ahead, record_news, cast):
    """Machines differ by seconds."""
    record_news(cast.amina)
    sending.claim(now())
    Delivery.objects.update(claimed_at=now() + timedelta(seconds=50))
    assert (sending.give_back_lost(), clock.mend()) == (0, 0)


def test_a_plg_letter_laid_ahead_neither_doubles_nor_keeps_silent_for_a_month(
    ahead, news, record_news, cast, mailserver
):
    news(pace=Pace.LETTER)
    record_news(cast.amina)
    ahead(True)
    tick()
    assert len(mailserver.letters) == 1
    ahead(False)
    tick()
    assert User.objects.get(pk=cast.amina.pk).digest_next_at == FRIDAY
    record_news(cast.amina)
    ahead(False, FRIDAY + timedelta(seconds=30))
    tick()
    assert len(mailserver.letters) == 1  # that Friday's letter is out
    ahead(False, FRIDAY + timedelta(days=7, seconds=30))
    tick()
    assert len(mailserver.letters) == 2
    occasions = Delivery.objects.filter(person=cast.amina, kind=digest.KIND).values_list("occasion", flat=True)
    assert sorted(occasions) == ["letter:2026-11-20", "letter:2026-11-27"]


def test_what_is_planned_for_later_stays_planned(ahead, news, cast):
    """Reminders lie in the future by right."""
    from activity import outbox

    outbox.put("tests.happened", occasion="x", about=cast.maths, people=[cast.amina], due_at=now() + AHEAD)
    assert clock.mend() == 0
    assert Delivery.objects.get().due_at == MONDAY + AHEAD
    assert Delivery.objects.get().state == State.PENDING
