"""Practising at a real meeting: the PLG agrees, she looks back first, and only then her coach says what she saw."""

from datetime import timedelta

import pytest
from django.urls import reverse

from activity.models import Ask
from communities.meetings.models import Meeting
from core import links
from core.time import today
from tests import cast as make
from tests.training import world
from training.models import Practice

SAID = {"feed_up": "Ruimte geven.", "feedback": "Je telde tot vijf.", "feedforward": "Vraag door.", "verdict": ""}


@pytest.fixture
def enrolment(cast):
    return world.learner(cast, world.group(cast, world.programme()))


@pytest.fixture
def meeting(cast):
    return make.meeting(cast.maths, 5)


@pytest.fixture
def practice(cast, enrolment, meeting, signed_in):
    path = reverse("training:plan_practice", args=[enrolment.pk])
    answer = signed_in(cast.fatima).post(path, {"meeting": meeting.pk, "aim": "Stiltes laten vallen"})
    row = Practice.objects.get()
    assert answer["Location"] == row.get_absolute_url()
    return row


def step(client, row, verb, **said):
    return client.post(reverse("training:practice_step", args=[row.pk, verb]), said)


def waits_for(kind):
    return set(Ask.objects.open().filter(kind=kind).values_list("person__name", flat=True))


def held(meeting):
    """It is the day after."""
    Meeting.objects.filter(pk=meeting.pk).update(held_on=today() - timedelta(days=1))


def test_the_plg_agrees_she_looks_back_and_only_then_the_coach_speaks(cast, practice, meeting, signed_in):
    fatima, amina, tom = signed_in(cast.fatima), signed_in(cast.amina), signed_in(cast.tom)
    assert waits_for("training.agree_practice") == {"Amina Yildiz"}  # the others of the PLG; her coach is none of them
    assert step(amina, practice, "consent").status_code == 302
    assert not waits_for("training.agree_practice")

    held(meeting)
    assert step(fatima, practice, "hold").status_code == 302
    too_early = step(tom, practice, "feedback", **SAID | {"verdict": "sufficient"})
    assert too_early.status_code == 422 and "Je telde tot vijf." in too_early.content.decode()
    assert step(fatima, practice, "reflect", reflection=" ").status_code == 422
    assert step(fatima, practice, "reflect", reflection="Het werd stil, en dat hielp.").status_code == 302
    assert waits_for("training.coach_feedback") == {"Tom Hendriks"}

    assert step(tom, practice, "feedback", **SAID | {"verdict": "sufficient"}).status_code == 302
    practice.refresh_from_db()
    assert (practice.state, practice.feedback_by, practice.consented_by) == ("sufficient", cast.tom, cast.amina)
    assert not waits_for("training.coach_feedback")
    assert "Vraag door." in fatima.get(practice.get_absolute_url()).content.decode()


def test_the_plg_reads_what_is_asked_and_nothing_of_how_it_went(cast, practice, signed_in):
    Practice.objects.filter(pk=practice.pk).update(
        state="sufficient", reflection="Ik was zenuwachtig.", feedback="Je telde tot vijf.", verdict="sufficient",
        reflected_at="2026-11-01T12:00Z", feedback_at="2026-11-01T12:00Z",
    )  # fmt: skip
    page = signed_in(cast.amina).get(practice.get_absolute_url()).content.decode()
    assert "zenuwachtig" not in page and "tot vijf" not in page
    assert "zenuwachtig" in signed_in(cast.els).get(practice.get_absolute_url()).content.decode()


def test_without_the_plgs_yes_nothing_is_held(cast, practice, meeting, signed_in):
    assert step(signed_in(cast.amina), practice, "refuse").status_code == 302
    held(meeting)
    step(signed_in(cast.fatima), practice, "hold")
    practice.refresh_from_db()
    assert practice.state == "planned" and practice.refused_at


def test_a_plg_may_change_its_mind_until_it_was_held(cast, practice, signed_in):
    amina = signed_in(cast.amina)
    step(amina, practice, "refuse")
    step(amina, practice, "consent")
    practice.refresh_from_db()
    assert practice.consented_at and not practice.refused_at


def test_it_is_not_held_before_the_meeting(cast, practice, signed_in):
    step(signed_in(cast.amina), practice, "consent")
    step(signed_in(cast.fatima), practice, "hold")
    practice.refresh_from_db()
    assert practice.state == "planned"


@pytest.mark.parametrize("who", ["fatima", "tom", "els", "bram"])
def test_neither_she_nor_her_coach_nor_who_is_outside_agrees_for_the_plg(cast, practice, signed_in, who):
    step(signed_in(getattr(cast, who)), practice, "consent")
    practice.refresh_from_db()
    assert practice.consented_at is None


def test_the_plg_answers_from_the_letter(cast, practice, client, signed_in):
    path = reverse("training:agree_by_mail", args=[links.sign("training.practice", practice=practice.pk,
                                                              person=cast.amina.pk)])  # fmt: skip
    assert "Fatima Aydin" in client.get(path).content.decode()
    practice.refresh_from_db()
    assert practice.consented_at is None
    client.post(path, {"agree": "1"})
    practice.refresh_from_db()
    assert practice.consented_by == cast.amina
    client.post(path, {"refuse": "1"})
    practice.refresh_from_db()
    assert practice.refused_at and not practice.consented_at
    assert signed_in(cast.dele).get(path).status_code == 410


def test_a_meeting_of_another_plg_is_not_to_be_chosen(cast, enrolment, meeting, signed_in):
    other = make.meeting(make.plg(cast.regenboog, "PLG Taal"), 5)
    path = reverse("training:plan_practice", args=[enrolment.pk])
    answer = signed_in(cast.fatima).post(path, {"meeting": other.pk, "aim": "Stiltes"})
    assert answer.status_code == 422 and "Stiltes" in answer.content.decode() and not Practice.objects.exists()


def test_it_moves_to_another_meeting_and_the_plgs_yes_was_for_that_one_meeting(cast, practice, signed_in):
    step(signed_in(cast.amina), practice, "consent")
    other = make.meeting(cast.maths, 12)
    path = reverse("training:move_practice", args=[practice.pk])
    assert signed_in(cast.fatima).post(path, {"meeting": other.pk}).status_code == 302
    practice.refresh_from_db()
    assert practice.meeting == other and practice.consented_at is None
    assert waits_for("training.agree_practice") == {"Amina Yildiz"}


def test_without_a_coach_there_is_nothing_to_plan_yet(cast, enrolment, signed_in):
    type(enrolment).objects.filter(pk=enrolment.pk).update(coach=None)
    answer = signed_in(cast.fatima).get(reverse("training:plan_practice", args=[enrolment.pk]))
    assert answer.status_code == 302


def test_once_more_is_another_session(cast, practice, meeting, signed_in):
    step(signed_in(cast.amina), practice, "consent")
    held(meeting)
    fatima = signed_in(cast.fatima)
    step(fatima, practice, "hold")
    step(fatima, practice, "reflect", reflection="Ik praatte te veel.")
    step(signed_in(cast.tom), practice, "feedback", **SAID | {"verdict": "insufficient"})
    practice.refresh_from_db()
    assert practice.state == "again"
    again = make.meeting(cast.maths, 20)
    path = reverse("training:plan_practice", args=[practice.enrolment_id])
    assert fatima.post(path, {"meeting": again.pk, "aim": "Doorvragen"}).status_code == 302
    assert Practice.objects.count() == 2
