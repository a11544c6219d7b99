"""What a cycle leaves: written by several, looked through, agreed by each, and shared."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from activity.models import Ask, Notification
from core.refusals import Refused
from core.time import today
from knowledgehub.choices import Audience as Door
from knowledgehub.models import Resource
from lessonstudy.actions import moving, outcomes
from lessonstudy.choices import Answer, Audience
from lessonstudy.guards import CHECKLIST
from lessonstudy.models import Approval, Outcome, ResearchLesson
from tests.lessonstudy import world

WORDS = {
    "headline": "Eerst schatten, dan meten",
    "pupils_learned": "De meeste leerlingen leggen eerst.",
    "teachers_learned": "Wij wachten langer.",
    "limits": "Drie leerlingen, één keer.",
    "audience": "hub",
}


@pytest.fixture
def cycle(cast):
    """All lessons were given; the team looks back."""
    return world.a_cycle(cast, "reflecting")


@pytest.fixture
def asked(cast, cycle):
    """The outcome is written and looked through; Fatima asked the team, and so agrees herself."""
    outcomes.edit(cycle, by=cast.amina, version=0, **WORDS)
    outcomes.check(cycle, by=cast.amina, lines=CHECKLIST)
    moving.take(cycle, "share", by=cast.fatima)
    cycle.refresh_from_db()
    return cycle


def url(name, cycle):
    return reverse(f"lessonstudy:{name}", args=[cycle.pk])


def approval_of(cycle, person):
    return Approval.objects.get(outcome__cycle=cycle, member__person=person)


def test_who_is_not_of_the_team_sees_nothing_of_it(signed_in, cast, asked):
    for person in (cast.bram, cast.els, cast.dele, cast.noor):
        assert signed_in(person).get(url("outcome", asked)).status_code == 404
        assert signed_in(person).get(url("poster", asked)).status_code == 404
        assert signed_in(person).post(url("agree_outcome", asked)).status_code == 404


def test_two_hands_at_once_lose_nothing(signed_in, cast, cycle):
    client = signed_in(cast.tom)
    signed_in(cast.amina).post(url("outcome", cycle), WORDS | {"version": 0})
    mine = WORDS | {"headline": "Meten komt later", "version": 0}
    answer = client.post(url("outcome", cycle), mine)
    assert answer.status_code == 422
    assert "Meten komt later" in answer.text  # hers
    assert "Eerst schatten, dan meten" in answer.text  # what stands there now
    assert Outcome.objects.get().headline == "Eerst schatten, dan meten"
    assert client.post(url("outcome", cycle), mine | {"version": 1}).status_code == 302
    assert Outcome.objects.get().headline == "Meten komt later"


def test_words_that_changed_must_be_looked_through_again(cast, cycle):
    outcomes.edit(cycle, by=cast.amina, version=0, **WORDS)
    outcomes.check(cycle, by=cast.amina, lines=CHECKLIST)
    outcomes.edit(cycle, by=cast.tom, version=1, **WORDS | {"limits": "Juf Sanne had griep."})
    assert Outcome.objects.get().checked == {}
    with pytest.raises(Refused):
        moving.take(cycle, "share", by=cast.fatima, because="Het moet vandaag.")  # no reason passes this by


def test_the_checklist_is_ticked_line_by_line(signed_in, cast, cycle):
    signed_in(cast.amina).post(url("check_outcome", cycle), {"lines": ["names", "photos", "nonsense"]})
    assert Outcome.objects.filter(checked={}).count() == 1 or Outcome.objects.count() == 0  # nonsense: nothing is kept
    signed_in(cast.amina).post(url("check_outcome", cycle), {"lines": ["names", "photos"]})
    assert set(Outcome.objects.get().checked) == {"names", "photos"}
    signed_in(cast.tom).post(url("check_outcome", cycle), {"lines": ["names"]})
    assert Outcome.objects.get().checked["names"]["by"] == cast.amina.pk


def test_each_of_the_team_is_asked_and_the_expert_is_not(cast, asked):
    asks = Ask.objects.open().filter(kind="lessonstudy.approve")
    assert {each.person for each in asks} == {cast.amina, cast.tom}
    assert approval_of(asked, cast.fatima).answer == Answer.YES
    assert not Approval.objects.filter(member__person=cast.gijs).exists()


def test_while_the_team_is_asked_the_words_stay_as_they_are(signed_in, cast, asked):
    answer = signed_in(cast.amina).post(url("outcome", asked), WORDS | {"limits": "Anders", "version": 1})
    assert answer.status_code == 422
    assert Outcome.objects.get().limits == WORDS["limits"]


def test_when_all_agreed_the_facilitator_hears_it_and_completes(signed_in, cast, asked):
    for person in (cast.amina, cast.tom):
        assert signed_in(person).post(url("agree_outcome", asked)).status_code == 302
    told = Notification.objects.filter(activity__kind="lessonstudy.all_agreed")
    assert {each.person for each in told} == {cast.fatima}
    moving.take(asked, "complete", by=cast.fatima)
    resource = Outcome.objects.get().resource
    assert resource.is_published
    assert resource.audience == Door.MEMBERS
    assert [author.person for author in resource.authors.all()] == [cast.fatima, cast.amina, cast.tom]
    assert [step["title"] for step in resource.current.steps] == [title for title, *_more in world.STAGES]
    assert "<h" not in resource.current.html  # headings are bold words here
    assert "<strong>" in resource.current.html
    assert resource.summary == WORDS["pupils_learned"]
    assert resource.current.files.get().media_type == "application/pdf"
    asked.refresh_from_db()
    assert asked.purge_on > today()


def test_nothing_that_leaves_the_team_names_class_day_or_teacher(cast, asked):
    ResearchLesson.objects.update(class_label="groep 6b")
    lesson = asked.lessons.get()
    Approval.objects.update(answer=Answer.YES)
    moving.take(asked, "complete", by=cast.fatima)
    resource = Outcome.objects.get().resource
    said = f"{resource.title} {resource.summary} {resource.current.text} {resource.current.steps}"
    from lessonstudy import papers

    said += str(papers.of_poster(asked, asked.outcome))
    assert "Laat eerst schatten." in said
    assert "vouwt de strook" in said  # the reason
    for word in ("groep 6b", "Amina", "Fatima", str(lesson.held_on), lesson.held_on.strftime("%d-%m-%Y")):
        assert word not in said


def test_what_is_only_for_the_plg_is_found_by_nobody_else(cast, cycle):
    outcomes.edit(cycle, by=cast.amina, version=0, **WORDS | {"audience": Audience.PLG})
    outcomes.check(cycle, by=cast.amina, lines=CHECKLIST)
    moving.take(cycle, "share", by=cast.fatima)
    Approval.objects.update(answer=Answer.YES)
    moving.take(cycle, "complete", by=cast.fatima)
    resource = Outcome.objects.get().resource
    assert resource.audience == Door.PLG
    assert Resource.objects.found_by(cast.amina).filter(pk=resource.pk).exists()
    assert not Resource.objects.found_by(cast.dele).filter(pk=resource.pk).exists()


def test_silence_is_yes_after_ten_working_days_but_not_of_who_is_shown(cast, asked):
    shown = approval_of(asked, cast.tom)
    Approval.objects.filter(pk=shown.pk).update(is_shown=True)
    Approval.objects.update(due_on=today())
    assert outcomes.close_due() == 0  # her last day
    Approval.objects.update(due_on=today() - timedelta(days=1))
    assert outcomes.close_due() == 1
    assert approval_of(asked, cast.amina).answer == Answer.SILENT
    assert approval_of(asked, cast.tom).answer == ""
    assert not Ask.objects.open().filter(kind="lessonstudy.approve", person=cast.amina).exists()
    assert outcomes.close_due() == 0


def test_silence_says_nothing_while_the_cycle_is_paused(cast, asked):
    Approval.objects.update(due_on=today() - timedelta(days=1))
    moving.pause(asked, by=cast.fatima, because="Griep.")
    assert outcomes.close_due() == 0


def test_who_left_is_not_waited_for_and_not_named(cast, asked):
    asked.members.filter(person=cast.tom).update(left_at=now())
    outcomes.agree(asked, by=cast.amina)
    moving.take(asked, "complete", by=cast.fatima)
    assert cast.tom not in [author.person for author in Outcome.objects.get().resource.authors.all()]
    with pytest.raises(Refused):
        outcomes.agree(asked, by=cast.tom)


def test_who_takes_her_yes_back_before_it_is_shared_stops_it(cast, asked):
    outcomes.agree(asked, by=cast.amina)
    outcomes.agree(asked, by=cast.tom)
    moving.take(asked, "withhold", by=cast.amina, because="De quote van C moet eruit.")
    asked.refresh_from_db()
    with pytest.raises(Refused):
        moving.take(asked, "complete", by=cast.fatima)
    with pytest.raises(Refused):
        outcomes.agree(asked, by=cast.tom)
    assert not Resource.objects.exists()
    outcome = Outcome.objects.get()
    outcomes.edit(asked, by=cast.amina, version=outcome.version, **WORDS | {"limits": "Zonder quote."})


def test_the_poster_is_one_tagged_page_in_both_sizes(signed_in, cast, asked):
    from core.pdf import pages

    Outcome.objects.update(pupils_learned="Leerlingen leggen eerst. " * 150, teachers_learned="Wij wachten. " * 250)
    for paper in ("a3", "a4", "nonsense"):
        answer = signed_in(cast.amina).get(url("poster", asked), {"paper": paper})
        assert answer.headers["Content-Type"] == "application/pdf"
        assert pages(answer.content) == 1
        assert b"/StructTreeRoot" in answer.content


def test_the_page_costs_as_many_queries_for_three_approvals_as_for_one(
    signed_in, cast, asked, django_assert_num_queries
):
    client = signed_in(cast.gijs)
    kept = list(asked.members.filter(person__in=[cast.amina, cast.tom]).values_list("pk", flat=True))
    asked.members.filter(pk__in=kept).update(left_at=now())
    client.get(url("outcome", asked))
    with django_assert_num_queries(QUERIES):
        client.get(url("outcome", asked))
    asked.members.filter(pk__in=kept).update(left_at=None)
    with django_assert_num_queries(QUERIES):
        client.get(url("outcome", asked))


QUERIES = 12


def test_an_inquiry_shares_what_it_wrote(cast):
    cycle = world.a_cycle(cast, "reporting", template="research")
    outcomes.edit(cycle, by=cast.amina, version=0, **WORDS)
    outcomes.check(cycle, by=cast.amina, lines=CHECKLIST)
    moving.take(cycle, "share", by=cast.fatima)
    Approval.objects.update(answer=Answer.YES)
    moving.take(cycle, "complete", by=cast.fatima)
    assert "Wat wij hiervan vonden." in Outcome.objects.get().resource.current.text
