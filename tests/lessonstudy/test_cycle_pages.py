"""The pages of a cycle: where we are, what is needed next, who does what; begun, agreed, arranged."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activity.models import Ask, Notification
from core.time import today
from lessonstudy import steps
from lessonstudy.choices import Role, State
from lessonstudy.models import CasePupil, Cycle, ResearchLesson
from tests import cast as make
from tests.lessonstudy import world


def page(name, *args):
    return reverse(f"lessonstudy:{name}", args=args)


def test_amina_begins_a_cycle_with_tom(cast, signed_in):
    client = signed_in(cast.amina)
    assert "Wie doet er mee?" in client.get(page("start")).text
    answer = client.post(
        f"{page('start')}?of={cast.maths.pk}",
        {"template": "lesson_study", "title": "Breuken zien", "question": "", "team": [cast.tom.pk]},
    )
    cycle = Cycle.objects.get()
    assert answer.url == cycle.get_absolute_url()
    assert dict(cycle.members.values_list("person", "role")) == {cast.amina.pk: "guide", cast.tom.pk: "teacher"}
    assert Notification.objects.filter(person=cast.tom, activity__kind="lessonstudy.joined").exists()


def test_a_cycle_without_a_title_keeps_what_was_typed(cast, signed_in):
    answer = signed_in(cast.amina).post(
        f"{page('start')}?of={cast.maths.pk}", {"template": "short", "title": "", "question": "Wat zien we?"}
    )
    assert answer.status_code == 422
    assert "Wat zien we?" in answer.text
    assert not Cycle.objects.exists()


def test_who_leads_no_plg_is_told_where_to_find_one(cast, signed_in):
    assert "hoort bij een PLG" in signed_in(cast.dele).get(page("start")).text


@pytest.mark.parametrize("state", world.ORDER)
def test_the_page_says_where_we_are_in_every_state(cast, signed_in, state):
    cycle = world.a_cycle(cast, state)
    for person in (cast.fatima, cast.amina, cast.gijs):
        text = signed_in(person).get(cycle.get_absolute_url()).text
        assert "Waar we zijn" in text
        if state != State.DONE:
            assert "Nodig voor de volgende stap" in text


@pytest.mark.parametrize("state", steps.RESEARCH_PHASES)
def test_an_inquiry_has_its_own_phases(cast, signed_in, state):
    cycle = world.a_cycle(cast, state, template="research")
    client = signed_in(cast.fatima)
    assert client.get(cycle.get_absolute_url()).status_code == 200
    assert client.get(page("pupils", cycle.pk)).status_code == 404


def test_what_is_missing_is_named_with_the_way_to_it(cast, signed_in):
    cycle = world.a_cycle(cast, State.DESIGNING)
    cycle.pupils.filter(code="B").update(target="")
    text = signed_in(cast.fatima).get(cycle.get_absolute_url()).text
    assert "Schrijf op wat ze nu kunnen en na de les: B." in text
    assert page("pupils", cycle.pk) in text


def test_going_on_all_the_same_asks_why(cast, signed_in):
    cycle = world.a_cycle(cast, State.DESIGNING)
    cycle.pupils.filter(code="B").update(target="")
    client = signed_in(cast.fatima)
    step = page("step", cycle.pk, "make_ready")
    assert "Toch doorgaan, omdat" in client.get(step).text
    assert client.post(step, {"because": ""}).status_code == 422
    cycle.refresh_from_db()
    assert cycle.state == State.DESIGNING
    assert client.post(step, {"because": "B is ziek, we kijken naar A en C."}).status_code == 302
    cycle.refresh_from_db()
    assert cycle.state == State.READY
    assert "B is ziek" in client.get(page("history", cycle.pk)).text


def test_a_step_that_is_not_hers_is_not_hers(cast, signed_in):
    cycle = world.a_cycle(cast, State.DESIGNING)
    assert signed_in(cast.amina).post(page("step", cycle.pk, "make_ready")).status_code == 403
    assert signed_in(cast.els).get(page("step", cycle.pk, "make_ready")).status_code == 404


def test_a_step_that_was_taken_by_another_meanwhile_is_a_sentence(cast, signed_in):
    cycle = world.a_cycle(cast, State.READY)
    answer = signed_in(cast.fatima).get(page("step", cycle.pk, "make_ready"))
    assert "past niet bij waar jullie zijn" in answer.text


# Who sees what ------------------------------------------------------------------------------------


def test_the_plg_sees_a_card_and_nothing_more(cast, signed_in):
    cycle = world.a_cycle(cast, State.DISCUSSING)
    colleague = make.person("Karin Postma")
    make.member(cast.maths, colleague)
    client = signed_in(colleague)
    assert page("in_plg", cast.maths.pk) in client.get(cast.maths.get_absolute_url()).text
    text = client.get(page("in_plg", cast.maths.pk)).text
    assert cycle.title in text
    assert cycle.question not in text.replace(cast.maths.question, "")
    assert cycle.get_absolute_url() not in text
    assert client.get(cycle.get_absolute_url()).status_code == 404


def test_a_school_leader_sees_phase_dates_and_hours_only(cast, signed_in):
    cycle = world.a_cycle(cast, State.DISCUSSING, title="Breuken die niemand begrijpt")
    text = signed_in(cast.bram).get(cast.maths.get_absolute_url()).text
    assert "Nabespreken" in text
    assert "Breuken die niemand begrijpt" not in text
    assert "groep 6" not in text
    assert signed_in(cast.bram).get(cycle.get_absolute_url()).status_code == 404


def test_vandaag_tells_of_the_running_cycle(cast, signed_in):
    world.a_cycle(cast, State.READY)
    client = signed_in(cast.amina)
    assert page("running") in client.get("/").text
    assert "Breuken met stroken" in client.get(page("running")).text
    assert page("running") not in signed_in(cast.els).get("/").text


# Together -----------------------------------------------------------------------------------------


def test_a_changed_charter_is_asked_anew_of_everybody(cast, signed_in):
    cycle = world.a_cycle(cast)
    signed_in(cast.fatima).post(page("charter", cycle.pk), {"text": "We komen elke keer."})
    waiting = set(cycle.members.team().filter(charter_accepted_at=None).values_list("person", flat=True))
    assert waiting == {cast.amina.pk, cast.tom.pk}
    assert set(Ask.objects.open().values_list("person", "kind")) == {
        (cast.amina.pk, "lessonstudy.accept"),
        (cast.tom.pk, "lessonstudy.accept"),
    }
    signed_in(cast.amina).post(page("accept_charter", cycle.pk))
    assert list(Ask.objects.open().values_list("person", flat=True)) == [cast.tom.pk]


def test_a_pupil_has_a_code_and_never_a_name(cast, signed_in):
    cycle = world.a_cycle(cast)
    client = signed_in(cast.amina)
    answer = client.post(page("pupils", cycle.pk), {"code": "Sam", "stands_for": "at"})
    assert answer.status_code == 422
    assert not CasePupil.objects.exists()
    client.post(page("pupils", cycle.pk), {"code": "a", "stands_for": "at", "start": "Deelt in tweeën."})
    assert CasePupil.objects.get().code == "A"
    assert "name" not in {field.name for field in CasePupil._meta.get_fields()}


def test_what_was_seen_of_a_pupil_keeps_her_code(cast, signed_in):
    cycle = world.a_cycle(cast, State.GIVEN)
    pupil = cycle.pupils.first()
    signed_in(cast.amina).post(page("remove_pupil", pupil.pk))
    assert CasePupil.objects.filter(pk=pupil.pk).exists()


def test_a_source_from_the_kennishub_brings_its_title(cast, signed_in):
    from knowledgehub.models import Saved

    lesson = make.resource(cast.amina, title="Breuken vouwen")
    Saved.objects.create(person=cast.amina, resource=lesson)
    cycle = world.a_cycle(cast)
    signed_in(cast.amina).post(page("sources", cycle.pk), {"resource": lesson.pk, "takes": "Eerst delen."})
    assert cycle.sources.get().reference == "Breuken vouwen"


DAY = {"starts": "09:00", "ends": "09:45", "cover": "open", "class_label": "groep 6"}


def test_the_lesson_gets_a_date_and_the_team_hears(cast, signed_in):
    cycle = world.a_cycle(cast, State.ORIENTING)
    held_on = today() + timedelta(days=10)
    data = DAY | {"held_on": held_on.isoformat(), "teacher": cast.amina.pk, "chair": cast.tom.pk}
    answer = signed_in(cast.fatima).post(page("arrange", cycle.pk), data)
    lesson = ResearchLesson.objects.get()
    assert answer.url == lesson.get_absolute_url()
    told = Notification.objects.filter(activity__kind="lessonstudy.arranged").values_list("person", flat=True)
    assert set(told) == {cast.amina.pk, cast.tom.pk, cast.gijs.pk}


def test_a_lesson_does_not_end_before_it_begins(cast, signed_in):
    cycle = world.a_cycle(cast, State.ORIENTING)
    data = DAY | {"held_on": today().isoformat(), "ends": "08:00"}
    answer = signed_in(cast.fatima).post(page("arrange", cycle.pk), data)
    assert answer.status_code == 422
    assert "voordat hij begint" in answer.text


def test_a_lesson_that_was_given_is_not_arranged_any_more(cast, signed_in):
    cycle = world.a_cycle(cast, State.GIVEN)
    data = DAY | {"held_on": today().isoformat()}
    assert signed_in(cast.fatima).post(page("arrange", cycle.pk), data).status_code == 422


def test_its_date_comes_along_for_the_calendar(cast):
    from django.utils.timezone import now

    from lessonstudy import calendar

    cycle = world.a_cycle(cast, State.READY)
    content = calendar.publish(cycle.lessons.get(), at=now()).decode()
    assert "SUMMARY:PLG Rekenen: onderzoeksles" in content
    assert "DTSTART;TZID=Europe/Amsterdam" in content


def test_two_who_write_under_one_heading_lose_nothing(cast, signed_in):
    cycle = world.a_cycle(cast, State.AIMING, template="research")
    cycle.texts.filter(heading="terms").update(version=1, text="Oud")
    one, other = signed_in(cast.amina), signed_in(cast.tom)
    url = page("texts", cycle.pk)
    assert one.post(url, {"heading": "terms", "terms-text": "Van Amina", "terms-version": 1}).status_code == 302
    answer = other.post(url, {"heading": "terms", "terms-text": "Van Tom", "terms-version": 1})
    assert answer.status_code == 422
    assert "Van Amina" in answer.text
    assert "Van Tom" in answer.text
    assert other.post(url, {"heading": "terms", "terms-text": "Van beiden", "terms-version": 2}).status_code == 302
    assert cycle.texts.get(heading="terms").text == "Van beiden"


# Members ------------------------------------------------------------------------------------------


def test_a_member_who_leaves_halfway_leaves_her_notes(cast, signed_in):
    cycle = world.a_cycle(cast, State.GIVEN)
    member, lesson = cycle.members.get(person=cast.tom), cycle.lessons.get()
    lesson.assignments.filter(observer=cast.tom).update(handed_in_at=None)
    signed_in(cast.tom).post(page("leave", member.pk))
    member.refresh_from_db()
    lesson.refresh_from_db()
    assert member.left_at
    assert lesson.chair is None
    assert not lesson.assignments.get(observer=cast.tom).is_waited_for
    assert lesson.observations.filter(observer=cast.tom).exists()
    assert signed_in(cast.tom).get(cycle.get_absolute_url()).status_code == 404


def test_the_guide_hands_over_first(cast, signed_in):
    cycle = world.a_cycle(cast)
    mine, hers = cycle.members.get(person=cast.fatima), cycle.members.get(person=cast.amina)
    client = signed_in(cast.fatima)
    client.post(page("leave", mine.pk))
    mine.refresh_from_db()
    assert mine.left_at is None
    client.post(page("hand_over", hers.pk))
    assert cycle.members.get(role=Role.GUIDE).person == cast.amina
    client.post(page("leave", mine.pk))
    mine.refresh_from_db()
    assert mine.left_at


def test_the_facilitator_of_the_plg_appoints_a_guide_when_there_is_none(cast, signed_in):
    cycle = world.a_cycle(cast)
    cycle.members.filter(person=cast.fatima).update(role=Role.TEACHER)
    signed_in(cast.fatima).post(page("hand_over", cycle.members.get(person=cast.amina).pk))
    assert cycle.members.get(role=Role.GUIDE).person == cast.amina


def test_a_deputy_takes_the_steps_too(cast, signed_in):
    cycle = world.a_cycle(cast, State.ORIENTING)
    member = cycle.members.get(person=cast.tom)
    signed_in(cast.fatima).post(page("role", member.pk), {"role": "teacher", "is_deputy": "on"})
    assert signed_in(cast.tom).post(page("step", cycle.pk, "design")).status_code == 302
    cycle.refresh_from_db()
    assert cycle.state == State.DESIGNING
    assert cycle.plan.stages.exists()


def test_only_who_takes_part_in_the_plg_is_asked_along(cast, signed_in):
    cycle = world.a_cycle(cast)
    colleague = make.person("Karin Postma")
    make.member(cast.maths, colleague)
    client = signed_in(cast.fatima)
    assert client.post(page("members", cycle.pk), {"people": [cast.dele.pk], "role": "teacher"}).status_code == 422
    assert client.post(page("members", cycle.pk), {"people": [colleague.pk], "role": "expert"}).status_code == 302
    assert cycle.members.get(person=colleague).role == "expert"


def test_who_stops_with_the_plg_stops_with_its_cycles(cast):
    from communities.actions.members import leave

    cycle = world.a_cycle(cast)
    leave(cast.maths.memberships.get(person=cast.tom), by=cast.tom)
    assert cycle.members.get(person=cast.tom).left_at


# Found, and counted -------------------------------------------------------------------------------


def test_only_the_team_finds_it(cast, signed_in):
    from communities.search import index

    cycle = world.a_cycle(cast, title="Kommagetallen wegen")
    index.follow(cycle)
    search = reverse("search:search")
    assert cycle.get_absolute_url() in signed_in(cast.amina).get(search, {"q": "kommagetallen"}).text
    assert cycle.get_absolute_url() not in signed_in(cast.els).get(search, {"q": "kommagetallen"}).text


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)


def test_the_list_asks_the_same_for_one_and_for_three(cast, signed_in):
    client = signed_in(cast.amina)
    world.a_cycle(cast, State.READY)
    one = {name: queries(client, page(name)) for name in ("index", "running")}
    plg = queries(client, page("in_plg", cast.maths.pk))
    for title in ("Meten", "Wegen"):
        world.a_cycle(cast, State.GIVEN, title=title)
    assert {name: queries(client, page(name)) for name in one} == one
    assert queries(client, page("in_plg", cast.maths.pk)) == plg


def test_a_page_with_400_observations_asks_as_much_as_with_four(cast, signed_in):
    client = signed_in(cast.fatima)
    cycle = world.a_cycle(cast, State.DISCUSSING)
    lesson = cycle.lessons.get()
    few = queries(client, cycle.get_absolute_url()), queries(client, lesson.get_absolute_url())
    lesson.interviews.all().delete()
    world.observe(lesson, many=45)
    assert lesson.observations.count() > 400
    assert (queries(client, cycle.get_absolute_url()), queries(client, lesson.get_absolute_url())) == few


@pytest.mark.parametrize("name", ["members", "charter", "sources", "pupils", "history"])
def test_lists_of_a_cycle_ask_the_same_for_one_and_for_three(cast, signed_in, name):
    cycle = world.a_cycle(cast, State.ORIENTING)
    client = signed_in(cast.fatima)

    def more(n):
        for number in range(n):
            person = make.person(f"Collega {name} {n}{number} Vos")
            cycle.members.create(person=person)
            cycle.sources.create(reference="Bron", added_by=person)
            cycle.pupils.create(code=f"Q{n}" if not number else f"R{number}")
            cycle.moves.create(verb="orient", was="concept", became="orienting", round=1, by=person)

    more(1)
    one = queries(client, page(name, cycle.pk))
    more(3)
    assert queries(client, page(name, cycle.pk)) == one


# What happens around it ---------------------------------------------------------------------------


def test_a_completed_plg_stops_its_cycles(cast):
    from communities.actions import life

    cycle = world.a_cycle(cast, State.GIVEN)
    life.close(cast.maths, by=cast.fatima, outcome="We leerden schatten.")
    cycle.refresh_from_db()
    assert cycle.halt == "stopped"
    assert cycle.purge_on


def test_two_accounts_of_one_person_have_one_seat_and_all_notes(cast):
    from lessonstudy.merging import merge

    cycle = world.a_cycle(cast, State.DISCUSSING)
    other = make.person("Tom H. Hendriks")
    cycle.members.create(person=other)
    cycle.lessons.get().observations.filter(stage__order=0).update(observer=other)
    merge(cast.tom, other)
    assert cycle.members.filter(person=cast.tom).count() == 1
    assert not cycle.members.filter(person=other).exists()
    assert not cycle.lessons.get().observations.filter(observer=other).exists()


def test_who_is_erased_leaves_her_notes_without_a_name(cast):
    from core.registry import erasures

    cycle = world.a_cycle(cast, State.GIVEN)
    seen = cycle.lessons.get().observations.count()
    erasures["lessonstudy"](cast.tom)
    assert not cycle.members.filter(person=cast.tom).exists()
    assert cycle.lessons.get().observations.count() == seen
    assert cycle.lessons.get().chair is None
