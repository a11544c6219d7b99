"""Two hands at the same instant: minutes and answers stay whole, and who came second gets a sentence."""

from datetime import timedelta

import pytest

from communities.choices import Role
from communities.meetings.actions import minutes as deeds
from communities.meetings.actions.action_points import agree, answer
from communities.meetings.choices import MinutesState, Tried
from communities.meetings.minutes import Typed, mark
from communities.meetings.models import ActionPoint, Approval, Minutes
from core.refusals import Refused
from core.time import today
from tests import cast as people
from tests.hands import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def plg(transactional_db):
    """A PLG of three that met a week ago."""
    school = people.school(board=people.board())
    community = people.plg(school)
    members = [people.person(f"Collega {n}") for n in range(3)]
    for n, colleague in enumerate(members):
        people.works(colleague, school)
        people.member(community, colleague, Role.FACILITATOR if n == 0 else Role.MEMBER)
    return people.meeting(community, -7), members


def proposed(held, by):
    minutes = deeds.grow(held, by=by)
    fresh = [Typed("decisions", mark_of(minutes, "decisions"), "", "- We vouwen")]
    deeds.write(minutes, by=by, typed=fresh)
    return deeds.propose(minutes, by=by)


def mark_of(minutes, key):
    stored = {section["key"]: section for section in minutes.versions.first().sections}
    return mark(stored[key]) if key in stored else ""


@pytest.mark.parametrize("_turn", range(4))
def test_approving_and_correcting_at_the_same_instant(plg, _turn):
    held, (fatima, amina, tom) = plg
    minutes = proposed(held, fatima)
    corrected = [Typed("decisions", mark_of(minutes, "decisions"), "", "- We knippen")]
    yes, _new = together(
        lambda: deeds.approve(minutes, by=amina, number=1),
        lambda: deeds.correct(minutes, by=tom, typed=corrected, because="knippen"),
    )
    minutes.refresh_from_db()
    assert (minutes.state, minutes.number) == (MinutesState.PROPOSED, 2)
    assert [row.person for row in Approval.objects.filter(version__number=2)] == [tom]
    early = Approval.objects.filter(version__number=1, person=amina).exists()
    assert early != isinstance(yes, Refused)  # either her yes was first, or she got the sentence


def test_two_who_write_the_same_part_at_the_same_instant(plg):
    held, (fatima, amina, tom) = plg
    minutes = deeds.grow(held, by=fatima)
    base = mark_of(minutes, "decisions")
    texts = {amina: "- Van Amina", tom: "- Van Tom"}
    outcomes = together(
        *(
            lambda who=who, text=text: deeds.write(minutes, by=who, typed=[Typed("decisions", base, "", text)])
            for who, text in texts.items()
        )
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, deeds.WroteMeanwhile)]
    assert len(refused) == 1
    kept = {section["key"]: section["text"] for section in minutes.versions.first().sections}["decisions"]
    assert kept in texts.values() and refused[0].theirs["decisions"]["text"] == kept


def test_two_who_begin_at_the_same_instant_have_one_draft(plg):
    held, members = plg
    together(*(lambda who=who: deeds.grow(held, by=who) for who in members))
    assert Minutes.objects.count() == 1 and Minutes.objects.get().versions.count() == 1


def test_all_say_yes_at_the_same_instant(plg):
    held, members = plg
    minutes = proposed(held, members[0])
    together(*(lambda who=who: deeds.approve(minutes, by=who, number=1) for who in members))
    minutes.refresh_from_db()
    assert minutes.state == MinutesState.APPROVED and Approval.objects.count() == 3


def test_two_taps_on_one_promise_leave_one_whole_answer(plg):
    held, (fatima, amina, _tom) = plg
    mine = held.community.memberships.get(person=amina)
    point = agree(held.community, by=fatima, holders=[mine], text="Vouw", due_on=today() + timedelta(days=3))[0]
    together(
        lambda: answer(point, by=amina, went=Tried.TRIED, sentence="Gelukt"),
        lambda: answer(point, by=amina, went=Tried.NOT_YET, sentence="Nog niet"),
    )
    point = ActionPoint.objects.get()
    assert (point.went, point.sentence, point.state) in {
        ("tried", "Gelukt", "done"), ("not_yet", "Nog niet", "open"),
    }  # fmt: skip
