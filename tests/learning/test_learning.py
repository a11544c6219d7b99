"""A school learns as a whole: the wish, a scan without names, goals, and talks that land on an agenda."""

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from activity.models import Activity, Ask
from communities.meetings.models import AgendaItem
from core.privacy import names_of, take_out
from core.refusals import Refused
from participation.learning import actions, results
from participation.learning.models import Cycle, Scan, ScanAnswer, ScanAnswered, Talk
from participation.learning.starters import STARTERS
from participation.learning.statements import KEYS
from tests import cast as make

ALL = dict.fromkeys(KEYS, 4)


@pytest.fixture
def october():
    with time_machine.travel("2026-10-05 12:00:00+02:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def team(cast, october):
    """Bram leads De Regenboog; six others work there."""
    cast.colleagues = [cast.fatima, cast.amina, cast.els]
    for name in ("Bas Terpstra", "Karin Postma", "Ruben Mulder"):
        more = make.person(name)
        make.works(more, cast.regenboog)
        cast.colleagues.append(more)
    return cast


@pytest.fixture
def cycle(team):
    return actions.begin(team.regenboog, by=team.bram, year=2026, wish="We kijken bij elkaar.")


@pytest.fixture
def scan(team, cycle):
    return actions.open_scan(cycle, by=team.bram, closes_on=date(2026, 10, 19))


def read(cycle, user):
    return Cycle.objects.for_detail(user).filter(pk=cycle.pk).first()


def test_the_team_reads_it_the_leader_writes_and_nobody_else_sees_it(team, cycle):
    assert read(cycle, team.bram).can_lead
    assert read(cycle, team.amina)
    assert not read(cycle, team.amina).can_lead
    for other in (team.tom, team.dele, team.noor, team.ben, team.paula):
        assert read(cycle, other) is None


def test_a_year_has_one_wish(team, cycle):
    with pytest.raises(Refused, match="al een wens"):
        actions.begin(team.regenboog, by=team.bram, year=2026, wish="Nog een.")
    with pytest.raises(Refused, match="dit schooljaar of het volgende"):
        actions.begin(team.regenboog, by=team.bram, year=2024, wish="Toen.")


def test_everybody_but_the_leader_is_asked(team, scan):
    asked = set(Ask.objects.open().filter(kind="learning.scan").values_list("person", flat=True))
    assert asked == {person.pk for person in team.colleagues}
    rows = Scan.objects.for_detail(team.bram).get(pk=scan.pk)
    assert not rows.can_answer
    assert Scan.objects.for_detail(team.amina).get(pk=scan.pk).can_answer


def test_an_answer_is_given_once_and_kept_without_a_name(team, scan):
    actions.answer(scan, by=team.amina, marks=ALL)
    with pytest.raises(Refused, match="al geantwoord"):
        actions.answer(scan, by=team.amina, marks=dict.fromkeys(KEYS, 1))
    assert ScanAnswer.objects.get().marks["time"] == 4
    assert {field.name for field in ScanAnswer._meta.get_fields()} == {"id", "scan", "marks"}


@pytest.mark.parametrize("marks", [{}, {"time": 0}, {"time": 6}, {"time": "5"}, {"time": True}, {"unheard": 3}])
def test_what_lies_outside_one_to_five_is_refused(team, scan, marks):
    with pytest.raises(Refused):
        actions.answer(scan, by=team.amina, marks=marks)
    assert not ScanAnswered.objects.exists(), "she may still answer"


def test_four_answers_show_nothing_five_show_averages_once_it_is_closed(team, cycle, scan):
    for person in team.colleagues[:4]:
        actions.answer(scan, by=person, marks=ALL)
    four = Scan.objects.get(pk=scan.pk)
    assert not results.of(read(cycle, team.amina)).has_any
    actions.answer(scan, by=team.colleagues[4], marks=dict.fromkeys(KEYS, 2))
    assert not results.of(read(cycle, team.amina)).has_any, "not as long as it is open"
    actions.close_scan(four, by=team.bram)
    found = results.of(read(cycle, team.amina))
    assert found.rows[0].before.text in ("3.6", "3,6")
    assert not ScanAnswered.objects.exists()
    with pytest.raises(Refused, match="gesloten"):
        actions.answer(scan, by=team.colleagues[5], marks=ALL)


def test_with_four_answers_a_closed_scan_says_so(team, cycle, scan):
    for person in team.colleagues[:4]:
        actions.answer(scan, by=person, marks=ALL)
    actions.close_scan(scan, by=team.bram)
    found = results.of(read(cycle, team.bram))
    assert not found.has_any
    assert found.hidden


def test_that_all_say_yes_is_not_told_of_each(team, cycle, scan):
    for person in team.colleagues:
        actions.answer(scan, by=person, marks=dict.fromkeys(KEYS, 5))
    actions.close_scan(scan, by=team.bram)
    assert results.of(read(cycle, team.bram)).rows[0].before.shown < 5


def test_at_night_it_closes_by_itself(team, scan, october):
    assert actions.close_due() == 0
    october.shift(timedelta(days=20))
    assert actions.close_due() == 1
    assert not Ask.objects.open().filter(kind="learning.scan").exists()


def test_who_answered_is_forgotten_when_it_closes(team, scan):
    actions.answer(scan, by=team.amina, marks=ALL)
    actions.close_scan(scan, by=team.bram)
    assert not Ask.objects.filter(kind="learning.scan").exists(), "the moment of a request would tell who answered"


@pytest.mark.parametrize("day", ["2026-10-04", "2027-08-01", "9999-12-31"])
def test_a_scan_ends_in_its_school_year(team, cycle, signed_in, day):
    answer = signed_in(team.bram).post(reverse("learning:open_scan", args=[cycle.pk]), {"closes_on": day})
    assert answer.status_code == 422
    assert not Scan.objects.exists()


def test_of_a_year_that_is_over_nobody_is_asked(team, cycle, october, signed_in):
    october.move_to("2027-09-06 12:00:00+02:00")
    assert "open-scan" not in signed_in(team.bram).get(cycle.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="voorbij"):
        actions.open_scan(cycle, by=team.bram, closes_on=date(2027, 9, 20))


def test_other_words_for_a_goal_keep_a_plg_that_is_completed(team, cycle, signed_in):
    goal = actions.choose(cycle, by=team.bram, text="Kijken", communities=[team.maths])
    type(team.maths).objects.filter(pk=team.maths.pk).update(state="closed")
    client, page = signed_in(team.bram), reverse("learning:edit_goal", args=[goal.pk])
    assert f'value="{team.maths.pk}" id="id_communities_0" checked' in client.get(page).content.decode()
    client.post(page, {"text": "Bij elkaar kijken", "communities": [team.maths.pk]})
    assert list(goal.communities.all()) == [team.maths]
    goal.refresh_from_db()
    assert goal.text == "Bij elkaar kijken"


def test_a_goal_that_was_taken_away_does_not_come_back(team, cycle):
    goal = actions.choose(cycle, by=team.bram, text="Kijken")
    actions.drop(type(goal).objects.get(pk=goal.pk), by=team.bram)
    with pytest.raises(Refused, match="weggehaald"):
        actions.choose(cycle, by=team.bram, text="Toch kijken", goal=goal)
    assert not cycle.goals.exists()


def test_a_goal_names_the_plgs_and_networks_that_serve_it(team, cycle):
    goal = actions.choose(cycle, by=team.bram, text="Kijken", communities=[team.maths], networks=[team.network])
    assert list(goal.communities.all()) == [team.maths]
    for n in range(4):
        actions.choose(cycle, by=team.bram, text=f"Doel {n}")
    with pytest.raises(Refused, match="Minder is beter"):
        actions.choose(cycle, by=team.bram, text="Nog een")


def test_a_card_lands_on_the_next_agenda_in_one_tap(team, signed_in):
    meeting = make.meeting(team.maths, 3)
    answer = signed_in(team.fatima).post(reverse("learning:place", args=["room"]), {"community": team.maths.pk})
    assert answer.status_code == 302
    item = AgendaItem.objects.get(meeting=meeting)
    assert item.state == "planned"
    assert item.minutes == 25
    assert item.instruction.count("\n- ") == 3
    with pytest.raises(Refused, match="al op de agenda"):
        actions.place("room", team.maths, by=team.fatima)


def test_of_a_member_it_is_a_proposal(team):
    make.meeting(team.maths, 3)
    actions.place("dare", team.maths, by=team.amina)
    assert AgendaItem.objects.get().state == "proposed"


def test_a_leader_proposes_and_the_facilitator_decides(team, signed_in):
    meeting = make.meeting(team.maths, 3)
    url = reverse("learning:propose", args=["ict"])
    assert signed_in(team.bram).post(url, {"community": team.maths.pk}).status_code == 302
    assert not AgendaItem.objects.exists()
    assert Ask.objects.open().get(kind="learning.talk").person == team.fatima
    with pytest.raises(Refused, match="al aan hen"):
        actions.propose("ict", team.maths, by=team.bram)
    actions.place("ict", team.maths, by=team.fatima)
    assert AgendaItem.objects.get().meeting == meeting
    assert not Ask.objects.open().filter(kind="learning.talk").exists()
    assert Talk.objects.get().is_placed


def test_what_was_proposed_is_left_by_the_facilitator_alone_and_never_once_it_was_placed(team, signed_in):
    make.meeting(team.maths, 3)
    talk = actions.propose("ict", team.maths, by=team.bram)
    url = reverse("learning:leave", args=[talk.pk])
    assert signed_in(team.amina).post(url).status_code == 403
    actions.place("ict", team.maths, by=team.fatima)
    with pytest.raises(Refused, match="al op de agenda"):
        actions.leave(talk, by=team.fatima)
    assert not Activity.objects.filter(kind="learning.left").exists()
    again = actions.propose("dare", team.maths, by=team.bram)
    assert signed_in(team.fatima).post(reverse("learning:leave", args=[again.pk])).status_code == 302
    assert not Talk.objects.filter(pk=again.pk).exists()


def test_a_stranger_brings_no_card_anywhere(team, signed_in):
    for deed in ("place", "propose"):
        answer = signed_in(team.dele).post(reverse(f"learning:{deed}", args=["ict"]), {"community": team.maths.pk})
        assert answer.status_code == 404
    assert (
        signed_in(team.bram).post(reverse("learning:place", args=["ict"]), {"community": team.maths.pk}).status_code
        == 403
    )


def test_the_cards_are_eight_with_three_questions_each():
    assert len(STARTERS) == 8
    assert all(len(card.questions) == 3 for card in STARTERS)


def test_the_page_asks_as_much_for_three_goals_as_for_one(team, cycle, scan, signed_in, django_assert_num_queries):
    client, page = signed_in(team.amina), cycle.get_absolute_url()
    actions.choose(cycle, by=team.bram, text="Kijken", communities=[team.maths], networks=[team.network])
    client.get(page)
    with django_assert_num_queries(7):
        client.get(page)
    for n in range(2):
        actions.choose(cycle, by=team.bram, text=f"Doel {n}", communities=[team.maths])
    with django_assert_num_queries(7):
        assert "Doel 1" in client.get(page).content.decode()


def test_a_year_from_the_wish_to_the_look_back(team, signed_in):
    leader, teacher = signed_in(team.bram), signed_in(team.amina)
    begun = leader.post(reverse("learning:school", args=[team.regenboog.pk]), {"wish": "We kijken bij elkaar."})
    cycle = Cycle.objects.get()
    assert begun["Location"] == cycle.get_absolute_url()
    leader.post(reverse("learning:open_scan", args=[cycle.pk]), {"closes_on": "2026-10-19"})
    scan = Scan.objects.get()
    page = teacher.get(reverse("learning:answer", args=[scan.pk]))
    assert page.status_code == 200
    assert teacher.post(reverse("learning:answer", args=[scan.pk]), dict.fromkeys(KEYS, "4")).status_code == 302
    assert ScanAnswer.objects.get().marks == ALL
    goal = {"text": "Elke collega keek twee keer", "communities": [team.maths.pk]}
    assert leader.post(reverse("learning:add_goal", args=[cycle.pk]), goal).status_code == 302
    leader.post(reverse("learning:room", args=[cycle.pk]), {"time_free": "Dinsdag het laatste uur", "money_free": ""})
    leader.post(reverse("learning:look_back", args=[cycle.pk]), {"look_back": "Het is gewoon geworden."})
    shown = teacher.get(cycle.get_absolute_url()).content.decode()
    for said in ("We kijken bij elkaar.", "Elke collega keek", "Dinsdag het laatste uur", "Het is gewoon"):
        assert said in shown


def test_the_cards_ask_as_much_for_three_plgs_as_for_one(team, signed_in, django_assert_num_queries):
    client, page = signed_in(team.fatima), reverse("learning:starters")
    client.get(page)
    with django_assert_num_queries(3):
        client.get(page)
    for name in ("PLG Lezen", "PLG Schrijven"):
        more = make.plg(team.regenboog, name)
        make.member(more, team.fatima, "facilitator")
        actions.propose("ict", more, by=team.bram)
    with django_assert_num_queries(3):
        assert "PLG Schrijven" in client.get(page).content.decode()


def test_two_who_answer_at_once_are_two_and_one_who_taps_twice_is_one(team, scan):
    for person in (team.amina, team.fatima):
        actions.answer(scan, by=person, marks=ALL)
    with pytest.raises(Refused):
        actions.answer(scan, by=team.fatima, marks=ALL)
    assert ScanAnswer.objects.count() == ScanAnswered.objects.count() == 2


def test_who_is_erased_is_named_in_no_wish_and_no_goal(team, cycle):
    name = team.amina.name
    actions.write(cycle, by=team.bram, look_back=f"Dankzij {name} keken we bij elkaar.", time_free=f"{name} valt in")
    goal = actions.choose(cycle, by=team.bram, text=f"{'Kijken ' * 40}{name}".ljust(300, "!"))
    take_out(team.amina, names_of(team.amina))
    cycle.refresh_from_db()
    goal.refresh_from_db()
    assert cycle.look_back == "Dankzij oud-lid keken we bij elkaar."
    assert not [text for text in (cycle.time_free, goal.text) if name in text]


def test_a_text_that_grows_by_it_still_fits(team, cycle):
    short = make.person("Bo Li")
    goal = actions.choose(cycle, by=team.bram, text="Bo Li".rjust(300, "x"))
    take_out(short, names_of(short))
    goal.refresh_from_db()
    assert len(goal.text) == 300
    assert "Li" not in goal.text


def test_what_goes_up_into_another_school_takes_its_years_along(team, cycle):
    from participation.learning.shown import place_went_up

    place_went_up(team.regenboog, team.wissel)
    assert Cycle.objects.get().school == team.wissel
