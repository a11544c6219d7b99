"""Workers die, the mail server goes away: no letter is lost, none comes twice but the one in flight."""

from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.utils.timezone import now

from activity import digest
from activity.choices import State
from activity.models import Delivery
from people.models import User
from plg_platform.demo import scale
from plg_platform.embedded import free_port
from tests import storm
from tests.mailserver import Mailserver

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


@pytest.mark.django_db(transaction=True)
def test_reminders_come_once_though_worker_broker_and_mail_server_fail(environment):
    """Small: one worker killed, nobody at the broker's address, the mail server gone in the middle."""
    from tests.cast import cast

    mailserver = Mailserver()
    environment = environment | {"EMAIL_URL": mailserver.url, "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0"}
    storm.reminders(LETTERS, cast().maths)
    with mailserver:
        assert storm.kill_while_sending(environment, mailserver, more=LETTERS // 4)
        storm.as_if_ten_minutes_passed()
        busy = storm.worker(environment)
        mailserver.wait_for(LETTERS // 2, storm.PATIENCE)
    busy.wait(storm.PATIENCE)  # the mail server is gone
    mailserver.controller = Controller(mailserver, hostname=mailserver.host, port=mailserver.port)
    with mailserver:
        storm.send_the_rest(environment)
    lost, repeated = storm.outcome(mailserver, LETTERS)
    assert lost == 0
    assert repeated <= 2  # what was in flight at the kill, and when the mail server went
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}


@pytest.mark.django_db(transaction=True)
def test_plg_letters_come_once_though_the_worker_is_killed(environment, mailserver):
    scale.seed(100)
    User.objects.update(digest_next_at=now() - timedelta(minutes=1))
    expected = User.objects.filter(memberships__isnull=False).distinct().count()
    for _kill in range(2):
        assert storm.kill_while_sending(environment, mailserver, more=expected // 4, start=storm.ticker)
        storm.as_if_ten_minutes_passed()
    storm.send_the_rest(environment)
    lost, repeated = storm.outcome(mailserver, expected)
    assert lost == 0
    assert repeated <= 2
    letters = Delivery.objects.filter(kind=digest.KIND)
    assert letters.count() == letters.values("person").distinct().count() == expected
