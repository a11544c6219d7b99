"""What is seen above a PLG: sums over those that released them, of five people or more at both times."""

from datetime import date

import pytest

from core.refusals import Refused
from core.registry import mergers
from participation.figures import Place
from participation.impact import actions, figures
from participation.impact.models import Outcome, Questionnaire
from tests import cast as make
from tests.impact.conftest import WAVES, alone, close, jointly


def places(cast):
    return [
        Place("school", cast.regenboog.pk, ""),
        Place("board", cast.board.pk, ""),
        Place("network", cast.network.pk, ""),
        Place("nation", 0, ""),
    ]


def read(row, user):
    return Questionnaire.objects.for_detail(user).get(pk=row.pk)


@pytest.fixture
def answered(plg, asked, september):
    """Six answered at the start and at the end."""
    alone(asked.start, plg.members, 2)
    close(asked.start)
    september.move_to("2027-06-01 12:00:00+02:00")
    alone(asked.end, plg.members, [3, 4, 4, 4, 3, 4])
    close(asked.end)
    return asked


def test_nothing_is_seen_above_until_the_plg_says_so(plg, answered):
    assert all(figures.blocks(place, 2026) == [] for place in places(plg))
    actions.release(answered.row, by=plg.fatima)
    for place in places(plg):
        (block,) = figures.blocks(place, 2026)
        assert len(block.lines) == 14
        assert block.lines[0].after.people == 6
        assert block.lines[0].before.shown == 2
    assert figures.blocks(Place("school", plg.wissel.pk, ""), 2026) == []
    assert figures.blocks(Place("school", plg.regenboog.pk, ""), 2025) == []
    actions.take_back(answered.row, by=plg.fatima)
    assert figures.blocks(places(plg)[0], 2026) == []


def test_in_the_next_year_what_the_last_one_brought_stands_there(plg, answered, september):
    actions.release(answered.row, by=plg.fatima)
    september.move_to("2027-11-01 12:00:00+01:00")
    (block,) = figures.blocks(places(plg)[0], 2027)
    assert block.sentence.startswith("Vorig schooljaar")
    assert len(block.lines) == 14
    september.move_to("2028-11-01 12:00:00+01:00")
    assert figures.blocks(places(plg)[0], 2027) == [], "not when one looks back at that year"


def test_it_is_a_sum_over_plgs(plg, answered, september):
    actions.release(answered.row, by=plg.fatima)
    september.move_to("2026-09-15 12:00:00+02:00")
    other = make.plg(plg.wissel, "PLG Lezen")
    for person in plg.members:
        make.member(other, person, "facilitator" if person == plg.fatima else "member")
    row = actions.set_up(other, by=plg.fatima, year=2026, waves=WAVES, way="alone")
    waves = {wave.moment: wave for wave in row.waves.all()}
    alone(waves["start"], plg.members, 4)
    close(waves["start"])
    september.move_to("2027-06-01 12:00:00+02:00")
    alone(waves["end"], plg.members, 4)
    close(waves["end"])
    actions.release(row, by=plg.fatima)
    (block,) = figures.blocks(Place("board", plg.board.pk, ""), 2026)
    assert block.lines[0].before.mean == 3
    assert block.lines[0].before.people == 12
    (block,) = figures.blocks(Place("school", plg.wissel.pk, ""), 2026)
    assert block.lines[0].before.people == 6


@pytest.mark.parametrize("kind", ["school", "board"])
def test_what_a_place_brought_goes_along_when_it_goes_up_into_another(plg, answered, kind):
    actions.release(answered.row, by=plg.fatima)
    gone, into = (plg.regenboog, plg.wissel) if kind == "school" else (plg.board, plg.other_board)
    mergers["impact"](gone, into)
    (block,) = figures.blocks(Place(kind, into.pk, ""), 2026)
    assert block.lines[0].before.people == 6


def test_five_in_both_waves_or_nothing(plg, asked, september):
    alone(asked.start, plg.members, 2)
    close(asked.start)
    september.move_to("2027-06-01 12:00:00+02:00")
    alone(asked.end, plg.members[:4], 4)
    close(asked.end)
    with pytest.raises(Refused, match="vijf mensen"):
        actions.release(asked.row, by=plg.fatima)
    assert not Outcome.objects.exists()


