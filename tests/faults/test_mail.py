"""The outbox under fire, at length; each test prints its figures (`make faults`)."""

import asyncio
import time
from contextlib import ExitStack
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from django.utils.timezone import now

from activity import digest, sending
from activity.choices import State
from activity.models import Delivery, Notification
from activity.tasks import send_due
from people.models import User
from plg_platform.celery import app as celery
from plg_platform.demo import scale
from plg_platform.embedded import free_port
from tests import storm
from tests.cast import cast
from tests.mailserver import Mailserver

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True), pytest.mark.timeout(2400)]

LETTERS, KILLS, PEOPLE = 10_000, 20, 1_250
HANDS = ("--concurrency=2", "--without-mingle", "--without-gossip")


def figure(fault, lost, repeated):
    print(f"\nfaults.{fault}.lost {lost} letters\nfaults.{fault}.repeated {repeated} letters")


def test_a_worker_killed_twenty_times_in_ten_thousand_letters(environment, mailserver):
    storm.letters(LETTERS, cast().maths)
    for _kill in range(KILLS):
        assert storm.kill_while_sending(environment, mailserver, more=LETTERS // (2 * KILLS))
        storm.as_if_ten_minutes_passed()
    storm.send_the_rest(environment)
    lost, repeated = storm.outcome(mailserver, LETTERS)
    figure("worker_kill", lost, repeated)
    assert lost == 0
    assert repeated <= KILLS


def test_the_mail_server_is_away_for_a_minute_then_refusing_for_a_while(environment):
    """It hangs up in the middle, is gone, comes back refusing for now, and then accepts."""
    mailserver = Mailserver()
    environment = environment | {"EMAIL_URL": mailserver.url}
    with mailserver:
        storm.letters(500, cast().maths)
        busy = storm.worker(environment)
        mailserver.wait_for(100, 60)
    busy.wait(60)
    gone = time.monotonic()
    while time.monotonic() - gone < 60:
        storm.as_if_ten_minutes_passed()
        storm.worker(environment).wait(60)
    mailserver.controller = Controller(mailserver, hostname=mailserver.host, port=mailserver.port)
    with mailserver:
        mailserver.refuse("451 Later, please")
        storm.as_if_ten_minutes_passed()
        storm.worker(environment).wait(120)
        mailserver.accept()
        storm.send_the_rest(environment)
    lost, repeated = storm.outcome(mailserver, 500)
    figure("smtp_down", lost, repeated)
    assert lost == 0
    assert repeated <= 1  # the one in flight when it hung up


def test_two_beats_tick_at_once(environment, mailserver):
    storm.letters(1000, cast().maths)
    workers = [storm.worker(environment) for _beat in range(2)]
    for process in workers:
        process.wait(storm.PATIENCE)
    storm.send_the_rest(environment)
    lost, repeated = storm.outcome(mailserver, 1000)
    figure("two_beats", lost, repeated)
    assert (lost, repeated) == (0, 0)


def test_nobody_answers_at_the_brokers_address_and_beat_ticks_by_itself(environment, mailserver, tmp_path):
    """The hint of each deed is lost; beat does the tick's work."""
    storm.letters(100, cast().maths)
    gone = environment | {"REDIS_URL": f"redis://127.0.0.1:{free_port()}/0"}
    with storm.celery(gone, tmp_path, "beat", "--pidfile=", f"--schedule={tmp_path}/beat"):
        mailserver.wait_for(100, 150)
    lost, repeated = storm.outcome(mailserver, 100)
    figure("broker_away", lost, repeated)
    assert (lost, repeated) == (0, 0)


def test_the_broker_is_wiped_then_killed_while_a_worker_sends(environment, tmp_path):
    """All that it held is gone, twice: tasks that waited, and the one at work. The rows know what is to be sent."""
    community = cast().maths
    with Slow() as mailserver, storm.Broker(tmp_path) as broker:
        environment = environment | {"REDIS_URL": broker.url, "EMAIL_URL": mailserver.url}
        storm.letters(300, community)
        with (
            storm.celery(environment, tmp_path, "worker", *HANDS),
            storm.celery(environment, tmp_path, "beat", "--pidfile=", f"--schedule={tmp_path}/beat"),
        ):
            for _hint in range(20):  # more than there are hands: most of them wait in the queue
                with celery.connection_for_write(url=broker.url) as connection:
                    send_due.apply_async(connection=connection, ignore_result=True)
            mailserver.wait_for(50, 120)
            assert broker.client.llen("celery") or broker.client.hlen("unacked")
            broker.client.flushall()
            mailserver.wait_for(100, 60)
            broker.kill()
            storm.letters(100, community, occasion="while the broker was away")
            mailserver.wait_for(400, 120)  # the rows that the worker was at, to the last
            broker.start()
            time.sleep(5)  # it is idle now: only a tick through the empty broker tells it of what comes now
            storm.letters(100, community, occasion="after it came back")
            mailserver.wait_for(500, 240)
            time.sleep(5)  # a second copy would come now
    lost, repeated = 500 - len({letter["Message-ID"] for letter in mailserver.letters}), len(mailserver.letters) - 500
    figure("broker_wiped", lost, repeated)
    assert (lost, repeated) == (0, 0)
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}


