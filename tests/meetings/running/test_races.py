"""Many hands at the same instant: one session, one step, every line."""

import uuid
from datetime import time

import pytest
from django.db import transaction
from django.utils.timezone import localtime

from communities.choices import Role
from communities.meetings.actions import running, seating, writing
from communities.meetings.models import Attendance, Line, Meeting, Run, RunSeat
from core.time import today
from tests import cast as people
from tests.hands import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(transactional_db):
    school = people.school(board=people.board())
    plg = people.plg(school, seats_max=40)
    for name in ("Fatima Aydin", "Sanne Bakker"):
        people.member(plg, people.person(name), Role.FACILITATOR)
    for n in range(6):
        people.member(plg, people.person(f"Collega {n}"))
    return people.meeting(plg, held_on=today(), starts=time(0, 0), ends=time(23, 59))


def members(meeting):
    return [row.person for row in meeting.community.memberships.order_by("pk").select_related("person")]


def test_two_facilitators_start_at_once_and_lead_the_same_session(meeting):
    fatima, sanne, *_rest = members(meeting)
    one, other = together(
        lambda: running.start(meeting, by=fatima, plan="simple"),
        lambda: running.start(Meeting.objects.get(pk=meeting.pk), by=sanne, plan="simple"),
    )
    assert one == other and Run.objects.count() == 1
    assert one.steps.count() == 3  # nor was the agenda filled twice


@pytest.fixture
def run(meeting):
    return running.start(meeting, by=members(meeting)[0], plan="simple")


def test_two_tap_next_at_once_and_it_is_one_step(meeting, run):
    fatima, sanne, *_rest = members(meeting)
    outcomes = together(
        *(lambda by=by: running.next_step(run, by=by, version=1) for by in (fatima, sanne, fatima, sanne))
    )
    assert sum(isinstance(each, running.Stale) for each in outcomes) == 3
    assert Run.objects.get().position == 1


def test_without_the_version_they_would_have_gone_twice(meeting, run):
    fatima, sanne, *_rest = members(meeting)
    together(*(lambda by=by: running.next_step(run, by=by) for by in (fatima, sanne)))
    assert Run.objects.get().position == 2


def test_five_write_at_once_and_nothing_is_lost(meeting, run):
    writers = members(meeting)[:5]

    def writes(person):
        for n in range(6):
            writing.write(run, by=person, text=f"{person} {n}", key=uuid.uuid4())
        return

    together(*(lambda person=person: writes(person) for person in writers))
    assert set(Line.objects.values_list("text", flat=True)) == {f"{p} {n}" for p in writers for n in range(6)}
    for person in writers:  # and each in her own order
        assert list(Line.objects.filter(author=person).values_list("text", flat=True)) == [
            f"{person} {n}" for n in range(6)
        ]


def test_one_line_sent_five_times_at_once_is_one_line(meeting, run):
    key, fatima = uuid.uuid4(), members(meeting)[0]
    lines = together(*(lambda: writing.write(run, by=fatima, text="Eén keer", key=key) for _n in range(5)))
    assert {line.pk for line in lines} == {Line.objects.get().pk}


def test_one_action_point_sent_three_times_at_once_is_one(meeting, run):
    key, fatima = uuid.uuid4(), members(meeting)[0]
    holder = meeting.community.memberships.get(person=fatima)
    found = together(
        *(lambda: writing.agree(run, by=fatima, holders=[holder], text="Eén keer", key=key) for _n in range(3))
    )
    assert len({points[0].pk for points in found}) == 1


def test_two_devices_of_one_person_keep_what_both_wrote(meeting, run):
    fatima = members(meeting)[0]
    together(*(lambda n=n: writing.write_own(run, by=fatima, text=f"apparaat {n}", was="") for n in range(3)))
    text = Line.objects.get(kind="own").text
    assert all(f"apparaat {n}" in text for n in range(3))


def test_who_joins_while_all_are_marked_has_one_seat(meeting, run):
    people_ = members(meeting)
    together(
        lambda: seating.seat_all(run, by=people_[0]),
        *(lambda person=person: seating.join_run(run, by=person) for person in people_),
        *(lambda person=person: seating.join_run(run, by=person, way="online") for person in people_[2:4]),
    )
    assert RunSeat.objects.count() == len(people_)


def test_two_end_at_once_and_it_ends_once(meeting, run):
    fatima, sanne, *_rest = members(meeting)
    together(lambda: running.end(run, by=fatima), lambda: running.end(run, by=sanne))
    assert Attendance.objects.filter(was_there=True).count() == 1


def test_a_line_written_while_it_ends_is_in_the_minutes(meeting, run):
    """The writer saw it running, and writes before the end is committed: whoever comes last, the minutes have it."""
    fatima, _sanne, anna, *_rest = members(meeting)
    for n in range(5):
        session = run if n == 0 else running.start(meeting, by=fatima, plan="simple")
        together(
            lambda session=session: running.end(session, by=fatima),
            lambda session=session, n=n: writing.write(
                session, by=anna, text=f"Op de valreep {n}", kind="decision", key=uuid.uuid4()
            ),
        )
        assert f"Op de valreep {n}" in str(meeting.report.versions.first().sections)


def test_a_lock_that_is_held_lets_others_write_own_notes(meeting, run):
    fatima, sanne, *_rest = members(meeting)
    with transaction.atomic():
        writing.write_own(run, by=fatima, text="van mij")
        done = together(lambda: writing.write_own(run, by=sanne, text="van haar"))
    assert done[0].text == "van haar" and localtime()
