"""Many hands at one resource, collection or question; and two accounts of one person that become one."""

from datetime import timedelta

import pytest

from core.refusals import Refused
from core.time import today
from knowledgehub import merging
from knowledgehub.actions import collecting, using
from knowledgehub.models import Author, Collection, Experience, FollowedTheme, Resource, Saved
from knowledgehub.questions import actions, privacy
from knowledgehub.questions.models import Answer, Follow, Question
from tests import cast as people
from tests.hands import together


@pytest.mark.django_db(transaction=True)
def test_all_who_tell_at_once_are_counted():
    cast = people.cast()
    strips = people.resource(cast.amina)
    tellers = [cast.els, cast.bram, cast.fatima, cast.tom]
    together(*(lambda one=one: using.tell(strips, by=one, used_on=today(), again="yes") for one in tellers))
    assert Resource.objects.get().used == Experience.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_who_taps_twice_tells_once():
    cast = people.cast()
    strips = people.resource(cast.amina)
    told = together(*(lambda: using.tell(strips, by=cast.els, used_on=today(), again="yes") for _ in range(3)))
    assert sum(isinstance(each, Refused) for each in told) == 2
    assert Resource.objects.get().used == 1


@pytest.mark.django_db(transaction=True)
def test_what_is_ordered_by_two_hands_keeps_one_order():
    cast = people.cast()
    row = collecting.begin_collection(by=cast.tom, name="Breuken", of=cast.maths)
    items = [
        collecting.lay_in(row, people.resource(cast.amina, title=title), by=cast.tom)
        for title in ("Een", "Twee", "Drie")
    ]
    together(*(lambda item=item: collecting.shift(item, by=cast.tom, steps=-1) for item in items))
    assert sorted(row.items.values_list("position", flat=True)) == [1, 2, 3]
    assert Collection.objects.get().items.count() == 3


@pytest.mark.django_db(transaction=True)
def test_answers_at_once_are_all_counted():
    cast = people.cast()
    row = actions.ask(by=cast.els, network=cast.network, title="Hoe?", text="Hoe?")
    people_who_know = [cast.tom, cast.amina, cast.bram]
    together(*(lambda one=one: actions.answer(row, by=one, text="Zo.") for one in people_who_know))
    assert Question.objects.get().answers_count == Answer.objects.count() == 3


def test_two_accounts_become_one_and_nothing_stands_twice(cast):
    second = people.person("Els J.", "els@tweede.example")
    strips = people.resource(cast.amina)
    for one, days in ((cast.els, 1), (second, 1), (second, 5)):
        using.tell(strips, by=one, used_on=today() - timedelta(days=days), again="yes")
    for one in (cast.els, second):
        collecting.save(strips, by=one)
        collecting.follow_theme("maths", by=one)
    collecting.begin_collection(by=second, name="Van de tweede")
    hers = people.resource(second, title="Gemaakt met de tweede")
    people.works(second, cast.wissel)
    asked = actions.ask(by=second, network=cast.network, title="Hoe?", text="Hoe?")
    actions.follow(asked, by=cast.els)
    merging.merge(cast.els, second)
    privacy.merge(cast.els, second)
    strips.refresh_from_db()
    assert strips.used == 2, "one day is told once"
    assert Saved.objects.get().person == FollowedTheme.objects.get().person == Follow.objects.get().person == cast.els
    assert Collection.objects.get().person == Author.objects.get(resource=hers).person == cast.els
    assert Question.objects.get().author == cast.els
