"""For whom something becomes visible, before it is saved."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from knowledgehub import reach
from knowledgehub.models import Resource
from knowledgehub.rules import doors_of
from tests import cast as make


def doors(user):
    return [scope.door for scope in reach.scopes_of(user)]


def test_one_chooses_only_places_where_one_stands_oneself(cast):
    home, brug = cast.regenboog.pk, cast.board.pk
    assert doors(cast.amina) == ["-", f"c{cast.maths.pk}", f"s{home}", f"b{brug}", f"n{cast.network.pk}", "m", "w"]
    assert f"c{cast.maths.pk}" not in doors(cast.gijs), "a guest does not speak for the PLG"
    assert doors(cast.dele) == ["-", f"s{cast.waterlelie.pk}", f"b{cast.other_board.pk}", "m", "w"]


def test_it_counts_schools_and_people_that_are_there_now(cast):
    make.works(cast.dele, cast.wissel, until_on=date(2021, 1, 1))  # worked there once
    scopes = {scope.door[0]: scope for scope in reach.scopes_of(cast.amina)}
    assert scopes["c"].reach == (2, 3)  # De Regenboog and De Wissel; the guest is no member
    assert scopes["s"].reach == (1, 4)
    assert scopes["b"].reach == (2, 8)
    assert scopes["n"].reach == (2, 8)
    assert "2 scholen" in reach.says(scopes["n"])
    assert "web" in reach.says(scopes["w"])


def test_numbers_are_said_as_one_says_them():
    assert [reach.about(n) for n in (3, 20, 47, 834, 1249)] == ["3", "20", "± 50", "± 830", "± 1200"]


def test_who_is_inside_whom(cast):
    plg, school, board, network = (
        reach.Scope("plg", cast.maths), reach.Scope("school", cast.regenboog),
        reach.Scope("board", cast.board), reach.Scope("network", cast.network),
    )  # fmt: skip
    line = [reach.NARROWEST, school, board, network, reach.Scope("members"), reach.WIDEST]
    for n, narrow in enumerate(line):
        for m, wide in enumerate(line):
            assert reach.is_inside(narrow, wide) == (n <= m), (narrow.label, wide.label)
    assert reach.is_inside(plg, board)
    assert not reach.is_inside(plg, school), "Tom works elsewhere"
    make.member(cast.maths, cast.dele)
    assert not reach.is_inside(plg, network), "and Dele in no school of the network"


@settings(deadline=None, max_examples=30)
@given(st.data())
def test_the_door_rule_is_the_audience_in_words(django_db_setup, django_db_blocker, data):
    """Whoever is behind a scope finds what is shown there, and nobody else does."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        cast = make.cast()
        people = [cast.fatima, cast.amina, cast.tom, cast.bram, cast.noor, cast.ben, cast.gijs, cast.dele, cast.els]
        maker = data.draw(st.sampled_from(people))
        scope = data.draw(st.sampled_from(reach.scopes_of(maker)))
        lesson = make.resource(maker, audience=scope.audience, of=scope.place)
        reader = data.draw(st.sampled_from([*people, cast.paula]))
        behind = scope.door in doors_of(reader)
        assert Resource.objects.found_by(reader).filter(pk=lesson.pk).exists() == behind
        assert Resource.objects.allowing(reader, "view").filter(pk=lesson.pk).exists() == (behind or reader == maker)
        wider = [each for each in reach.scopes_of(maker) if reach.is_inside(scope, each)]
        for each in wider:  # what is inside another scope is seen by no one who stands outside that
            assert not behind or each.door in doors_of(reader)
        transaction.set_rollback(True)
