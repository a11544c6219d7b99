"""The PLG letter: at her own day and hour, what is asked first, never empty, never twice."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from activity import digest, sending
from activity.choices import Pace, State
from activity.journal import ask
from activity.models import Delivery, Notification, PaceChoice
from activity.tasks import tick
from communities.choices import MembershipState
from tests.cast import member, person

FRIDAY = datetime(2026, 11, 20, 16, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture
def weekly(news, cast, time_machine):
    """News of the tests comes in the letter; it is Friday, just before four; everybody's letter comes at four."""
    news(pace=Pace.LETTER)
    time_machine.move_to(FRIDAY - timedelta(minutes=10), tick=False)
    for someone in (cast.amina, cast.tom):
        digest.set_clock(someone)
    return time_machine


def at_four(time_machine):
    time_machine.move_to(FRIDAY + timedelta(seconds=30), tick=False)
    tick()


def test_it_comes_at_her_own_hour_with_requests_first(weekly, record_news, cast, mailserver):
    record_news(cast.amina)
    ask("tests.asked", about=cast.maths, url="/communities/1/", people=[cast.amina], community=cast.maths)
    tick()
    assert mailserver.letters == []
    at_four(weekly)
    (letter,) = mailserver.to(cast.amina.email)
    text = letter.get_body(("plain",)).get_content()
    assert text.index("Kom je naar PLG Rekenen?") < text.index("Fatima Aydin deed iets in PLG Rekenen")
    assert f"http://testserver{cast.maths.get_absolute_url()}" in text


def test_it_comes_once_however_often_the_clock_ticks(weekly, record_news, cast, mailserver):
    record_news(cast.amina)
    for _tick in range(3):
        at_four(weekly)
    assert len(mailserver.letters) == 1
    cast.amina.refresh_from_db()
    assert cast.amina.digest_next_at == FRIDAY + timedelta(days=7)


def test_nothing_to_tell_is_no_letter(weekly, cast, mailserver):
    at_four(weekly)
    assert mailserver.letters == []


def test_what_was_read_meanwhile_is_left_out(weekly, record_news, cast, mailserver):
    record_news(cast.amina)
    Notification.objects.update(read_at=FRIDAY)
    at_four(weekly)
    assert mailserver.letters == []


def test_what_stood_in_a_letter_stands_in_no_other(weekly, record_news, cast, mailserver):
    record_news(cast.amina)
    at_four(weekly)
    weekly.move_to(FRIDAY + timedelta(days=7, minutes=1), tick=False)
    tick()
    assert len(mailserver.letters) == 1


def test_who_left_reads_nothing_of_it(weekly, record_news, cast, mailserver):
    record_news(cast.amina, cast.tom)
    cast.maths.memberships.filter(person=cast.tom).update(state=MembershipState.ENDED)
    at_four(weekly)
    assert [letter["To"] for letter in mailserver.letters] == [cast.amina.email]
    assert Delivery.objects.get(person=cast.tom).state == State.CANCELLED


@pytest.mark.parametrize("kind", ["activity.letter", ""])
def test_who_turned_it_off_gets_none(weekly, record_news, cast, mailserver, kind):
    PaceChoice.objects.create(person=cast.amina, kind=kind, pace=Pace.NEVER)
    record_news(cast.amina)
    at_four(weekly)
    assert mailserver.letters == []


def test_who_wants_this_kind_only_in_the_bell_does_not_read_it_in_the_letter(weekly, record_news, cast, mailserver):
    PaceChoice.objects.create(person=cast.amina, kind="tests.happened", pace=Pace.NEVER)
    record_news(cast.amina)
    at_four(weekly)
    assert mailserver.letters == []


def test_in_her_holidays_there_is_none(cast, news, time_machine):
    time_machine.move_to("2026-12-18T15:30Z", tick=False)  # Friday, the last school day of the year
    digest.set_clock(cast.amina)
    assert cast.amina.digest_next_at.date().isoformat() == "2027-01-08"


def test_who_joins_gets_a_moment_and_who_was_forgotten_too(cast):
    get_user_model().objects.update(digest_next_at=None)
    invited = person("Nog Nooit", joined_at=None)
    assert digest.heal() == get_user_model().objects.count() - 1
    cast.amina.refresh_from_db()
    invited.refresh_from_db()
    assert cast.amina.digest_next_at
    assert invited.digest_next_at is None


def test_when_her_rhythm_changes_so_does_the_hour_of_the_letter(cast):
    from core.registry import rhythms

    cast.amina.letter_weekday = 1
    cast.amina.save()
    for look_again in rhythms.values():
        look_again(cast.amina)
    cast.amina.refresh_from_db()
    assert cast.amina.digest_next_at.astimezone(ZoneInfo("Europe/Amsterdam")).weekday() == 1


@pytest.mark.parametrize("count", [1, 10])
def test_a_chunk_costs_the_same_for_one_as_for_many(weekly, record_news, cast, count):
    readers = [person(f"Lid {n}") for n in range(count)]
    for reader in readers:
        member(cast.maths, reader)
        digest.set_clock(reader)
    record_news(*readers)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        digest.put_chunk(FRIDAY)
    assert len(queries) <= 9, [query["sql"][:80] for query in queries]
    assert Delivery.objects.filter(kind=digest.KIND).count() == count


@pytest.mark.parametrize("count", [1, 10])
def test_a_letter_of_ten_lines_asks_no_more_than_one_of_one(weekly, record_news, cast, count, mailserver):
    for _n in range(count):
        record_news(cast.amina)
    reader = get_user_model().objects.get(pk=cast.amina.pk)
    with CaptureQueriesContext(connection) as queries:
        assert digest.gather(None, reader, {})["news"] == count
    assert len(queries) <= 12, [query["sql"][:80] for query in queries]


def test_a_worker_that_dies_before_sending_loses_no_letter(weekly, record_news, cast, mailserver):
    record_news(cast.amina)
    weekly.move_to(FRIDAY + timedelta(seconds=30), tick=False)
    digest.put_due()
    sending.claim(FRIDAY + timedelta(minutes=1))
    weekly.move_to(FRIDAY + timedelta(minutes=20), tick=False)
    tick()
    assert len(mailserver.letters) == 1
