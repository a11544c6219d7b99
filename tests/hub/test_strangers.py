"""A visitor without an account reports what stands on the web; it goes where all reports go."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from activity.models import Ask, Delivery
from core.refusals import Refused
from knowledgehub.actions import objecting
from knowledgehub.models import Objection
from organisations.terms import carry_out
from tests import cast as make

WORDS = {"what": "pupils", "reason": "Mijn dochter staat op de foto.", "address": "Ouder@School.example", "website": ""}


@pytest.fixture
def lesson(cast):
    return make.resource(cast.amina, audience="public")


def address(lesson):
    return reverse("knowledgehub:report", args=[lesson.pk])


def test_a_parent_reports_a_photo_and_hears_what_was_decided(cast, client, lesson, commits):
    assert address(lesson) in client.get(lesson.get_absolute_url()).content.decode()
    assert client.get(address(lesson)).status_code == 200
    answer = client.post(address(lesson), WORDS, follow=True)
    assert answer.redirect_chain[-1][0] == lesson.get_absolute_url()
    objection = Objection.objects.get()
    assert (objection.by, objection.address) == (None, "ouder@school.example")
    assert Ask.objects.open().get(kind=objecting.ASKED).person == cast.paula
    objecting.hide(objection, by=cast.paula, outcome="De foto gaat eruit.")
    assert Delivery.objects.get(kind="knowledgehub.settled").address == "ouder@school.example"


def test_who_settles_it_does_not_see_the_address(cast, client, lesson, signed_in):
    client.post(address(lesson), WORDS)
    page = signed_in(cast.paula).get(Objection.objects.get().get_absolute_url()).content.decode()
    assert "Mijn dochter staat op de foto." in page
    assert "ouder@school.example" not in page.lower()


def test_without_an_address_or_with_a_wrong_one(client, lesson):
    answer = client.post(address(lesson), WORDS | {"address": "geen adres"})
    assert answer.status_code == 422
    assert "Mijn dochter staat op de foto." in answer.content.decode(), "what was typed is not lost"
    client.post(address(lesson), WORDS | {"address": ""})
    assert Objection.objects.get().address == ""


def test_a_program_that_fills_in_everything_is_thanked_and_nothing_is_kept(client, lesson):
    answer = client.post(address(lesson), WORDS | {"website": "https://spam.example"})
    assert answer.status_code == 302
    assert not Objection.objects.exists()


@pytest.mark.parametrize("audience", ["members", "plg"])
def test_what_does_not_stand_on_the_web_is_not_there_for_her(cast, client, audience):
    lesson = make.resource(cast.amina, audience=audience, of=cast.maths if audience == "plg" else None)
    for answer in (client.get(address(lesson)), client.post(address(lesson), WORDS)):
        assert answer.status_code == 302
        assert reverse("account_login") in answer.url
    assert not Objection.objects.exists()
    with pytest.raises(Refused):
        objecting.report(lesson, by=None, what="unfit", reason="x")


def test_what_was_hidden_is_reported_by_nobody(cast, client, lesson):
    objecting.hide(objecting.report(lesson, by=cast.tom, what="unfit", reason="x"), by=cast.paula, outcome="Weg.")
    assert client.get(address(lesson)).status_code == 302


def test_strangers_do_not_flood_who_must_settle_it(client, lesson):
    for _n in range(objecting.MOST_OF_STRANGERS):
        client.post(address(lesson), WORDS)
    assert client.post(address(lesson), WORDS).status_code == 422
    assert Objection.objects.count() == objecting.MOST_OF_STRANGERS


def test_behind_one_address_not_ten_times_an_hour(cast, client, settings):
    settings.ANSWER_LIMITS = True
    answers = []
    for n in range(11):
        lesson = make.resource(cast.amina, title=f"Les {n}", audience="public")
        answers.append(client.post(address(lesson), WORDS, REMOTE_ADDR="198.51.100.77").status_code)
    assert answers == [302] * 10 + [429]


def test_the_address_goes_three_months_after_it_was_settled(cast, client, lesson, time_machine):
    client.post(address(lesson), WORDS)
    carry_out()
    assert Objection.objects.get().address, "still open"
    objecting.settle(Objection.objects.get(), by=cast.paula, outcome="Het mag.")
    time_machine.move_to(now() + timedelta(days=91))
    carry_out()
    assert Objection.objects.get().address == ""
