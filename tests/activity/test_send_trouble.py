"""What goes wrong on the way: refused, broken off, away, killed."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils.timezone import now

from activity import outbox, sending
from activity.choices import State
from activity.models import Delivery
from activity.tasks import LAST_TICK, tick
from tests.cast import person
from tests.hands import together


def letters(count, about):
    outbox.put(
        "tests.happened",
        occasion="trouble",
        about=about,
        addresses=[f"lid{n}@school.example" for n in range(count)],
    )


def test_a_refusal_for_now_is_tried_again_later_and_later(news, cast, mailserver, time_machine):
    time_machine.move_to("2026-11-23T10:00Z", tick=False)
    letters(1, cast.maths)
    mailserver.refuse("451 Later, please")
    waits = []
    for _attempt in range(10):
        sending.send_due()
        row = Delivery.objects.get()
        if row.state == State.FAILED:
            break
        waits.append(round((row.due_at - now()).total_seconds() / 60))
        time_machine.move_to(row.due_at + timedelta(seconds=1), tick=False)
    assert waits == sending.BACK_OFF_MINUTES
    assert (row.state, row.trouble) == (State.FAILED, "451 Later, please")


def test_a_refusal_for_good_is_written_down_and_not_repeated(news, cast, mailserver):
    letters(1, cast.maths)
    mailserver.refuse("550 No such mailbox")
    assert [sending.send_due(), sending.send_due()] == [0, 0]
    row = Delivery.objects.get()
    assert (row.state, row.trouble, row.attempts) == (State.FAILED, "550 No such mailbox", 1)


def test_one_letter_that_cannot_be_made_does_not_stop_the_others(record_news, cast, mailserver, news):
    def breaks_for_tom(about, someone, facts):
        if someone == cast.tom:
            raise ZeroDivisionError
        return {}

    news(context=breaks_for_tom)
    record_news(cast.tom, cast.amina, cast.els)
    cast.maths.memberships.create(person=cast.els, state="active", role="member")
    assert sending.send_due() == 2
    row = Delivery.objects.get(person=cast.tom)
    assert (row.state, row.attempts) == (State.PENDING, 1)
    assert row.trouble.startswith("ZeroDivisionError")


def test_what_fails_after_a_letter_went_out_sends_it_no_second_time(record_news, cast, mailserver, news):
    """What it told is noted in the database, so that is where this note fails."""

    def fails(delivery, context):
        Delivery.objects.create(person=delivery.person, address="both@school.example", kind="x", occasion="x")

    news(sent=fails)
    record_news(cast.amina, cast.tom)
    assert [sending.send_due(), sending.send_due()] == [2, 0]
    assert set(Delivery.objects.values_list("state", "attempts")) == {(State.SENT, 1)}
    assert len(mailserver.letters) == 2


def test_while_the_mail_server_is_away_no_letter_is_blamed(news, cast, settings):
    letters(30, cast.maths)
    backend = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 2}}}
    assert sending.send_due() == 0
    assert set(Delivery.objects.values_list("state", "attempts")) == {(State.PENDING, 0)}


def test_when_it_is_back_all_of_them_arrive_once(news, cast, settings, mailserver, time_machine):
    at_work = settings.MAILERS
    test_while_the_mail_server_is_away_no_letter_is_blamed(news, cast, settings)
    settings.MAILERS = at_work
    time_machine.move_to(now() + timedelta(minutes=2))
    assert sending.send_due() == 30
    assert len({letter["To"] for letter in mailserver.letters}) == len(mailserver.letters) == 30


def test_what_a_lost_worker_held_is_given_back_after_ten_minutes(news, cast, mailserver, time_machine):
    letters(3, cast.maths)
    sending.claim(now())
    assert (sending.give_back_lost(), sending.send_due()) == (0, 0)
    time_machine.move_to(now() + timedelta(minutes=11))
    assert (sending.give_back_lost(), sending.send_due()) == (3, 3)


def test_a_worker_that_was_thought_lost_sends_nothing_when_it_wakes_up(news, cast, mailserver, time_machine):
    letters(1, cast.maths)
    asleep = sending.claim(now())
    time_machine.move_to(now() + timedelta(minutes=11))
    sending.give_back_lost()
    assert sending.send_due() == 1
    assert sending.send(asleep) == 0
    assert len(mailserver.letters) == 1


def test_the_message_id_is_the_same_at_every_attempt(news, cast, mailserver):
    letters(1, cast.maths)
    sending.send_due()
    Delivery.objects.update(state=State.PENDING)  # as if the mark after sending had been lost
    sending.send_due()
    first, second = mailserver.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert first["Message-ID"].startswith("<")


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_send_every_letter_once(news, mailserver):
    from tests.cast import cast as everybody

    letters(100, everybody().maths)
    together(*[sending.send_due] * 3)
    arrived = [letter["To"] for letter in mailserver.letters]
    assert (len(arrived), len(set(arrived))) == (100, 100)


def test_the_tick_tells_that_it_ticks_and_sends(news, cast, mailserver, valkey):
    from django.core.cache import cache

    letters(1, cast.maths)
    tick()
    assert cache.get(LAST_TICK) == pytest.approx(now().timestamp(), abs=30)
    assert len(mailserver.letters) == 1


def test_without_broker_a_command_sends(news, cast, mailserver, capsys):
    letters(2, cast.maths)
    call_command("send_due")
    assert capsys.readouterr().out.strip() == "2"


@contextmanager
def broker_at(url):
    """What this process hands to workers goes to this address."""
    from plg_platform.celery import app

    def lead_to(address):
        app.conf.broker_url = address
        app._pool = app.amqp._producer_pool = None  # connections made before lead elsewhere

    working = app.conf.broker_url
    lead_to(url)
    yield
    lead_to(working)


def test_a_deed_does_not_fail_when_the_broker_is_gone(news, cast, commits):
    with broker_at("redis://127.0.0.1:9/0"), commits:
        outbox.put("tests.happened", occasion="gone", about=cast.maths, people=[person("Ria Bos")])
    assert Delivery.objects.get().state == State.PENDING
