"""Across boards and schools: PLGs by need, and who works with whom."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from communities.choices import Role
from communities.meetings.models import Attendance
from participation import months
from participation.needs import less_than_half
from tests import cast as people


@pytest.fixture
def plgs(cast):
    """One without a facilitator, one without a date, one that runs."""
    unled = people.plg(cast.wissel, "PLG Alleen")
    dateless = people.plg(cast.wissel, "PLG Zonder Datum")
    fine = people.plg(cast.wissel, "PLG Loopt")
    for community in (dateless, fine):
        people.member(community, cast.tom, Role.FACILITATOR)
    people.meeting(cast.maths)
    people.meeting(fine)
    return unled, dateless, fine


def names(answer):
    return [row.name for row, _group in answer.context["page"]]


def test_plgs_that_could_use_help_come_first(cast, signed_in, plgs):
    answer = signed_in(cast.ben).get("/participation/plgs/")
    assert names(answer) == ["PLG Alleen", "PLG Zonder Datum", "PLG Loopt", "PLG Rekenen"]


@pytest.mark.parametrize(
    ("need", "found"),
    [
        ("facilitator", ["PLG Alleen"]),
        ("date", ["PLG Zonder Datum"]),
        ("attendance", []),
        ("none", ["PLG Loopt", "PLG Rekenen"]),
        ("anything", ["PLG Alleen", "PLG Zonder Datum", "PLG Loopt", "PLG Rekenen"]),
    ],
)
def test_a_need_in_the_address_narrows_them(cast, signed_in, plgs, need, found):
    assert names(signed_in(cast.ben).get(f"/participation/plgs/?need={need}")) == found


def test_a_leader_counts_not_towards_the_five_whose_attendance_gets_a_word(cast):
    there = [people.works(people.person(f"Lid {letter}aa"), cast.regenboog).person for letter in "ABCD"]
    days = (months.last_closed() - months.first_of(now().date())).days + 2
    held = people.meeting(cast.maths, held_on=months.last_closed() + timedelta(days=2))
    assert days < 0
    for person in [*there, cast.bram]:
        Attendance.objects.create(meeting=held, person=person, was_there=False, minutes=90)
    assert not less_than_half([cast.maths.pk])
    fifth = people.works(people.person("Lid Eaa"), cast.regenboog).person
    Attendance.objects.create(meeting=held, person=fifth, was_there=False, minutes=90)
    assert less_than_half([cast.maths.pk]) == {cast.maths.pk}


def test_who_was_at_a_meeting_that_was_called_off_is_not_counted(cast):
    there = [people.works(people.person(f"Lid {letter}aa"), cast.regenboog).person for letter in "ABCDE"]
    held = people.meeting(cast.maths, held_on=months.last_closed() + timedelta(days=2), state="cancelled")
    for person in there:
        Attendance.objects.create(meeting=held, person=person, was_there=False, minutes=90)
    assert not less_than_half([cast.maths.pk])


def test_a_network_sees_which_boards_and_then_which_schools_work_together(cast, signed_in):
    cast.network.boards.add(cast.other_board)
    people.member(cast.maths, cast.dele)
    browser = signed_in(cast.noor)
    boards = browser.get(f"/participation/network/{cast.network.pk}/together/").context["together"]
    assert (boards.busy, boards.count(cast.board.pk, cast.other_board.pk)) == (2, 1)
    schools = browser.get(f"/participation/network/{cast.network.pk}/together/?board={cast.board.pk}")
    assert schools.context["together"].partners(cast.wissel.pk) == [("De Regenboog", 1)]
    assert cast.waterlelie.name not in schools.text


def test_a_board_sees_how_its_schools_work_together(cast, signed_in):
    page = signed_in(cast.ben).get(f"/participation/board/{cast.board.pk}/together/").text
    assert "De Wissel (1 PLG)" in page


def test_a_year_ago_stands_beside_it(cast, signed_in):
    cast.maths.memberships.filter(person=cast.tom).update(
        joined_at=now() - timedelta(days=500), state="ended", ended_at=now() - timedelta(days=100)
    )
    cast.maths.memberships.filter(person=cast.amina).update(joined_at=now() - timedelta(days=500))
    page = signed_in(cast.ben).get(f"/participation/board/{cast.board.pk}/together/").text
    assert "<strong>0 van de 2 scholen</strong>" not in page  # a guest of De Wissel is there still
    assert "Een jaar geleden" not in page
    cast.maths.memberships.filter(person=cast.gijs).delete()
    page = signed_in(cast.ben).get(f"/participation/board/{cast.board.pk}/together/").text
    assert "<strong>0 van de 2 scholen</strong>" in page
    assert "Een jaar geleden waren dat er 2." in page


@pytest.mark.parametrize("board", ["abc", "-1", "999999", "99999999999999999999", ""])
def test_a_board_that_is_not_in_the_network_shows_them_all(cast, signed_in, board):
    answer = signed_in(cast.noor).get(f"/participation/network/{cast.network.pk}/together/?board={board}")
    assert answer.status_code == 200
    assert answer.context["of_boards"]


@pytest.mark.parametrize("count", [1, 3])
def test_pages_across_do_not_ask_more_for_more(cast, signed_in, plgs, count, django_assert_num_queries):
    for number in range(count):
        group = people.plg(cast.wissel, f"PLG {number}")
        people.member(group, cast.tom)
        people.member(group, cast.amina)
    browser = signed_in(cast.noor)
    network = f"/participation/network/{cast.network.pk}/together/"
    asked = {"/participation/plgs/": 5, network: 7, f"{network}?board={cast.board.pk}": 8}
    for path, queries in asked.items():
        browser.get(path)
        with django_assert_num_queries(queries):
            browser.get(path)
