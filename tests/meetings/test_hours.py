"""The ledger of hours: whoever was at a meeting has its minutes, with her school and board of that day."""

import csv
import io
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from communities.choices import MembershipState
from communities.meetings import actions, ledger
from communities.meetings.choices import Coming
from communities.meetings.models import Answer, Attendance
from communities.models import Membership
from core.registry import merges
from organisations import hours
from organisations.choices import HoursKind
from organisations.models import Hours
from people import actions as accounts
from tests import cast as people
from tests.cast import meeting as make_meeting


@pytest.fixture
def held(cast, thursday):
    """The meeting of 5 November, of an hour and a half."""
    return make_meeting(cast.maths, held_on=date(2026, 11, 5))


def ledger_of(meeting):
    """What stands in the ledger: person -> minutes."""
    return dict(Hours.objects.filter(source=ledger.source(meeting.pk)).values_list("person", "minutes"))


def attendance_of(meeting):
    """What the attendance says: the same, of whoever was there."""
    rows = Attendance.objects.filter(meeting=meeting, was_there=True, minutes__gt=0, person__isnull=False)
    return dict(rows.values_list("person", "minutes"))


def test_who_was_there_has_the_minutes_with_school_and_board(cast, held, membership):
    Answer.objects.create(meeting=held, person=cast.amina, coming=Coming.ROOM)
    Answer.objects.create(meeting=held, person=cast.tom, coming=Coming.ABSENT)
    actions.mark_all(held, by=cast.fatima)
    row = Hours.objects.get()
    assert (row.person, row.minutes, row.held_on, row.kind) == (cast.amina, 90, held.held_on, "meeting")
    assert (row.school, row.board, row.community_id) == (cast.regenboog, cast.board, cast.maths.pk)


def test_a_correction_replaces_and_not_there_removes(cast, held, membership):
    for there, minutes, expected in ((True, None, {cast.tom.pk: 90}), (True, 45, {cast.tom.pk: 45}), (False, 45, {})):
        actions.mark(held, membership(cast.tom), by=cast.fatima, was_there=there, minutes=minutes)
        assert ledger_of(held) == expected
    actions.mark(held, membership(cast.tom), by=cast.fatima, was_there=True, minutes=0)
    assert ledger_of(held) == {}


def test_of_two_schools_it_is_the_one_she_takes_part_for(cast, held, membership):
    people.works(cast.tom, cast.waterlelie, from_on=date(2019, 8, 1))
    row = membership(cast.tom)
    row.school = cast.wissel
    row.save()
    actions.mark(held, row, by=cast.fatima, was_there=True)
    assert Hours.objects.get().school == cast.wissel


def test_school_and_board_are_those_of_that_day(cast, held, membership):
    cast.tom.affiliations.update(until_on=date(2026, 10, 31))
    people.works(cast.tom, cast.waterlelie, from_on=date(2026, 11, 1))
    actions.mark(held, membership(cast.tom), by=cast.fatima, was_there=True)
    row = Hours.objects.get()
    assert (row.school, row.board) == (cast.waterlelie, cast.other_board)


def test_who_works_nowhere_has_hours_too(cast, held, membership):
    cast.tom.affiliations.all().delete()
    actions.mark(held, membership(cast.tom), by=cast.fatima, was_there=True)
    row = Hours.objects.get()
    assert (row.school, row.board, row.minutes) == (None, None, 90)


def test_an_address_has_none_until_it_is_a_person(cast, held):
    row = Membership.objects.create(community=cast.maths, address="nieuw@school.example", state=MembershipState.ACTIVE)
    actions.mark(held, row, by=cast.fatima, was_there=True)
    assert ledger_of(held) == {}
    new = people.person("Nieuwe Collega", "nieuw@school.example")
    accounts.arrive(new)
    assert ledger_of(held) == {new.pk: 90}


def test_two_accounts_of_one_person_have_the_hours_once(cast, held, membership):
    other = make_meeting(cast.maths, held_on=date(2026, 10, 8))
    actions.mark(held, membership(cast.tom), by=cast.fatima, was_there=True)
    actions.mark(held, membership(cast.amina), by=cast.fatima, was_there=False)
    actions.mark(other, membership(cast.tom), by=cast.fatima, was_there=True, minutes=60)
    hours.write(cast.tom, kind=HoursKind.VISIT, minutes=30, held_on=date(2026, 11, 2), source="visit:1")
    for follow in merges.values():
        follow(cast.amina, cast.tom)
    kept = dict(Hours.objects.filter(person=cast.amina).values_list("source", "minutes"))
    assert kept == {ledger.source(other.pk): 60, "visit:1": 30}  # where both were marked, hers stands: not there
    assert not Hours.objects.filter(person=cast.tom).exists()


def test_writing_twice_is_harmless(cast):
    for minutes in (30, 30, 45):
        hours.write(cast.tom, kind=HoursKind.EVENT, minutes=minutes, held_on=date(2026, 11, 2), source="event:1")
    assert list(Hours.objects.values_list("minutes", flat=True)) == [45]
    hours.write(cast.tom, kind=HoursKind.EVENT, minutes=0, held_on=date(2026, 11, 2), source="event:1")
    assert not Hours.objects.exists()


