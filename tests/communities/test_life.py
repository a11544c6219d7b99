"""concept → open for members → active ↔ paused → completed, moved by the facilitator."""

import pytest

from activity.models import Ask
from communities import actions
from communities.choices import MembershipState, State
from communities.models import Community
from core.refusals import Refused
from tests.communities._plg import fresh, state_of

MOVES = [
    ("recruit", State.CONCEPT, State.RECRUITING),
    ("begin", State.RECRUITING, State.ACTIVE),
    ("rest", State.ACTIVE, State.RESTING),
    ("resume", State.RESTING, State.ACTIVE),
]


@pytest.mark.parametrize(("verb", "before", "after"), MOVES)
def test_the_facilitator_moves_it(cast, signed_in, verb, before, after):
    Community.objects.filter(pk=cast.maths.pk).update(state=before)
    url = f"/communities/{cast.maths.pk}/{verb}/"
    fatima = signed_in(cast.fatima)
    assert fatima.get(url).status_code == 405
    assert fatima.post(url).status_code == 302
    assert fresh(cast.maths).state == after


@pytest.mark.parametrize(("who", "answer"), [("amina", 403), ("gijs", 403), ("bram", 403), ("ben", 403), ("dele", 404)])
@pytest.mark.parametrize("verb", ["recruit", "begin", "rest", "resume", "close", "edit"])
def test_nobody_else_does(cast, signed_in, verb, who, answer):
    browser = signed_in(getattr(cast, who))
    assert browser.post(f"/communities/{cast.maths.pk}/{verb}/", {"outcome": "x"}).status_code == answer
    assert fresh(cast.maths).state == State.ACTIVE


@pytest.mark.parametrize("verb", ["begin", "resume"])
def test_a_move_that_does_not_fit_is_a_sentence(cast, verb):
    with pytest.raises(Refused):
        getattr(actions, verb)(cast.maths, by=cast.fatima)


def test_completing_asks_what_was_learned_and_ends_what_waits(cast, signed_in):
    actions.join(cast.maths, by=cast.els, promised=True)
    url = f"/communities/{cast.maths.pk}/close/"
    fatima = signed_in(cast.fatima)
    assert fatima.get(url).status_code == 200
    assert fatima.post(url, {"outcome": "  "}).status_code == 422
    assert fatima.post(url, {"outcome": "Tekenen vóór rekenen."}).status_code == 302
    closed = fresh(cast.maths)
    assert (closed.state, closed.outcome) == (State.CLOSED, "Tekenen vóór rekenen.")
    assert closed.closed_at
    assert state_of(closed, cast.els) == MembershipState.DECLINED
    assert not Ask.objects.open().exists()
    assert "Tekenen vóór rekenen." in signed_in(cast.amina).get(closed.get_absolute_url()).text
    assert fatima.post(url, {"outcome": "Nog eens"}).status_code == 422


def test_beginning_again_keeps_the_first_day(cast):
    day = cast.maths.started_on
    Community.objects.filter(pk=cast.maths.pk).update(state=State.RECRUITING)
    assert actions.begin(cast.maths, by=cast.fatima).started_on == day


def test_editing_keeps_what_was_typed_when_something_is_wrong(cast, signed_in):
    answer = signed_in(cast.fatima).post(
        f"/communities/{cast.maths.pk}/edit/", {"name": "Nieuwe naam", "seats_min": 9, "seats_max": 3}
    )
    assert answer.status_code == 422
    assert "Nieuwe naam" in answer.text
    assert fresh(cast.maths).name == "PLG Rekenen"
