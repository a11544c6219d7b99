"""Two people from a wish to a farewell; who cannot be together; and what becomes of it when one leaves."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from activity.models import Activity, Ask, Notification
from core.refusals import Refused
from core.time import today
from people.models import User
from tests import cast as make
from tests.training import world
from training.actions import coaching as deeds
from training.forms.coaching import GoalForm, TalkForm
from training.models import Assessment, Coaching, CoachOffer, Goal, Note, Talk


@pytest.fixture(autouse=True)
def english():
    """Refusals by their source."""
    with override("en"):
        yield


@pytest.fixture
def offered(cast):
    """Tom of De Wissel coaches and mentors, two people at once."""
    return CoachOffer.objects.create(
        person=cast.tom, kinds=["coaching", "mentoring"], themes=["maths"], capacity=2, says="Rustig."
    )


@pytest.fixture
def together(cast, offered):
    """Amina and Tom, who agreed on a goal and began."""
    row = propose(cast)
    row = deeds.step(row, "accept", by=cast.tom)
    goal(row, cast.amina)
    return deeds.step(row, "begin", by=cast.amina)


def propose(cast, **more):
    more = {"by": cast.amina, "coach": cast.tom, "coachee": cast.amina, "kind": "coaching"} | more
    return deeds.propose(wish="Ik praat te veel.", **more)


def goal(row, by, text="Na een vraag wacht ik."):
    form = GoalForm({"text": text, "indicator": "Ik tel tot vijf.", "reached": 0})
    assert form.is_valid()
    return deeds.keep_goal(form, coaching=row, by=by)


def talk(row, by, days=5, **more):
    data = {"kind": "talk", "held_on": today() + timedelta(days=days), "minutes": 45} | more
    form = TalkForm(data)
    assert form.is_valid(), form.errors
    return deeds.keep_talk(form, coaching=row, by=by)


def test_from_a_wish_to_a_farewell(cast, offered):
    (found,) = deeds.find(cast.amina, kind="coaching", themes=["maths"])
    assert found[0] == offered
    row = propose(cast)
    assert Ask.objects.open().get(kind="training.answer_coaching").person == cast.tom
    row = deeds.step(row, "accept", by=cast.tom)
    assert not Ask.objects.open().filter(kind="training.answer_coaching").exists()
    with pytest.raises(Refused, match="Agree on a goal first"):
        deeds.step(row, "begin", by=cast.amina)
    first = goal(row, cast.amina)
    deeds.step(row, "begin", by=cast.tom)
    talk(row, cast.tom)
    row = deeds.look_back(row, by=cast.amina, reached="Ik wacht.", keep="De stilte.", stop="", goals={first: 4})
    assert (row.state, Goal.objects.get().reached) == ("evaluated", 4)
    assert deeds.step(row, "close", by=cast.tom).state == "closed"
    told = Notification.objects.values_list("person__name", "activity__kind")
    assert ("Amina Yildiz", "training.coaching_closed") in told
    assert ("Tom Hendriks", "training.coaching_proposed") in told


def test_who_proposed_it_does_not_answer(cast, offered):
    row = propose(cast)
    with pytest.raises(Refused, match="the other one answers"):
        deeds.step(row, "accept", by=cast.amina)
    with pytest.raises(Refused, match="not yours"):
        deeds.step(row, "accept", by=cast.fatima)


def test_at_most_three_goals(cast, together):
    goal(together, cast.tom)
    goal(together, cast.tom)
    with pytest.raises(Refused, match="Three goals are enough"):
        goal(together, cast.amina)


def test_either_stops_without_a_reason(cast, together):
    assert deeds.step(together, "stop", by=cast.amina).state == "stopped"
    assert Activity.objects.get(kind="training.coaching_stopped").facts == {}
    with pytest.raises(Refused, match="This is over"):
        talk(together, cast.tom)
    with pytest.raises(Refused, match="This is over"):
        deeds.write_note(coaching=together, by=cast.amina, text="Nog iets.")


def test_nothing_is_written_by_somebody_else(cast, together):
    for deed in (goal, talk):
        with pytest.raises(Refused, match="between the two"):
            deed(together, cast.fatima)
    with pytest.raises(Refused, match="between the two"):
        deeds.write_note(coaching=together, by=cast.bram, text="Ik kijk mee.")
    note = deeds.write_note(coaching=together, by=cast.amina, text="Van ons.", kind="shared")
    with pytest.raises(Refused, match="Only who wrote it"):
        deeds.edit_note(note, by=cast.tom, text="Anders.")


def test_a_private_note_is_its_writers_alone(cast, together):
    own = deeds.write_note(coaching=together, by=cast.tom, text="Niet te snel.")
    shared = deeds.write_note(coaching=together, by=cast.tom, text="Module 4.", kind="shared")
    world.forget(cast.amina, cast.tom)
    assert list(Note.objects.allowing(cast.amina, "view")) == [shared]
    assert set(Note.objects.allowing(cast.tom, "view")) == {own, shared}


# Who cannot be together ---------------------------------------------------------------------------


def test_a_mentor_is_not_the_line_manager(cast):
    CoachOffer.objects.create(person=cast.bram, kinds=["coaching", "mentoring"], capacity=2)
    assert deeds.find(cast.amina, kind="mentoring") == []
    with pytest.raises(Refused, match="not somebody's line manager"):
        propose(cast, coach=cast.bram, kind="mentoring")
    assert deeds.find(cast.amina, kind="coaching")  # a leader may coach


def test_who_became_her_leader_meanwhile_does_not_accept(cast, offered):
    row = propose(cast, kind="mentoring")
    make.role(cast.tom, "school_leader", cast.regenboog)
    with pytest.raises(Refused, match="not somebody's line manager"):
        deeds.step(row, "accept", by=cast.tom)


def test_of_a_leader_the_board_is_the_line_manager(cast):
    CoachOffer.objects.create(person=cast.ben, kinds=["mentoring"], capacity=2)
    with pytest.raises(Refused, match="not somebody's line manager"):
        propose(cast, by=cast.bram, coach=cast.ben, coachee=cast.bram, kind="mentoring")


def test_who_assesses_her_is_no_coach_and_no_mentor(cast, offered):
    enrolment = world.learner(cast, world.group(cast, world.programme()), cast.amina, coach=None)
    Assessment.objects.create(enrolment=enrolment, assessor=cast.tom)
    for kind in ("coaching", "mentoring"):
        assert deeds.find(cast.amina, kind=kind) == []
        with pytest.raises(Refused, match="assesses the other"):
            propose(cast, kind=kind)


def test_who_has_no_room_is_not_asked(cast, offered):
    CoachOffer.objects.update(capacity=1)
    propose(cast)
    assert deeds.find(cast.fatima, kind="coaching") == []
    with pytest.raises(Refused, match="no room"):
        propose(cast, by=cast.fatima, coachee=cast.fatima)


def test_two_have_it_once(cast, offered):
    propose(cast)
    with pytest.raises(Refused, match="have this already"):
        propose(cast)


def test_a_learner_asks_her_own_coach_without_an_offer(cast):
    world.learner(cast, world.group(cast, world.programme()), cast.amina, coach=cast.tom)
    assert propose(cast).coach == cast.tom
    with pytest.raises(Refused, match="cannot be asked"):
        propose(cast, by=cast.fatima, coachee=cast.fatima)


# Somebody leaves ----------------------------------------------------------------------------------


def test_when_one_is_erased_the_other_keeps_what_they_wrote(cast, together):
    from core.registry import erasures

    talk(together, cast.tom, said="Wij oefenen stilte.")
    deeds.write_note(coaching=together, by=cast.tom, text="Alleen van mij.")
    erasures["coaching"](cast.tom)
    row = Coaching.objects.get()
    assert (row.state, row.coach, row.coachee) == ("stopped", None, cast.amina)
    assert Talk.objects.get().said == "Wij oefenen stilte."
    assert not Note.objects.exists()


def test_the_page_is_there_for_who_stays(cast, together, signed_in):
    Coaching.objects.update(coach=None, state="stopped")
    page = signed_in(cast.amina).get(together.get_absolute_url())
    assert page.status_code == 200
    assert signed_in(cast.amina).get("/training/coaching/").status_code == 200


def test_whose_account_is_closed_is_not_found_and_accepts_nothing(cast, offered):
    row = propose(cast)
    User.objects.filter(pk=cast.amina.pk).update(is_active=False)
    with pytest.raises(Refused, match="no account any more"):
        deeds.step(row, "accept", by=cast.tom)
    User.objects.filter(pk=cast.tom.pk).update(is_active=False)
    assert deeds.find(cast.fatima, kind="coaching") == []


# Pages --------------------------------------------------------------------------------------------


def test_what_was_typed_comes_back(cast, together, signed_in):
    browser = signed_in(cast.amina)
    page = browser.post(f"/training/coaching/{together.pk}/goals/add/", {"text": "Doorvragen", "indicator": ""})
    assert page.status_code == 422
    assert "Doorvragen" in page.content.decode()
    page = browser.post(f"/training/coaching/{together.pk}/notes/add/", {"text": "Halve zin", "kind": "nobody"})
    assert page.status_code == 422
    assert "Halve zin" in page.content.decode()


def test_lists_cost_the_same_for_one_and_for_three(cast, together, signed_in):
    browser, url = signed_in(cast.amina), together.get_absolute_url()
    talk(together, cast.tom)
    deeds.write_note(coaching=together, by=cast.tom, text="Eén.", kind="shared")
    browser.get(url)
    counts = []
    for _round in range(2):
        for address in (url, "/training/coaching/", "/training/coaching/find/?kind=coaching"):
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(address).status_code == 200
            counts.append(len(asked))
        if _round == 0:
            for n, name in enumerate(("Bo Smit", "Cas Bos")):
                person = make.person(name)
                CoachOffer.objects.create(person=person, kinds=["coaching"], capacity=2)
                Coaching.objects.create(coach=person, coachee=cast.amina, state="active")
                talk(together, cast.tom, days=8 + n)
                deeds.write_note(coaching=together, by=cast.tom, text="Nog een.", kind="shared")
                goal(together, cast.tom)
    assert counts[:3] == counts[3:]