MARKS = st.lists(
    st.one_of(
        st.tuples(st.just("all"), st.none(), st.none(), st.none()),
        st.tuples(
            st.just("one"), st.sampled_from(["amina", "tom", "fatima"]), st.booleans(),
            st.one_of(st.none(), st.integers(0, 24 * 60)),
        ),
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marks=MARKS)
def test_the_ledger_equals_the_attendance_after_any_order_of_marks(cast, held, membership, marks):
    Attendance.objects.all().delete()
    Hours.objects.all().delete()
    Answer.objects.get_or_create(meeting=held, person=cast.amina, defaults={"coming": Coming.ROOM})
    Answer.objects.get_or_create(meeting=held, person=cast.tom, defaults={"coming": Coming.ABSENT})
    for what, who, there, minutes in marks:
        if what == "all":
            actions.mark_all(held, by=cast.fatima)
        else:
            row = membership(getattr(cast, who))
            actions.mark(held, row, by=cast.fatima, was_there=there, minutes=minutes)
        assert ledger_of(held) == attendance_of(held)


def test_rewriting_says_what_differed_and_mends_it(cast, held, membership):
    for person in (cast.amina, cast.tom, cast.fatima):
        actions.mark(held, membership(person), by=cast.fatima, was_there=True)
    Hours.objects.filter(person=cast.amina).delete()
    Hours.objects.filter(person=cast.tom).update(minutes=1)
    for stray in (ledger.source(held.pk), ledger.source(999_999)):
        hours.write(cast.gijs, kind=HoursKind.MEETING, minutes=9, held_on=held.held_on, source=stray)
    hours.write(cast.gijs, kind=HoursKind.EVENT, minutes=9, held_on=held.held_on, source="event:1")
    said = StringIO()
    call_command("rewrite_hours", dry_run=True, stdout=said)
    assert "1 rows were right, 1 missing, 1 wrong, 2 too many." in said.getvalue()
    assert Hours.objects.get(person=cast.tom).minutes == 1  # looked, did not touch
    call_command("rewrite_hours", stdout=StringIO())
    assert ledger_of(held) == attendance_of(held)
    assert Hours.objects.get(person=cast.gijs).source == "event:1"
    again = StringIO()
    call_command("rewrite_hours", stdout=again)
    assert "3 rows were right, 0 missing, 0 wrong, 0 too many." in again.getvalue()


# My page -------------------------------------------------------------------------------------------


@pytest.fixture
def written(cast, thursday):
    """Hours of Amina in two school years, one of them with a name that would like to be a formula."""
    cast.maths.name = "=HYPERLINK(evil)"
    cast.maths.save()
    for day, minutes in ((date(2026, 11, 5), 90), (date(2026, 9, 24), 75), (date(2026, 7, 31), 60)):
        hours.write(
            cast.amina, kind=HoursKind.MEETING, minutes=minutes, held_on=day, source=f"x:{day}", community=cast.maths
        )
    hours.write(cast.tom, kind=HoursKind.MEETING, minutes=33, held_on=date(2026, 11, 5), source="tom")


def test_my_hours_of_this_school_year_in_words(cast, written, signed_in):
    page = signed_in(cast.amina).get(reverse("organisations:my_hours"))
    assert page.status_code == 200
    assert page.context["total"] == "2 uur en 45 minuten"
    assert [each["row"].minutes for each in page.context["rows"]] == [90, 75]
    before = signed_in(cast.amina).get(reverse("organisations:my_hours") + "?year=2025")
    assert [each["row"].minutes for each in before.context["rows"]] == [60]
    assert signed_in(cast.amina).get(reverse("organisations:my_hours") + "?year=nonsense").status_code == 200
    assert page.headers["Cache-Control"] == "private, no-store"


def test_the_page_is_one_s_own(cast, written, signed_in):
    for who in (cast.bram, cast.ben, cast.fatima):
        page = signed_in(who).get(reverse("organisations:my_hours"))
        assert page.context["rows"] == []
    assert signed_in().get(reverse("organisations:my_hours")).status_code == 302


def test_as_a_file_without_formulas(cast, written, signed_in):
    amina = signed_in(cast.amina)
    text = amina.get(reverse("organisations:hours_file", args=["csv", 2026])).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert len(rows) == 3 and rows[1][2] == "'=HYPERLINK(evil)" and rows[1][4] == "90"
    got = amina.get(reverse("organisations:hours_file", args=["xlsx", 2026]))
    assert "2026-2027.xlsx" in got.headers["Content-Disposition"]
    sheet = load_workbook(io.BytesIO(got.content)).active
    assert sheet["C2"].data_type == "s" and sheet["C2"].value == "'=HYPERLINK(evil)"
    assert sheet["E2"].value == 90 and sheet["A2"].value.date() == date(2026, 11, 5)
    assert amina.get("/organisations/hours/pdf/2026/").status_code == 404
    assert amina.get("/organisations/hours/csv/99999/").status_code == 404


def test_the_page_asks_as_much_for_three_as_for_one(cast, thursday, signed_in, django_assert_max_num_queries):
    amina = signed_in(cast.amina)
    address = reverse("organisations:my_hours")
    for rows in (1, 3):
        for n in range(rows):
            plg = people.plg(cast.regenboog, f"PLG {rows}{n}")
            day = date(2026, 11, 1) + timedelta(days=n)
            hours.write(cast.amina, kind=HoursKind.MEETING, minutes=60, held_on=day, source=f"{rows}{n}", community=plg)
        amina.get(address)
        with django_assert_max_num_queries(9):
            assert amina.get(address).status_code == 200
