"""All makers agree before something is published; silence is yes after ten working days, but not of who is shown."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from activity.models import Ask, Notification
from core.refusals import Refused
from knowledgehub.actions import approving, making
from knowledgehub.models import Approval
from people.calendar import after_working_days
from tests import cast as make

MONDAY = "2026-11-02 12:00"


@pytest.fixture
def asked(cast):
    """Amina wants to publish what she made with Tom and Fatima."""
    with time_machine.travel(MONDAY):
        lesson = make.resource(cast.amina, cast.tom, cast.fatima, published=False)
        assert not approving.put_forward(lesson.versions.get(), by=cast.amina)
    return lesson.versions.get()


def of(version, person):
    return Approval.objects.get(version=version, author__person=person)


def is_out(version):
    version.refresh_from_db()
    return version.is_published


def test_alone_it_is_published_at_once(cast):
    lesson = make.resource(cast.amina, published=False)
    assert approving.put_forward(lesson.versions.get(), by=cast.amina)


def test_each_fellow_maker_is_asked_and_the_last_yes_publishes(cast, asked):
    assert set(Ask.objects.open().values_list("person__name", flat=True)) == {"Tom Hendriks", "Fatima Aydin"}
    assert not approving.approve(of(asked, cast.tom), by=cast.tom)
    assert approving.approve(of(asked, cast.fatima), by=cast.fatima)
    assert is_out(asked)
    assert not Ask.objects.open().exists()
    assert Notification.objects.filter(person=cast.tom, activity__kind="knowledgehub.published").exists()


def test_who_does_not_agree_says_why_and_it_is_a_concept_again(cast, asked, signed_in):
    url = of(asked, cast.tom).get_absolute_url()
    client = signed_in(cast.tom)
    assert client.post(url, {"disagree": "yes", "why": " "}).status_code == 422
    client.post(url, {"disagree": "yes", "why": "Mijn groep staat op de foto."})
    asked.refresh_from_db()
    assert (asked.offered_at, asked.resource.state) == (None, "concept")
    page = signed_in(cast.amina).get(asked.resource.get_absolute_url()).content.decode()
    assert "Mijn groep staat op de foto." in page
    making.edit(asked, by=cast.amina, summary="Zonder foto.")
    assert not approving.put_forward(asked, by=cast.amina)
    assert of(asked, cast.tom).answer == ""


def test_after_ten_working_days_silence_is_yes(cast, asked):
    due = after_working_days(date(2026, 11, 2), 10, "Midden")
    assert of(asked, cast.tom).due_on == due
    with time_machine.travel(due):
        assert approving.close_due() == 0
    with time_machine.travel(due + timedelta(days=1)):
        assert approving.close_due() == 2
    assert is_out(asked)
    assert of(asked, cast.tom).answer == "silent"


def test_silence_of_who_is_shown_is_never_yes(cast, asked):
    asked.resource.authors.filter(person=cast.tom).update(is_shown=True)
    with time_machine.travel(date(2027, 2, 1)):
        assert approving.close_due() == 1
        assert not is_out(asked)
        assert approving.approve(of(asked, cast.tom), by=cast.tom)
    assert is_out(asked)


def test_holidays_do_not_run(cast):
    with time_machine.travel("2026-12-15 12:00"):
        lesson = make.resource(cast.amina, cast.tom, published=False)
        approving.put_forward(lesson.versions.get(), by=cast.amina)
    assert of(lesson.versions.get(), cast.tom).due_on == date(2027, 1, 12)


def test_while_makers_are_asked_nothing_changes_until_it_is_taken_back(cast, asked, signed_in):
    with pytest.raises(Refused):
        making.edit(asked, by=cast.amina, title="Anders")
    assert signed_in(cast.amina).get(reverse("knowledgehub:edit", args=[asked.resource_id])).status_code == 302
    approving.take_back(asked, by=cast.amina)
    making.edit(asked, by=cast.amina, title="Anders")
    assert not Ask.objects.open().exists()


def test_what_was_taken_back_cannot_be_answered(cast, asked):
    tom = of(asked, cast.tom)
    approving.disagree(of(asked, cast.fatima), by=cast.fatima, why="Nog niet.")
    with pytest.raises(Refused):
        approving.approve(tom, by=cast.tom)


def test_a_fellow_maker_sees_what_will_be_published_and_nobody_else_does(cast, asked, signed_in):
    url = of(asked, cast.tom).get_absolute_url()
    answers = {who: signed_in(getattr(cast, who)).get(url).status_code for who in ("tom", "amina", "els", "paula")}
    assert answers == {"tom": 200, "amina": 403, "els": 404, "paula": 404}