def test_a_leader_who_is_a_member_does_not_count_towards_the_five(plg, asked, september):
    make.member(plg.maths, plg.bram)
    five = [*plg.members[:4], plg.bram]
    alone(asked.start, five, 2)
    wave = close(asked.start)
    assert (wave.people, wave.counted) == (5, 4)
    september.move_to("2027-06-01 12:00:00+02:00")
    alone(asked.end, plg.members, 4)
    close(asked.end)
    with pytest.raises(Refused, match="tellen niet mee"):
        actions.release(asked.row, by=plg.fatima)


def test_nor_does_who_runs_the_platform(plg, asked):
    make.member(plg.maths, plg.paula)
    alone(asked.start, [*plg.members[:4], plg.paula], 2)
    assert close(asked.start).counted == 4, "the country's figures are hers to see"


def test_together_a_leader_at_the_table_is_taken_off_as_well(plg, together, september):
    make.member(plg.maths, plg.bram)
    jointly(together.start, by=plg.fatima, people=5)
    assert close(together.start).counted == 4


def test_a_plg_of_four_is_not_five_because_it_says_so(plg, together, september):
    for person in (plg.bas, plg.karin):
        plg.maths.memberships.filter(person=person).update(state="ended")
    jointly(together.start, by=plg.fatima, people=40)
    wave = close(together.start)
    assert wave.people == 40, "guests may have sat at the table"
    assert wave.counted == 4, "but no more of them count than take part"


def test_before_the_end_nothing_is_released(plg, asked):
    with pytest.raises(Refused, match="gesloten zijn"):
        actions.release(asked.row, by=plg.fatima)


def test_members_hear_that_it_counts(plg, answered, signed_in, url):
    assert signed_in(plg.fatima).get(url("release", answered.row)).status_code == 200
    assert signed_in(plg.amina).post(url("release", answered.row)).status_code == 403
    assert signed_in(plg.fatima).post(url("release", answered.row)).status_code == 302
    from activity.models import Notification

    told = set(Notification.objects.filter(activity__kind="impact.released").values_list("person", flat=True))
    assert told == {person.pk for person in plg.members if person != plg.fatima}


def test_one_query_however_many_plgs(plg, answered, django_assert_num_queries):
    actions.release(answered.row, by=plg.fatima)
    for place in places(plg):
        with django_assert_num_queries(1):
            figures.blocks(place, 2026)


def test_a_plg_of_a_network_counts_for_the_network_alone(plg, september):
    learning = make.plg(plg.network, "Brede vorming", kind="learning_network", seats_max=40)
    for person in plg.members:
        make.member(learning, person, "facilitator" if person == plg.fatima else "member")
    row = actions.set_up(learning, by=plg.fatima, year=2026, way="alone", waves=WAVES)
    waves = {wave.moment: wave for wave in row.waves.all()}
    alone(waves["start"], plg.members, 2)
    close(waves["start"])
    september.move_to("2027-06-01 12:00:00+02:00")
    alone(waves["end"], plg.members, 4)
    close(waves["end"])
    actions.release(row, by=plg.fatima)
    assert figures.blocks(Place("network", plg.network.pk, ""), 2026)
    assert not figures.blocks(Place("board", plg.board.pk, ""), 2026)


def test_what_was_given_away_keeps_the_day_it_was_given(plg, answered):
    row = actions.release(answered.row, by=plg.fatima)
    assert read(row, plg.fatima).why_not_release
    assert row.released_at.date() == date(2027, 6, 1)


def test_the_leader_reads_it_on_her_page_and_paper_once_it_is_released(plg, answered, signed_in):
    client = signed_in(plg.bram)
    address = f"/participation/school/{plg.regenboog.pk}/"
    page = client.get(address, {"year": 2026}).content.decode()
    assert "Wat het opleverde" not in page
    actions.release(answered.row, by=plg.fatima)
    page = client.get(address, {"year": 2026}).content.decode()
    assert "Wat het opleverde" in page
    assert page.count('<svg class="moved"') == 14
    assert plg.maths.name not in page.split("Wat het opleverde")[1].split("</section>")[0], "a sum names no PLG"
    assert client.get(f"{address}2026/pdf/").content.startswith(b"%PDF")