def test_ten_thousand_reminders_through_everything_at_once(environment, tmp_path):
    """Three workers are killed, the broker is killed and comes back empty, the mail server is away for a minute."""
    mailserver = Mailserver()
    storm.reminders(LETTERS, cast().maths)
    with ExitStack() as until_the_end, storm.Broker(tmp_path) as broker:
        environment = environment | {"REDIS_URL": broker.url, "EMAIL_URL": mailserver.url}
        beat = storm.celery(environment, tmp_path, "beat", "--pidfile=", f"--schedule={tmp_path}/beat")
        until_the_end.enter_context(beat)
        with mailserver:
            for kill in range(1, 4):
                with storm.celery(environment, tmp_path, "worker", *HANDS):
                    hint(broker)
                    mailserver.wait_for(kill * LETTERS // 6, storm.PATIENCE)
                storm.as_if_ten_minutes_passed()
            until_the_end.enter_context(storm.celery(environment, tmp_path, "worker", *HANDS))
            hint(broker)
            mailserver.wait_for(LETTERS * 6 // 10, storm.PATIENCE)
            broker.kill()
            mailserver.wait_for(LETTERS * 7 // 10, storm.PATIENCE)
            broker.start()
        time.sleep(60)  # the mail server is gone
        mailserver.controller = Controller(mailserver, hostname=mailserver.host, port=mailserver.port)
        with mailserver:
            mailserver.wait_for(LETTERS, 600)
            time.sleep(5)  # a second copy would come now
    lost, repeated = storm.outcome(mailserver, LETTERS)
    figure("everything_at_once", lost, repeated)
    assert lost == 0
    assert repeated <= 3 * 2 + 2  # one in flight in each of two hands, for each kill and when the mail server went
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}


def test_plg_letters_of_a_thousand_people_while_the_worker_is_killed(environment, mailserver):
    """In whatever it does: laying them out, gathering, sending. Nobody gets two of one week, and nobody none."""
    scale.seed(PEOPLE)
    User.objects.update(digest_next_at=now() - timedelta(minutes=1))
    expected = User.objects.filter(memberships__isnull=False).distinct().count()
    for n in range(6):  # while it starts, lays them out and gathers: before or at the first letter
        assert storm.kill_while_sending(environment, mailserver, 1, start=storm.ticker, patience=0.8 + 0.4 * n)
        storm.as_if_ten_minutes_passed()
    for _kill in range(8):
        assert storm.kill_while_sending(environment, mailserver, more=expected // 20, start=storm.ticker)
        storm.as_if_ten_minutes_passed()
    storm.ticker(environment).wait(storm.PATIENCE)
    storm.send_the_rest(environment)
    lost, repeated = storm.outcome(mailserver, expected)
    figure("digest_kill", lost, repeated)
    assert lost == 0
    assert repeated <= 14
    letters = Delivery.objects.filter(kind=digest.KIND)
    assert letters.filter(state=State.SENT).count() == expected
    assert letters.values("person").distinct().count() == letters.count()
    assert not Notification.objects.filter(in_letter_at=None, person__delivery_set__in=letters).exists()


def hint(broker):
    """Tell both hands that there is something to send."""
    for _hand in range(2):
        with celery.connection_for_write(url=broker.url) as connection:
            send_due.apply_async(connection=connection, ignore_result=True)


class Slow(Mailserver):
    """Each letter takes a while."""

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        await asyncio.sleep(0.05)
        return await super().handle_DATA(server, session, envelope)


def test_a_slow_mail_server_is_shared_by_workers_without_a_double(environment):
    """Three workers at once, and a tick that believes them lost."""
    with Slow() as mailserver:
        storm.letters(200, cast().maths)
        environment = environment | {"EMAIL_URL": mailserver.url}
        workers = [storm.worker(environment) for _worker in range(3)]
        time.sleep(4)
        storm.as_if_ten_minutes_passed()  # a tick believes them lost
        sending.give_back_lost()
        for process in workers:
            process.wait(storm.PATIENCE)
        storm.send_the_rest(environment)
        lost, repeated = storm.outcome(mailserver, 200)
    figure("slow_smtp", lost, repeated)
    assert lost == 0
    assert repeated <= 3  # at most what was in flight when the claims were taken away
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}
