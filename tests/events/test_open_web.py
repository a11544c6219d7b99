"""An event on the open web: what everybody gets who has no account, and what a colleague of another network gets."""

import pytest
from django.urls import reverse

from events.choices import State
from tests.events import world
from tests.events.offers import release

PAGE, SIGN_IN, NO, NOT_THERE = 200, 302, 403, 404
#: Address: what somebody without an account gets, what a stranger with one gets.
PAGES = {
    "detail": (PAGE, PAGE),
    "programme": (PAGE, PAGE),
    "session": (PAGE, PAGE),
    "calendar": (PAGE, PAGE),
    "schedule_json": (PAGE, PAGE),
    "register_guest": (PAGE, PAGE),
    "now": (SIGN_IN, PAGE),
    "code": (SIGN_IN, PAGE),
    "choose": (SIGN_IN, PAGE),
    "my_calendar": (SIGN_IN, PAGE),
    "register": (SIGN_IN, PAGE),
    "registrations": (SIGN_IN, NO),
    "check_in": (SIGN_IN, NO),
    "badges": (SIGN_IN, NO),
    "announce": (SIGN_IN, NO),
    "planner": (SIGN_IN, NO),
    "release": (SIGN_IN, NO),
    "contributions": (SIGN_IN, NO),
    "decide": (SIGN_IN, NO),
    "edit": (SIGN_IN, NO),
    "people": (SIGN_IN, NO),
    "questions": (SIGN_IN, NO),
    "allocate": (SIGN_IN, NO),
}


@pytest.fixture
def evening(cast):
    """Known, open, and for guests; Amina and a neighbour come."""
    event = world.an_event(cast, State.CALL_CLOSED, scope="public", is_for_guests=True, programme=True)
    release(event, cast.noor)
    event.state = State.OPEN
    event.save(update_fields=["state"])
    world.comes(event, cast.amina, diet="glutenvrij")
    world.comes(event, address="joke@thuis.example", name="Joke de Wit")
    return event


@pytest.mark.parametrize("name", PAGES)
def test_who_gets_which_page_of_an_open_evening(cast, evening, signed_in, name):
    row = evening.sessions.first() if name == "session" else evening
    address = reverse(f"events:{name}", args=[row.pk])
    answers = [page.get(address) for page in (signed_in(), signed_in(cast.dele))]
    assert tuple(answer.status_code for answer in answers) == PAGES[name]
    for answer in answers:
        words = b"" if answer.streaming else answer.content
        assert not any(secret in words for secret in (b"Joke", b"joke@", b"glutenvrij", b"Amina"))


@pytest.mark.parametrize("state", [State.CONCEPT, State.CANCELLED])
def test_a_concept_is_nobodys_and_what_is_called_off_says_so(cast, evening, signed_in, state):
    evening.state = state
    evening.save(update_fields=["state"])
    answer = signed_in().get(evening.get_absolute_url())
    if state == State.CONCEPT:
        assert answer.status_code in (SIGN_IN, NOT_THERE)
        assert b"Innovatielab" not in answer.content
    else:
        assert "gaat niet door" in answer.text or "afgelast" in answer.text
