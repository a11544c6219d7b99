"""Every state, every verb, everybody: what the table of steps says, and nothing else."""

from itertools import product

import pytest

from core.refusals import Refused
from lessonstudy.visits import steps
from lessonstudy.visits.actions import take
from lessonstudy.visits.choices import Direction, State, Way
from lessonstudy.visits.models import Feedback, Move
from organisations.actions import room
from tests import cast as make
from tests.lessonstudy.visits import world

#: way -> direction -> state -> verb -> who may: V who is visited, L who looks, C another member who may answer.
#: Written by hand from the page on class visits, to hold the code against.
FULL = {
    "open": {"offer": "V", "cancel": "O"},
    "offered": {"offer": "V", "accept": "L", "cancel": "O"},
    "accepted": {"need_cover": "L", "plan": "VL", "postpone": "VL", "cancel": "VL"},
    "cover": {"plan": "VL", "postpone": "VL", "cancel": "VL"},
    "planned": {"visit": "VL", "postpone": "VL", "cancel": "VL"},
    "visited": {"discuss": "VL"},
    "discussed": {"close": "VL"},
    "closed": {},
    "postponed": {"offer": "V", "cancel": "VL"},
    "cancelled": {},
}
SHORT = {"planned": {"visit": "VL", "move": "VL", "cancel": "VL"}, "visited": {}, "cancelled": {}}
VIDEO = {
    "open": {"offer": "V", "cancel": "O"},
    "offered": {"accept": "L", "cancel": "O"},
    "planned": {"visit": "L", "cancel": "VL"},
    "visited": {"discuss": "VL"},
    "discussed": {"close": "VL"},
    "closed": {},
    "cancelled": {},
}
TABLES = {("full", "live"): FULL, ("short", "live"): SHORT, ("full", "video"): VIDEO}
TO = {
    "offer": "offered", "accept": "accepted", "need_cover": "cover", "plan": "planned", "move": "planned",
    "visit": "visited", "discuss": "discussed", "close": "closed", "postpone": "postponed", "cancel": "cancelled",
}  # fmt: skip


def who_may(visit, letters, cast):
    """The people whom these letters mean for this visit."""
    found = set()
    for letter, person in (("V", visit.visited), ("L", visit.visitor)):
        if letter in letters:
            members = {cast.amina, cast.tom, cast.fatima} - {visit.opened_by}
            found |= {person} if person else members  # nobody yet: any other member may
    if "O" in letters:
        found |= {visit.opened_by} | ({visit.other} if visit.other else set())
    return found


def given(visit, verb):
    """What the step asks for."""
    slots = [world.school_day()]
    return {
        "offer": {"link": "https://film.example/1"} if visit.is_video else {"slots": slots},
        "accept": {"slot": visit.slots.first()},
        "need_cover": {"kind": "substitute", "school": visit.visitor and visit.visitor.affiliations.first().school},
        "move": {"slots": slots},
    }.get(verb, {})


@pytest.mark.parametrize("direction", ["come", "go"])
@pytest.mark.parametrize(("way", "form"), TABLES)
def test_a_step_is_taken_by_whom_the_table_names_and_nobody_else(cast, way, form, direction):
    make.role(cast.bram, "school_leader", cast.wissel)
    people = [cast.amina, cast.tom, cast.fatima, cast.bram, cast.dele, cast.gijs]
    table = TABLES[way, form]
    for state, verb, person in product(table, steps.VERBS, people):
        visit = a_visit(cast, state, verb, direction=direction, way=way, manner=form)
        wanted = state
        if person in who_may(visit, table[state].get(verb, ""), cast):
            wanted = "planned" if visit.is_video and verb == "accept" else TO[verb]
            take(visit, verb, by=person, because="Er was geen tijd meer.", **given(visit, verb))
        else:
            with pytest.raises(Refused):
                take(visit, verb, by=person, because="Er was geen tijd meer.", **given(visit, verb))
        visit.refresh_from_db()
        assert visit.state == wanted, (state, verb, person)
        room.drop_room(f"visit:{visit.pk}", by=person)
        visit.delete()


def a_visit(cast, state, verb, **how):
    """In this state; its lesson is behind us where it was there, and on a school day where a class needs somebody."""
    visit = world.a_visit(cast, state, **how, **({"days": -1} if verb == "visit" else {}))
    if verb == "need_cover" and visit.slot_id:
        visit.slots.update(held_on=world.school_day()[0])
    return visit


def test_the_table_of_the_code_has_no_step_more():
    for (way, form), table in TABLES.items():
        kind = steps.VIDEO if form == "video" else way
        ours = {(state.value, step.verb) for step in steps.STEPS[kind] for state in step.sources}
        assert ours == {(state, verb) for state, verbs in table.items() for verb in verbs}


def test_a_missing_reason_refuses_and_a_given_one_is_kept(cast):
    visit = world.a_visit(cast, "planned")
    for verb in ("postpone", "cancel"):
        with pytest.raises(Refused, match="waarom"):
            take(visit, verb, by=cast.tom, because="  ")
    take(visit, "postpone", by=cast.tom, because="Studiedag")
    assert Move.objects.get(visit=visit).reason == "Studiedag"


def test_a_class_without_anybody_may_be_passed_over_with_a_reason(cast):
    visit = world.a_visit(cast, "accepted")
    with pytest.raises(Refused) as refusal:
        take(visit, "plan", by=cast.tom)
    assert refusal.value.field == "because"
    take(visit, "plan", by=cast.tom, because="Mijn duo is er dan ook.")
    move = Move.objects.get(visit=visit)
    assert move.passed_over
    assert move.reason == "Mijn duo is er dan ook."


def test_a_visit_that_has_not_begun_was_not_there(cast):
    visit = world.a_visit(cast, "planned")
    with pytest.raises(Refused):
        take(visit, "visit", by=cast.tom, because="toch")


def test_without_the_talk_it_is_not_talked_over_unless_somebody_says_why(cast):
    visit = world.a_visit(cast, "visited")
    with pytest.raises(Refused, match="Amina"):
        take(visit, "discuss", by=cast.tom)
    Feedback.objects.filter(visit=visit).update(
        spoke_at=visit.created_at, told_at=visit.created_at, chose_at=visit.created_at
    )
    take(visit, "discuss", by=cast.tom)
    visit.refresh_from_db()
    assert visit.state == State.DISCUSSED


def test_two_members_do_not_take_the_same_visit(cast):
    visit = world.a_visit(cast, "offered")
    slot = visit.slots.get()
    take(visit, "accept", by=cast.tom, slot=slot)
    with pytest.raises(Refused):
        take(visit, "accept", by=cast.fatima, slot=slot)
    visit.refresh_from_db()
    assert visit.visitor == cast.tom


def test_what_the_page_shows_is_the_same_table(cast):
    visit = world.a_visit(cast, "planned", days=-1, direction=Direction.GO)
    parts = steps.parts_of(cast.tom, visit)
    assert [step.verb for step in steps.open_to(visit, parts)] == ["visit", "postpone", "cancel"]
    assert not steps.open_to(visit, steps.parts_of(cast.fatima, visit))
    assert visit.way == Way.FULL
