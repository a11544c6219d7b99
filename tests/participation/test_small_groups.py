"""What few people did is not shown, whichever way it comes about; and what is shown stays as it was."""

from datetime import date, time

import pytest

from communities.choices import Theme
from communities.meetings import ledger
from communities.meetings.models import Attendance, Meeting
from core.registry import merges
from organisations import hours
from organisations.choices import HoursKind, RoleKind
from organisations.models import Hours, Role
from organisations.room import RoomRequest
from participation import closing, figures, rollups
from participation.figures import Place
from participation.models import Figure
from tests import cast as people
from tests.cast import works

SEPTEMBER, OCTOBER, NOVEMBER = date(2025, 9, 4), date(2025, 10, 2), date(2025, 11, 6)


@pytest.fixture
def board(db):
    return people.board()


@pytest.fixture
def school(board):
    return people.school(board=board)


def team(school, count, name="Collega"):
    """So many teachers of a school."""
    found = [people.person(f"{name} {n} van {school.name}") for n in range(count)]
    for person in found:
        works(person, school)
    return found


def learned(who, day, minutes=60, kind=HoursKind.TRAINING, source="training:1"):
    """Each of these people learned on that day."""
    hours.write_all(hours.Entry(person.pk, kind, minutes, day, f"{source}-{day}") for person in who)


def close(day):
    """The month of that day is over."""
    closing.close_due(date(day.year + day.month // 12, day.month % 12 + 1, 8))


def of(place, kind="school"):
    return figures.of(Place(kind, place.pk, ""), 2025)


def adds_up():
    rollups.rebuild()
    assert rollups.prove().wrong == []


def test_seven_are_shown_and_six_are_not(school):
    everybody = team(school, 7)
    learned(everybody[:6], SEPTEMBER)
    learned(everybody, OCTOBER)
    close(SEPTEMBER)
    assert of(school).minutes == 0
    close(OCTOBER)
    assert of(school).minutes == 13 * 60
    adds_up()


def test_a_leader_who_takes_part_does_not_count_but_her_hours_do(school):
    everybody = team(school, 7)
    Role.objects.create(person=everybody[0], kind=RoleKind.SCHOOL_LEADER, school=school)
    learned(everybody, SEPTEMBER)
    close(SEPTEMBER)
    assert not Figure.objects.exists()
    more = team(school, 1, "Nieuw")
    learned(more, OCTOBER)
    close(OCTOBER)
    figure = Figure.objects.get()
    assert (figure.people, figure.minutes, figure.spread) == (7, 8 * 60, True)


def test_a_school_of_nine_sees_a_year_once_enough_of_them_are_in_it(school):
    everybody = team(school, 9)
    for day, some in ((SEPTEMBER, everybody[:3]), (OCTOBER, everybody[3:6]), (NOVEMBER, everybody[6:])):
        learned(some, day)
        close(day)
    said = of(school)
    assert said.minutes == 9 * 60
    assert all(month.minutes == 0 for month in said.months)
    assert said.waiting


def test_schools_of_three_are_taken_together_at_the_end_of_the_year_and_seen_by_their_board(board):
    schools = [people.school(f"School {n}", f"0{n}AA00", board) for n in range(3)]
    for each in schools:
        learned(team(each, 3), OCTOBER)
    close(OCTOBER)
    assert of(board, "board").minutes == 0
    close(date(2026, 7, 2))
    said = of(board, "board")
    assert said.minutes == 9 * 60
    assert [part.minutes for part in said.parts] == [0, 0, 0]
    assert [of(each).minutes for each in schools] == [0, 0, 0]
    adds_up()


def test_what_comes_late_goes_along_with_a_later_month(school):
    everybody = team(school, 8)
    learned(everybody, SEPTEMBER)
    close(SEPTEMBER)
    before = of(school).months
    learned(everybody[:2], SEPTEMBER, source="training:2")
    learned(everybody, OCTOBER)
    close(SEPTEMBER)
    assert of(school).months == before
    close(OCTOBER)
    assert [month.minutes for month in of(school).months][1:3] == [8 * 60, 10 * 60]
    adds_up()


def test_a_correction_after_closing_waits_until_enough_were_corrected(school):
    everybody = team(school, 8)
    learned(everybody, SEPTEMBER)
    close(SEPTEMBER)
    learned(everybody[:3], SEPTEMBER, minutes=30)
    learned(everybody[3:4], SEPTEMBER, minutes=0)
    close(OCTOBER)
    assert of(school).minutes == 8 * 60
    assert Hours.objects.get(person=everybody[3]).minutes == 0  # counted: the rest of it waits
    assert hours.of_year(everybody[3], 2025) == []
    adds_up()
    learned(everybody[4:], SEPTEMBER, minutes=45)
    close(NOVEMBER)
    assert of(school).minutes == 3 * 30 + 4 * 45
    adds_up()


def test_who_moves_leaves_her_hours_where_they_were_made(school, board):
    other = people.school("De Wissel", "08AB00", board)
    everybody = team(school, 8)
    learned(everybody, SEPTEMBER)
    close(SEPTEMBER)
    moved = everybody[0]
    moved.affiliations.update(until_on=date(2025, 9, 30))
    works(moved, other, from_on=date(2025, 10, 1))
    learned([moved, *team(other, 7, "Buur")], OCTOBER)
    close(OCTOBER)
    assert (of(school).minutes, of(other).minutes) == (8 * 60, 8 * 60)
    assert of(board, "board").minutes == 16 * 60


def test_who_works_at_two_schools_counts_once_for_each_hour(school, board):
    other = people.school("De Wissel", "08AB00", board)
    everybody = team(school, 8)
    works(everybody[0], other)
    learned(everybody, SEPTEMBER)
    close(SEPTEMBER)
    assert (of(school).minutes, of(other).minutes, of(board, "board").minutes) == (8 * 60, 0, 8 * 60)


@pytest.mark.parametrize(("minutes", "kept"), [(-30, []), (0, []), (100_000, [24 * 60])])
def test_no_hours_are_negative_or_longer_than_a_day(school, minutes, kept):
    learned(team(school, 1), SEPTEMBER, minutes=minutes)
    assert list(Hours.objects.values_list("minutes", flat=True)) == kept


def held(school, everybody, there):
    """A meeting of a PLG in September: all are asked, these are there."""
    community = people.plg(school, theme=Theme.MATHS)
    meeting = Meeting.objects.create(community=community, held_on=SEPTEMBER, starts=time(15, 30), ends=time(17))
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, person=one, was_there=one in there, minutes=90 if one in there else 0)
        for one in everybody
    )
    ledger.write(meeting)
    return meeting


