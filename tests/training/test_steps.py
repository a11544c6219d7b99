"""Every state, every verb and every part: what the table of steps says, and nothing else, can be done."""

from itertools import product

import pytest
from django.utils.timezone import now

from core import steps as table_of
from core.refusals import Refused
from tests import cast as make
from tests.training import world
from training import steps
from training.actions import moving
from training.choices import CoachingState, EnrolmentState, PracticeState, SubmissionState
from training.models import Coaching, Enrolment, Goal, Practice, Submission, SubmissionVersion


@pytest.fixture
def group(cast):
    return world.group(cast, world.programme(), places=9)


@pytest.fixture
def enrolment(cast, group):
    return world.learner(cast, group)


def people_of(cast):
    """Somebody with each part, and two who have none."""
    return {
        "learner": cast.fatima, "trainer": cast.els, "guide": cast.tom, "coach": cast.tom, "leader": cast.bram,
        "coachee": cast.amina, "plg": cast.amina, "admin": cast.paula, "stranger": cast.dele,
    }  # fmt: skip


def walk(row, table, states, cast, held):
    """Take each step from each state as everybody; (state, verb, who) of those that went."""
    went, wanted = set(), set()
    verbs = {step.verb for step in table}
    for state, verb, (who, person) in product(states, verbs, people_of(cast).items()):
        world.forget(*people_of(cast).values())
        type(row).objects.filter(pk=row.pk).update(state=state, **held)
        step = table_of.find(table, state, verb)
        if step and step.who & moving.parts(moving_row(row), person):
            wanted.add((state, verb, who))
        try:
            after = moving.take(row, verb, by=person, because="Zo is het afgesproken.")
        except Refused:
            assert moving_row(row).state == state, (state, verb, who)
            continue
        assert step.to == after.state == moving_row(row).state
        went.add((state, verb, who))
    return went, wanted


def moving_row(row):
    return type(row).objects.get(pk=row.pk)


def test_an_enrolment_goes_as_the_table_says(cast, enrolment):
    world.everything_done(enrolment, by=cast.gijs)
    held = {"consented_at": now(), "community": cast.maths}
    went, wanted = walk(enrolment, steps.ENROLMENT, EnrolmentState.values, cast, held)
    assert went == wanted - {("requested", "begin", "learner")}  # a trajectory is begun once one is admitted
    assert {who for _state, _verb, who in went} == {"learner", "trainer", "leader"}
    assert ("going", "fail", "trainer") in went
    assert not {each for each in went if each[1] == "admit" and each[2] != "trainer"}


def test_a_submission_goes_as_the_table_says(cast, enrolment):
    work = enrolment.version.modules.first().assignments.get()
    row = Submission.objects.create(enrolment=enrolment, assignment=work)
    SubmissionVersion.objects.create(submission=row, number=1, text="Wij kijken naar Sem.")
    went, wanted = walk(row, steps.SUBMISSION, SubmissionState.values, cast, {})
    assert went == wanted
    assert {who for _state, _verb, who in went} == {
        "learner",
        "trainer",
        "guide",
        "coach",
    }  # the coach and the trainer guide


def test_a_practice_session_goes_as_the_table_says(cast, enrolment):
    meeting = make.meeting(cast.maths, -1)
    row = Practice.objects.create(
        enrolment=enrolment, community=cast.maths, meeting=meeting, aim="Doorvragen", reflection="Het werd stil."
    )
    went, wanted = walk(row, steps.PRACTICE, PracticeState.values, cast, {"consented_at": now()})
    assert went == wanted
    assert {who for _s, verb, who in went if verb == "give_feedback"} == {"guide", "coach"}  # Tom is both
    assert {who for _s, verb, who in went if verb == "consent"} == {"plg", "coachee"}  # a member; not the coach


def test_a_coaching_goes_as_the_table_says(cast):
    row = Coaching.objects.create(coach=cast.tom, coachee=cast.amina, proposed_by=cast.amina)
    Goal.objects.create(coaching=row, text="Stiltes laten", indicator="Ik tel tot vijf")
    pytest.importorskip("training.coaching")
    went, wanted = walk(row, steps.COACHING, CoachingState.values, cast, {})
    assert went == wanted - {
        ("proposed", "accept", "plg"),
        ("proposed", "accept", "coachee"),
    }  # she proposed it herself


def test_who_learns_here_judges_nothing_of_it(cast, group, enrolment):
    """Fatima also trains the group in which she learns: she admits and approves nothing of her own."""
    group.members.create(person=cast.fatima, part="trainer")
    world.forget(cast.fatima)
    assert moving.parts(enrolment, cast.fatima) == {"learner"}


def test_a_leader_does_not_agree_with_herself(cast, group):
    own = world.learner(cast, group, cast.bram, state="requested", consented_at=None, consented_by=None)
    with pytest.raises(Refused):
        moving.take(own, "consent", by=cast.bram)


def test_admission_waits_for_the_leader_and_for_a_plg(cast, group):
    row = world.learner(cast, group, state="requested", consented_at=None, consented_by=None, community=None)
    with pytest.raises(Refused, match=r"schoolleider is nog niet akkoord.*nog geen PLG"):
        moving.take(row, "admit", by=cast.els)
    moving.take(row, "consent", by=cast.bram)
    Enrolment.objects.filter(pk=row.pk).update(community=cast.maths)
    assert moving.take(row, "admit", by=cast.els).state == "admitted"


def test_who_is_not_admitted_reads_why(cast, group):
    row = world.learner(cast, group, state="requested")
    with pytest.raises(Refused, match="Zeg waarom"):
        moving.take(row, "decline", by=cast.els, because=" ")
    assert moving.take(row, "decline", by=cast.els, because="Dit jaar is vol.").ended_why == "Dit jaar is vol."


def test_the_last_place_goes_once(cast):
    small = world.group(cast, world.programme(), places=1)
    first = world.learner(cast, small, state="requested")
    second = world.learner(cast, small, cast.amina, state="requested")
    moving.take(first, "admit", by=cast.els)
    with pytest.raises(Refused, match="vol"):
        moving.take(second, "admit", by=cast.els)


def test_what_is_missing_stands_before_the_end(cast, enrolment):
    with pytest.raises(Refused) as refusal:
        moving.take(enrolment, "complete", by=cast.els)
    said = str(refusal.value)
    assert "3 pagina's zijn nog niet klaar. 1 opdracht is nog niet goedgekeurd." in said
    assert "0 van 1 oefensessies" in said
    assert "nog geen voldoende beoordeling" in said


def test_what_people_learn_by_stays_as_it_is(cast, group):
    row = world.learner(cast, group, state="admitted")
    assert not row.version.why_not_edit
    moving.take(row, "begin", by=cast.fatima)
    row.version.refresh_from_db()
    assert "dus die blijft zoals die is" in row.version.why_not_edit
