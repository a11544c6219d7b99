"""Joining at once, on request, and not at all."""

import pytest

from activity.models import Ask, Notification
from communities import actions
from communities.choices import JoinPolicy, MembershipState, State
from communities.models import Community
from core.refusals import Refused
from tests.cast import works
from tests.communities._plg import fresh, join, open_plg, state_of


def test_who_joins_an_open_plg_sits_at_once_and_the_facilitator_hears_of_it(cast):
    plg = open_plg(cast)
    place = join(plg, cast.els)
    assert place.state == MembershipState.ACTIVE
    assert place.school == cast.regenboog
    assert place.accepted_at
    told = Notification.objects.get(person=cast.fatima)
    assert told.activity.kind == "communities.joined"


def test_a_request_is_asked_of_the_facilitator_and_closed_by_her_yes(cast):
    join(cast.maths, cast.els)
    asked = Ask.objects.open().get(kind="communities.requested")
    assert asked.person == cast.fatima
    actions.admit(cast.maths.memberships.get(person=cast.els), by=cast.fatima, word="Fijn!")
    assert state_of(cast.maths, cast.els) == MembershipState.ACTIVE
    assert not Ask.objects.open().filter(kind="communities.requested").exists()
    assert cast.els.notifications.get().activity.facts == {"seated": True}


def test_a_no_comes_with_a_word_and_she_may_ask_again(cast):
    place = join(cast.maths, cast.els)
    actions.turn_down(place, by=cast.fatima, word="We zijn net begonnen.")
    place.refresh_from_db()
    assert (place.state, place.message) == (MembershipState.DECLINED, "We zijn net begonnen.")
    assert join(cast.maths, cast.els).state == MembershipState.REQUESTED


def test_a_request_is_answered_once(cast):
    place = join(cast.maths, cast.els)
    actions.turn_down(place, by=cast.fatima)
    with pytest.raises(Refused, match="answered or taken back"):
        actions.admit(place, by=cast.fatima)
    assert state_of(cast.maths, cast.els) == MembershipState.DECLINED


def test_a_request_can_be_taken_back(cast, signed_in):
    place = join(cast.maths, cast.els)
    assert signed_in(cast.els).post(f"/communities/memberships/{place.pk}/withdraw/").status_code == 302
    assert state_of(cast.maths, cast.els) == MembershipState.DECLINED
    assert not Ask.objects.open().filter(kind="communities.requested").exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"state": State.CONCEPT}, "not open for members yet"),
        ({"state": State.RESTING}, "is paused"),
        ({"state": State.CLOSED}, "is completed"),
        ({"join_policy": JoinPolicy.INVITATION}, "by invitation only"),
    ],
)
def test_a_plg_that_is_not_open_says_why(cast, fields, sentence):
    plg = open_plg(cast)
    Community.objects.filter(pk=plg.pk).update(**fields)
    with pytest.raises(Refused, match=sentence):
        join(plg, cast.els)
    assert not plg.memberships.filter(person=cast.els).exists()


def test_joining_without_the_promise_gives_the_form_back(cast, signed_in):
    Community.objects.filter(pk=cast.maths.pk).update(commitments="Ik ben er.")
    answer = signed_in(cast.els).post(f"/communities/{cast.maths.pk}/join/", {"message": "Graag!"})
    assert answer.status_code == 422
    assert "Graag!" in answer.text
    assert "Wat je schoolleider ziet" in answer.text or "What your school leader sees" in answer.text
    assert not cast.maths.memberships.filter(person=cast.els).exists()


def test_two_clicks_on_join_are_one_place_and_a_sentence(cast, signed_in):
    plg = open_plg(cast)
    els = signed_in(cast.els)
    first = els.post(f"/communities/{plg.pk}/join/", {"promised": "on"})
    again = els.post(f"/communities/{plg.pk}/join/", {"promised": "on"})
    assert first.status_code == 302
    assert again.status_code == 403  # she is in: there is nothing to join
    assert plg.memberships.filter(person=cast.els).count() == 1


def test_who_works_at_two_schools_says_for_which_she_comes(cast, signed_in):
    works(cast.els, cast.wissel)
    plg = open_plg(cast)
    els = signed_in(cast.els)
    page = els.get(f"/communities/{plg.pk}/join/")
    assert "De Wissel" in page.text
    els.post(f"/communities/{plg.pk}/join/", {"promised": "on", "school": cast.wissel.pk})
    assert plg.memberships.get(person=cast.els).school == cast.wissel


def test_a_school_of_others_cannot_be_chosen(cast, signed_in):
    works(cast.els, cast.wissel)
    plg = open_plg(cast)
    answer = signed_in(cast.els).post(f"/communities/{plg.pk}/join/", {"promised": "on", "school": cast.waterlelie.pk})
    assert answer.status_code == 422
    assert not plg.memberships.filter(person=cast.els).exists()


@pytest.mark.parametrize(
    ("who", "answer"), [("els", 200), ("amina", 403), ("fatima", 403), ("gijs", 403), ("bram", 200), ("dele", 404)]
)
def test_who_finds_the_page_to_join(cast, signed_in, who, answer):
    assert signed_in(getattr(cast, who)).get(f"/communities/{cast.maths.pk}/join/").status_code == answer


@pytest.mark.parametrize(
    ("who", "answer"), [("fatima", 302), ("amina", 403), ("bram", 404), ("dele", 404), ("ben", 404)]
)
@pytest.mark.parametrize("verb", ["admit", "turn-down"])
def test_only_the_facilitator_answers_a_request(cast, signed_in, verb, who, answer):
    place = join(cast.maths, cast.els)
    url = f"/communities/memberships/{place.pk}/{verb}/"
    assert signed_in(getattr(cast, who)).post(url).status_code == answer
    assert signed_in(getattr(cast, who)).get(url).status_code == 405


def test_somebody_else_cannot_take_a_request_back(cast, signed_in):
    place = join(cast.maths, cast.els)
    assert signed_in(cast.amina).post(f"/communities/memberships/{place.pk}/withdraw/").status_code == 404
    assert state_of(cast.maths, cast.els) == MembershipState.REQUESTED


def test_whoever_was_removed_asks_before_coming_back(cast):
    plg = open_plg(cast)
    place = join(plg, cast.els)
    actions.remove(place, by=cast.fatima, reason="Je was er nooit.")
    assert join(fresh(plg), cast.els).state == MembershipState.REQUESTED