def test_that_everybody_came_cannot_be_read(school):
    everybody = team(school, 10)
    held(school, everybody, everybody)
    close(SEPTEMBER)
    figure = Figure.objects.get()
    assert (figure.counted, figure.minutes) == (900, 810)
    assert (of(school).minutes, of(school).attendance) == (810, figures.share(figures._Sum(asked=10, were=9, most=1)))


def test_where_six_of_seven_came_it_is_shown_and_where_all_six_came_it_is_not(school, board):
    other = people.school("De Wissel", "08AB00", board)
    some, all_of_them = team(school, 7), team(other, 6)
    held(school, some, some[:6])
    held(other, all_of_them, all_of_them)
    close(SEPTEMBER)
    assert (of(school).minutes, of(other).minutes) == (540, 0)


def test_where_five_of_nine_came_it_waits(school):
    everybody = team(school, 9)
    held(school, everybody, everybody[:5])
    close(SEPTEMBER)
    assert of(school).minutes == 0


def test_of_three_at_a_meeting_no_attendance_is_told_where_others_did_something_else(school):
    everybody = team(school, 10)
    held(school, everybody[:3], everybody[:2])
    learned(everybody[2:6], SEPTEMBER)
    learned(everybody[6:], SEPTEMBER, kind=HoursKind.COACHING, source="coaching:1")
    close(SEPTEMBER)
    said = of(school)
    assert (said.minutes, said.attendance) == (2 * 90 + 8 * 60, "")


def test_what_was_counted_stays_at_the_school_where_it_was_counted(school, board):
    other = people.school("De Wissel", "08AB00", board)
    everybody = team(school, 8)
    learned(everybody, SEPTEMBER)
    close(SEPTEMBER)
    everybody[0].affiliations.update(school=other)  # it turns out that she worked there all the time
    learned(everybody, SEPTEMBER, minutes=90)
    close(OCTOBER)
    assert (of(school).minutes, of(other).minutes) == (8 * 90, 0)
    adds_up()


def test_what_fell_within_the_timetable_is_shown_where_both_sides_are_enough(school):
    everybody = team(school, 16)
    meeting = held(school, everybody, everybody[:15])
    close(SEPTEMBER)
    assert of(school).in_timetable == 0
    Figure.objects.all().delete()
    closing.Closing.objects.all().delete()
    Hours.objects.update(counted_minutes=0, figure_id=None)
    RoomRequest.objects.bulk_create(
        RoomRequest(
            person=one, school=school, held_on=SEPTEMBER, starts=time(15), ends=time(17),
            source=ledger.source(meeting.pk), state="granted",
        )
        for one in everybody[:8]
    )  # fmt: skip
    close(SEPTEMBER)
    assert Figure.objects.count() == 2
    assert of(school).in_timetable == 7 * 90  # of eight who were there all the time, one part fewer
    assert of(school).minutes == 14 * 90


def test_two_accounts_of_one_person_are_put_right_later(school):
    everybody = team(school, 9)
    learned(everybody, SEPTEMBER)
    close(SEPTEMBER)
    for follow in merges.values():
        follow(everybody[0], everybody[1])
    row = Hours.objects.get(person=everybody[0])
    assert (row.minutes, row.counted_minutes) == (60, 120)
    assert of(school).minutes == 9 * 60
    adds_up()
