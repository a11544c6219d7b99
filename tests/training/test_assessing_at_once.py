"""Two at the same time: one decision, one place, one part for each person."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from core.refusals import Refused
from tests import cast as make
from tests.training import world
from training.actions import assessing
from training.actions import coaching as deeds
from training.credentials.models import Credential
from training.forms.assessing import AssessForm
from training.models import Assessment, Coaching, CoachOffer, Enrolment, GroupMember, Outcome

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*deeds):
    """Do these in threads that start together; the outcome of each: None, or the sentence that refused it."""
    together = Barrier(len(deeds))

    def go(deed):
        together.wait()
        try:
            deed()
        except Refused as refusal:
            return str(refusal)
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(go, deeds))


def world_of(assessors=1):
    cast = make.cast()
    group = world.group(cast, world.programme())
    group.version.programme.assessors = assessors
    group.version.programme.save()
    enrolment = world.learner(cast, group)
    world.everything_done(enrolment, by=cast.dele)
    Assessment.objects.all().delete()
    people = [make.person(name) for name in ("Vera Wind", "Wout Zee", "Xandra Bos")]
    for person in people:
        GroupMember.objects.create(group=group, person=person, part="assessor")
    return cast, Enrolment.objects.get(pk=enrolment.pk), people


def judgement(row, verdict):
    outcomes = Outcome.objects.filter(version=row.enrolment.version_id)
    data = {"says": "Ik las alles."} | {f"verdict-{each.pk}": verdict for each in outcomes}
    form = AssessForm(data | {f"why-{each.pk}": "Zo." for each in outcomes}, outcomes=outcomes)
    assert form.is_valid()
    return lambda: assessing.give(form, assessment=row, by=row.assessor)


def asked(enrolment, people):
    rows = []
    for place, person in enumerate(people, 1):
        rows.append(Assessment.objects.create(enrolment=enrolment, assessor=person, place=place))
    return [Assessment.objects.select_related("enrolment", "assessor").get(pk=row.pk) for row in rows]


def test_two_assessors_who_differ_at_once_ask_one_third():
    _cast, enrolment, people = world_of(assessors=2)
    first, second = asked(enrolment, people[:2])
    assert at_once(judgement(first, "sufficient"), judgement(second, "insufficient")) == [None, None]
    assert Assessment.objects.filter(place=3).count() == 1


def test_two_assessors_who_agree_at_once_complete_it_once():
    _cast, enrolment, people = world_of(assessors=2)
    first, second = asked(enrolment, people[:2])
    assert at_once(judgement(first, "sufficient"), judgement(second, "sufficient")) == [None, None]
    assert Enrolment.objects.get(pk=enrolment.pk).state == "completed"
    assert Credential.objects.filter(kind="certificate").count() == 1


def test_the_same_judgement_twice_at_once_counts_once():
    _cast, enrolment, people = world_of()
    (row,) = asked(enrolment, people[:1])
    said = at_once(judgement(row, "sufficient"), judgement(row, "insufficient"))
    assert sorted(map(bool, said)) == [False, True]
    assert Assessment.objects.filter(state="given").count() == 1


def test_nobody_becomes_coach_and_assessor_at_once():
    cast, enrolment, people = world_of()
    vera = people[0]
    CoachOffer.objects.create(person=vera, kinds=["coaching"], capacity=2)
    row = deeds.propose(by=cast.fatima, coach=vera, coachee=cast.fatima, kind="coaching")
    (open_one,) = asked(enrolment, [None])
    said = at_once(
        lambda: deeds.step(row, "accept", by=vera),
        lambda: assessing.name(open_one, by=cast.els, assessor=vera),
    )
    assert sorted(map(bool, said)) == [False, True]
    assert Coaching.objects.filter(state="accepted").exists() != Assessment.objects.filter(assessor=vera).exists()


def test_the_last_room_of_a_coach_goes_once():
    cast, _enrolment, people = world_of()
    CoachOffer.objects.create(person=people[0], kinds=["coaching"], capacity=1)
    said = at_once(
        lambda: deeds.propose(by=cast.fatima, coach=people[0], coachee=cast.fatima, kind="coaching"),
        lambda: deeds.propose(by=cast.amina, coach=people[0], coachee=cast.amina, kind="coaching"),
    )
    assert sorted(map(bool, said)) == [False, True]
    assert Coaching.objects.count() == 1
