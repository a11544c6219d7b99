"""From a deed to a letter at a real mail server."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils.timezone import now

from activity import outbox, sending
from activity.choices import Pace, State
from activity.journal import record
from activity.models import Delivery, Notification, PaceChoice
from communities.choices import MembershipState


def state_of(person):
    return Delivery.objects.get(person=person).state


def test_what_happened_arrives_as_a_letter(record_news, cast, mailserver):
    record_news(cast.amina, cast.tom)
    assert sending.send_due() == 2
    (letter,) = mailserver.to(cast.amina.email)
    assert letter["Subject"] == "Nieuws uit PLG Rekenen"
    assert "Er gebeurde iets in PLG Rekenen." in letter.get_body(("plain",)).get_content()
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.SENT}


def test_a_letter_goes_out_once(record_news, cast, mailserver):
    record_news(cast.amina)
    assert [sending.send_due(), sending.send_due()] == [1, 0]
    assert len(mailserver.letters) == 1


def test_the_same_occasion_is_written_once(news, cast, mailserver):
    for _again in range(2):
        outbox.put("tests.happened", occasion="meeting:1", slot="week", about=cast.maths, people=[cast.amina])
    assert sending.send_due() == 1


def test_whoever_did_it_is_not_told(record_news, cast, mailserver):
    record_news(cast.fatima, cast.amina)
    sending.send_due()
    assert not mailserver.to(cast.fatima.email)


def test_an_address_without_account_is_told(news, cast, mailserver):
    record("tests.happened", by=cast.fatima, about=cast.maths, addresses=["Nieuw@School.example"])
    assert sending.send_due() == 1
    assert mailserver.letters[0]["To"] == "nieuw@school.example"


def test_everybody_is_told_in_her_own_language(record_news, cast, mailserver):
    type(cast.tom).objects.filter(pk=cast.tom.pk).update(language="en")
    record_news(cast.tom)
    sending.send_due()
    assert "Hello Tom" in mailserver.letters[0].get_body(("plain",)).get_content()


# Asked again at the moment of sending ------------------------------------------------------------


def test_who_left_the_plg_gets_nothing_that_was_queued(record_news, cast, mailserver):
    record_news(cast.amina, cast.tom)
    cast.maths.memberships.filter(person=cast.tom).update(state=MembershipState.ENDED)
    assert sending.send_due() == 1
    assert not mailserver.to(cast.tom.email)
    assert state_of(cast.tom) == State.CANCELLED


def test_who_leaves_between_making_and_sending_gets_nothing(record_news, news, cast, mailserver):
    def leaves_just_now(delivery, about, person):
        cast.maths.memberships.filter(person=person).update(state=MembershipState.ENDED)
        return []

    news(attachments=leaves_just_now)  # asked after the words were made, before the last look
    record_news(cast.amina)
    assert sending.send_due() == 0
    assert (mailserver.letters, state_of(cast.amina)) == ([], State.CANCELLED)


def test_a_letter_withdrawn_while_a_worker_holds_it_stays_here(record_news, news, cast, mailserver):
    def withdrawn_just_now(delivery, about, person):
        outbox.withdraw(about=about)
        return []

    news(attachments=withdrawn_just_now)
    record_news(cast.amina)
    assert sending.send_due() == 0
    assert (mailserver.letters, state_of(cast.amina)) == ([], State.CANCELLED)


def test_what_is_no_longer_the_case_is_not_sent(record_news, news, cast, mailserver):
    news(still_right=lambda delivery, about, person: person != cast.tom)
    record_news(cast.amina, cast.tom)
    assert sending.send_due() == 1
    assert state_of(cast.tom) == State.CANCELLED


def test_what_is_gone_is_not_written_about(record_news, cast, mailserver):
    from tests.cast import plg

    other = plg(cast.wissel, "PLG Lezen")
    record_news(cast.amina, about=other)
    other.delete()
    assert sending.send_due() == 0
    assert state_of(cast.amina) == State.CANCELLED


@pytest.mark.parametrize("pace", [Pace.LETTER, Pace.NEVER])
def test_a_pace_chosen_after_the_deed_still_counts(record_news, cast, mailserver, pace):
    record_news(cast.amina)
    PaceChoice.objects.create(person=cast.amina, kind="tests.happened", pace=pace)
    assert sending.send_due() == 0


def test_a_closed_account_gets_nothing(record_news, cast, mailserver):
    record_news(cast.amina)
    get_user_model().objects.filter(pk=cast.amina.pk).update(is_active=False)
    assert sending.send_due() == 0


def test_a_letter_that_can_wait_waits_for_a_good_moment(record_news, news, cast, mailserver, time_machine):
    time_machine.move_to("2026-11-21T11:00Z", tick=False)  # a Saturday
    news(wait=True)
    record_news(cast.amina)
    assert sending.send_due() == 0
    due_at = Delivery.objects.get().due_at
    assert due_at.isoformat() == "2026-11-23T06:30:00+00:00"  # Monday, half past seven in Amsterdam
    time_machine.move_to(due_at + timedelta(seconds=1), tick=False)
    assert sending.send_due() == 1


def test_during_a_pause_what_cannot_wait_stays_in_the_bell(record_news, cast, mailserver):
    cast.amina.paused_until = (now() + timedelta(days=3)).date()
    cast.amina.save()
    record_news(cast.amina)
    assert sending.send_due() == 0
    assert Notification.objects.filter(person=cast.amina).exists()


def test_a_fixed_kind_reaches_who_turned_all_mail_off(record_news, news, cast, mailserver):
    news(fixed=True)
    PaceChoice.objects.create(person=cast.amina, kind="", pace=Pace.NEVER)
    record_news(cast.amina)
    assert sending.send_due() == 1
    assert "List-Unsubscribe" not in mailserver.letters[0]


def test_what_was_mailed_does_not_stand_in_the_plg_letter_again(record_news, cast, mailserver):
    record_news(cast.amina)
    sending.send_due()
    assert not cast.amina.notifications.for_letter().exists()
