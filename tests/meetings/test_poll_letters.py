"""The letters of a date poll, as they arrive: one when it opens, a reminder for who has not voted, nothing twice."""

import re
from datetime import date, time

import pytest
from django.utils.timezone import now

from activity import sending
from activity.models import Delivery
from communities.choices import MembershipState
from communities.meetings import polls
from communities.meetings.actions import polls as actions
from communities.meetings.models import Vote
from communities.models import Membership

AMINA, TOM, NEW = "amina.yildiz@school.example", "tom.hendriks@school.example", "nieuw@school.example"


@pytest.fixture
def poll(cast, at, mailserver):
    Membership.objects.create(community=cast.maths, address=NEW, state=MembershipState.ACTIVE)
    with at("2026-11-09 10:00:00+01:00"):
        mailserver.forget()
        options = [
            {"held_on": date(2026, 12, day), "starts": time(15, 30), "ends": time(17), "school": cast.wissel}
            for day in (1, 3)
        ]
        yield actions.open_poll(
            cast.maths, by=cast.fatima, deadline=date(2026, 11, 20), options=options, title="Les ontwerpen"
        )


def link(letter):
    html = letter.get_body(("html",)).get_content()
    return re.search(r'href="https?://[^/]+(/meetings/vote/[^"]+)"', html)[1]


def test_the_letter_names_the_dates_and_leads_to_a_vote_without_signing_in(cast, poll, mailserver, client):
    sending.send_due()
    (letter,) = mailserver.to(NEW)
    text = letter.get_body(("plain",)).get_content()
    assert "PLG Rekenen" in letter["Subject"] and "Dinsdag 1 december" in text and "De Wissel" in text
    page = client.get(link(letter))
    assert page.status_code == 200 and not Vote.objects.exists()
    client.post(link(letter), {"all": "yes"})
    assert {row.address for row in Vote.objects.all()} == {NEW}


def test_the_reminder_reaches_only_who_has_not_voted_and_once(cast, poll, mailserver, membership, at):
    options = polls.options_of(poll)
    actions.vote(poll, membership(cast.amina), fits={row.pk: "yes" for row in options})
    sending.send_due()
    mailserver.forget()
    with at("2026-11-19 09:00:00+01:00"):
        sending.send_due()
        assert len(mailserver.to(TOM)) == 1 and len(mailserver.to(NEW)) == 1
        assert not mailserver.to(AMINA)
        polls.renew(poll)
        sending.send_due()
        assert len(mailserver.to(TOM)) == 1


def test_a_withdrawn_poll_reminds_nobody(cast, poll, mailserver, at):
    sending.send_due()
    actions.withdraw_poll(poll, by=cast.fatima)
    mailserver.forget()
    with at("2026-11-19 09:00:00+01:00"):
        sending.send_due()
        assert not [letter for letter in mailserver.letters if "wacht nog" in letter["Subject"]]
    assert not Delivery.objects.filter(kind=polls.REMINDER, state="pending", due_at__lt=now()).exists()


def test_the_chosen_dates_come_with_a_calendar_file(cast, poll, mailserver):
    sending.send_due()
    mailserver.forget()
    actions.decide_poll(poll, by=cast.fatima, options=[polls.options_of(poll)[0].pk])
    sending.send_due()
    (letter,) = mailserver.to(AMINA)
    [file] = [part for part in letter.walk() if part.get_content_type() == "text/calendar"]
    assert "Les ontwerpen" in file.get_content()
