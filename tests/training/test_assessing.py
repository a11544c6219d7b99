"""From portfolio to verdict: one assessor from outside, or two and a third; repair, appeal, and the certificate."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import override

from activity.models import Activity, Ask, Delivery
from core.refusals import Refused
from core.time import today
from people.models import User
from tests import cast as make
from tests.training import world
from training import progress
from training.actions import assessing, learning, moving
from training.actions import portfolio as showing
from training.choices import Verdict
from training.credentials.models import Credential
from training.forms.assessing import AssessForm, ItemForm
from training.models import Appeal, Assessment, Coaching, Enrolment, Feedback, GroupMember, Outcome, SubmissionVersion


@pytest.fixture(autouse=True)
def english():
    """Refusals by their source."""
    with override("en"):
        yield


@pytest.fixture
def group(cast):
    return world.group(cast, world.programme())


@pytest.fixture
def assured(group):
    """Its quality is assured: two look."""
    programme = group.version.programme
    programme.assessors = 2
    programme.save()
    return group


@pytest.fixture
def enrolment(cast, group):
    """Fatima did all there is to do, and put it into her portfolio."""
    row = world.learner(cast, group)
    world.everything_done(row, by=cast.dele)
    Assessment.objects.all().delete()
    fill(row)
    return row


def fill(row):
    """An item that shows every outcome."""
    said = {"title": "Mijn kijkkader", "text": "Dit deed ik.", "outcomes": list(all_outcomes(row))}
    form = ItemForm({**said, "outcomes": [each.pk for each in said["outcomes"]]}, enrolment=row)
    assert form.is_valid(), form.errors
    return showing.keep_item(form, enrolment=row, by=row.person)


def all_outcomes(row):
    return Outcome.objects.filter(version=row.version_id)


def assessor(group, person):
    """Somebody who assesses in this group."""
    GroupMember.objects.create(group=group, person=person, part="assessor")
    world.forget(person)
    return person


def outsider(name):
    """Somebody of another board."""
    return make.person(name)


def judge(row, verdict=Verdict.SUFFICIENT, by=None):
    """Give this judgement for all outcomes."""
    data = {"says": "Ik las alles."}
    for outcome in all_outcomes(row.enrolment):
        data |= {f"verdict-{outcome.pk}": verdict, f"why-{outcome.pk}": "De bewijzen laten het zien."}
    form = AssessForm(data, outcomes=all_outcomes(row.enrolment))
    assert form.is_valid(), form.errors
    return assessing.give(form, assessment=row, by=by or row.assessor)


def asked(row):
    return list(Assessment.objects.filter(enrolment=row, state="asked").select_related("assessor", "enrolment"))


def state(row):
    return Enrolment.objects.get(pk=row.pk).state


# One assessor -------------------------------------------------------------------------------------


def test_one_assessor_from_outside_judges_and_the_certificate_is_proposed(cast, group, enrolment):
    assessor(group, cast.dele)
    assessing.hand_over(enrolment, by=cast.fatima)
    (row,) = asked(enrolment)
    assert row.assessor == cast.dele
    assert Ask.objects.open().get(kind="training.assess").person == cast.dele
    judge(row)
    assert state(enrolment) == "completed"
    certificate = Credential.objects.get(kind="certificate")
    assert (certificate.state, certificate.proposed_by) == ("eligible", cast.dele)
    assert not Ask.objects.open().filter(kind="training.assess").exists()
    kinds = set(Activity.objects.values_list("kind", flat=True))
    assert kinds >= {"training.handed_over", "training.asked_to_assess", "training.assessed", "training.completed"}


def test_nothing_is_handed_over_while_something_is_missing(cast, group):
    row = world.learner(cast, group)
    with pytest.raises(Refused, match="not done yet"):
        assessing.hand_over(row, by=cast.fatima)


def test_an_outcome_that_nothing_shows_is_named(cast, group, enrolment):
    enrolment.portfolio.get().outcomes.set(all_outcomes(enrolment)[:1])
    with pytest.raises(Refused, match="Nothing shows these outcomes yet: L2"):
        assessing.hand_over(enrolment, by=cast.fatima)


def test_only_the_learner_hands_over_and_only_once(cast, group, enrolment):
    with pytest.raises(Refused, match="Only the learner"):
        assessing.hand_over(enrolment, by=cast.els)
    assessing.hand_over(enrolment, by=cast.fatima)
    with pytest.raises(Refused, match="with an assessor already"):
        assessing.hand_over(enrolment, by=cast.fatima)


def test_the_portfolio_stays_as_it_is_while_it_is_assessed(cast, group, enrolment):
    assessing.hand_over(enrolment, by=cast.fatima)
    with pytest.raises(Refused, match="stays as it is"):
        fill(enrolment)
    with pytest.raises(Refused, match="stays as it is"):
        showing.remove_item(enrolment.portfolio.get(), by=cast.fatima)


def test_without_an_assessor_the_trainer_is_asked_to_name_one(cast, group, enrolment):
    assessing.hand_over(enrolment, by=cast.fatima)
    assert Ask.objects.open().get(kind="training.name_assessor").person == cast.els
    assessor(group, cast.dele)
    (row,) = asked(enrolment)
    assessing.name(row, by=cast.els, assessor=cast.dele)
    assert not Ask.objects.open().filter(kind="training.name_assessor").exists()
    assert Ask.objects.open().get(kind="training.assess").person == cast.dele


def test_an_assessor_hands_it_back_and_another_is_named(cast, group, enrolment):
    assessor(group, cast.dele)
    assessing.hand_over(enrolment, by=cast.fatima)
    (row,) = asked(enrolment)
    assessing.hand_back(row, by=cast.dele)
    assert asked(enrolment)[0].assessor is None
    assert Ask.objects.open().get(kind="training.name_assessor").person == cast.els
    other = assessor(group, outsider("Vera Wind"))
    assessing.name(asked(enrolment)[0], by=cast.els, assessor=other)
    with pytest.raises(Refused, match="not asked of you"):
        judge(asked(enrolment)[0], by=cast.dele)


# Who may not --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who", ["coach", "trainer", "leader", "colleague", "learner", "mentor", "gave_feedback", "gone"]
)
def test_an_assessor_looks_from_outside(cast, group, enrolment, who):
    dele = cast.dele
    person = {
        "coach": cast.tom, "trainer": cast.els, "leader": cast.bram, "colleague": cast.amina, "learner": cast.fatima,
    }.get(who, dele)  # fmt: skip
    assessor(group, person)
    if who == "mentor":
        Coaching.objects.create(kind="mentoring", coach=dele, coachee=cast.fatima, state="closed", accepted_at=now())
    if who == "gave_feedback":
        version = SubmissionVersion.objects.create(submission=enrolment.submissions.get(), number=1)
        Feedback.objects.create(version=version, by=dele, feedback="Mooi.", verdict="sufficient")
    if who == "gone":
        User.objects.filter(pk=dele.pk).update(is_active=False)
    assessing.hand_over(enrolment, by=cast.fatima)
    (row,) = asked(enrolment)
    assert row.assessor is None
    with pytest.raises(Refused):
        assessing.name(row, by=cast.els, assessor=User.objects.get(pk=person.pk))


def test_who_became_her_coach_meanwhile_judges_no_more(cast, group, enrolment):
    assessor(group, cast.dele)
    assessing.hand_over(enrolment, by=cast.fatima)
    Enrolment.objects.filter(pk=enrolment.pk).update(coach=cast.dele)
    with pytest.raises(Refused, match="is or was the coach"):
        judge(asked(enrolment)[0])
    assert state(enrolment) == "going"


def test_only_a_trainer_names_who_assesses(cast, group, enrolment):
    assessor(group, cast.dele)
    assessing.hand_over(enrolment, by=cast.fatima)
    with pytest.raises(Refused, match="trainers of the group"):
        assessing.name(asked(enrolment)[0], by=cast.fatima, assessor=cast.dele)


# Repair -------------------------------------------------------------------------------------------


def test_not_sufficient_is_repaired_and_judged_again(cast, group, enrolment):
    assessor(group, cast.dele)
    assessing.hand_over(enrolment, by=cast.fatima)
    judge(asked(enrolment)[0], Verdict.INSUFFICIENT)
    assert state(enrolment) == "insufficient"
    assert not Credential.objects.filter(kind="certificate").exists()
    with pytest.raises(Refused):
        assessing.hand_over(enrolment, by=cast.fatima)
    moving.take(enrolment, "repair", by=cast.els)
    assert progress.of(Enrolment.objects.get(pk=enrolment.pk)).next.url.endswith("/portfolio/")
    assessing.hand_over(enrolment, by=cast.fatima)
    (row,) = asked(enrolment)
    assert (row.attempt, row.assessor) == (2, cast.dele)
    judge(row)
    assert state(enrolment) == "completed"


def test_what_is_not_sufficient_says_why(enrolment):
    data = {"says": "Ik las alles."} | {f"verdict-{each.pk}": "insufficient" for each in all_outcomes(enrolment)}
    form = AssessForm(data, outcomes=all_outcomes(enrolment))
    assert not form.is_valid()
    assert len(form.errors) == 2


def test_a_judgement_is_given_once(cast, group, enrolment):
    assessor(group, cast.dele)
    assessing.hand_over(enrolment, by=cast.fatima)
    (row,) = asked(enrolment)
    judge(row)
    with pytest.raises(Refused, match="already"):
        judge(row, Verdict.INSUFFICIENT)


def test_nobody_but_the_assessors_says_that_it_is_insufficient(cast, group, enrolment):
    """The step is theirs, and follows from what they gave."""
    assessor(group, cast.dele)
    assessing.hand_over(enrolment, by=cast.fatima)
    for person in (cast.dele, cast.els, cast.tom):
        with pytest.raises(Refused):
            moving.take(enrolment, "judge", by=person)


# Two, a third, and appeal -------------------------------------------------------------------------


def two_of(group, *more):
    return [assessor(group, outsider(name)) for name in ("Vera Wind", "Wout Zee", *more)]


def test_two_who_agree_decide(cast, assured, enrolment):
    vera, wout = two_of(assured)
    assessing.hand_over(enrolment, by=cast.fatima)
    first, second = asked(enrolment)
    assert {first.assessor, second.assessor} == {vera, wout}
    judge(first)
    assert state(enrolment) == "going"
    judge(second)
    assert state(enrolment) == "completed"


def test_where_two_differ_a_third_decides(cast, assured, enrolment):
    two_of(assured, "Xandra Bos")
    assessing.hand_over(enrolment, by=cast.fatima)
    first, second = asked(enrolment)
    judge(first)
    judge(second, Verdict.INSUFFICIENT)
    assert state(enrolment) == "going"
    (third,) = asked(enrolment)
    assert (third.place, third.assessor not in (first.assessor, second.assessor)) == (3, True)
    judge(third, Verdict.INSUFFICIENT)
    assert state(enrolment) == "insufficient"


def test_on_appeal_somebody_else_decides(cast, assured, enrolment):
    two_of(assured)
    assessing.hand_over(enrolment, by=cast.fatima)
    for row in asked(enrolment):
        judge(row, Verdict.INSUFFICIENT)
    assessing.appeal(enrolment, by=cast.fatima, reason="Mijn film is niet bekeken.")
    (row,) = asked(enrolment)
    assert (row.place, row.assessor) == (4, None)  # both judged it before
    yara = assessor(assured, outsider("Yara Kool"))
    assessing.keep_up()
    (row,) = asked(enrolment)
    assert row.assessor == yara
    judge(row)
    assert state(enrolment) == "completed"
    assert Appeal.objects.get().settled_by == yara
    with pytest.raises(Refused):
        assessing.appeal(enrolment, by=cast.fatima, reason="Nog eens.")


def test_an_appeal_that_is_lost_changes_nothing(cast, assured, enrolment):
    two_of(assured)
    assessing.hand_over(enrolment, by=cast.fatima)
    for row in asked(enrolment):
        judge(row, Verdict.INSUFFICIENT)
    assessor(assured, outsider("Yara Kool"))
    assessing.appeal(enrolment, by=cast.fatima, reason="Mijn film is niet bekeken.")
    judge(asked(enrolment)[0], Verdict.INSUFFICIENT)
    assert state(enrolment) == "insufficient"
    with pytest.raises(Refused, match="did not agree with this before"):
        assessing.appeal(enrolment, by=cast.fatima, reason="Nog eens.")


def test_no_appeal_without_assured_quality_nor_after_six_weeks(cast, assured, enrolment):
    programme = assured.version.programme
    two_of(assured)
    assessing.hand_over(enrolment, by=cast.fatima)
    for row in asked(enrolment):
        judge(row, Verdict.INSUFFICIENT)
    Assessment.objects.update(given_at=now() - timedelta(weeks=7))
    with pytest.raises(Refused, match="six weeks"):
        assessing.appeal(enrolment, by=cast.fatima, reason="Te laat.")
    programme.assessors = 1
    programme.save()
    with pytest.raises(Refused, match="no appeal"):
        assessing.appeal(Enrolment.objects.get(pk=enrolment.pk), by=cast.fatima, reason="Toch.")


# People who leave ---------------------------------------------------------------------------------


def test_an_assessor_who_is_gone_is_replaced_at_night(cast, group, enrolment):
    assessor(group, cast.dele)
    assessing.hand_over(enrolment, by=cast.fatima)
    other = assessor(group, outsider("Vera Wind"))
    User.objects.filter(pk=cast.dele.pk).update(is_active=False)
    assessing.keep_up()
    assert [row.assessor for row in asked(enrolment)] == [other]


def test_trainers_hear_once_of_a_judgement_that_is_late(cast, group, enrolment, signed_in):
    assessor(group, cast.dele)
    assessing.hand_over(enrolment, by=cast.fatima)
    (row,) = asked(enrolment)
    assessing.keep_up()
    assert not Activity.objects.filter(kind="training.assessment_late").exists()
    Assessment.objects.filter(pk=row.pk).update(due_on=today() - timedelta(days=1))
    assessing.keep_up()
    assessing.keep_up()
    told = Delivery.objects.filter(activity__kind="training.assessment_late")
    assert [each.person for each in told] == moving.trainers(enrolment)
    page = signed_in(moving.trainers(enrolment)[0]).get(reverse("training:assessors", args=[enrolment.pk]))
    assert "te laat" in page.content.decode()
    other = assessor(group, outsider("Vera Wind"))
    assessing.name(row, by=moving.trainers(enrolment)[0], assessor=other)
    row.refresh_from_db()
    assert (row.late_at, row.due_on > today()) == (None, True)


def test_who_stops_is_assessed_no_more(cast, group, enrolment):
    assessor(group, cast.dele)
    assessing.hand_over(enrolment, by=cast.fatima)
    learning.step(enrolment, "stop", by=cast.fatima)
    with pytest.raises(Refused, match="does not take part any more"):
        judge(asked(enrolment)[0])
    assessing.keep_up()
    assert Assessment.objects.get().state == "void"
    assert not Ask.objects.open().filter(kind="training.assess").exists()
