"""Lists: of a PLG, of my PLGs, for leaders; and what lies on the page of a PLG."""

from datetime import date

import pytest
from django.urls import reverse

from activity.models import Ask
from communities.choices import MembershipState
from communities.meetings import asking, panels, rhythm
from communities.meetings.choices import CalendarWay, State
from communities.meetings.models import Answer, Attendance, CalendarChoice
from tests import cast as people
from tests.cast import meeting as make_meeting


@pytest.mark.parametrize(
    ("who", "answer"),
    [("fatima", 200), ("amina", 200), ("gijs", 403), ("bram", 403), ("noor", 403), ("els", 403), ("dele", 404)],
)
def test_the_list_of_a_plg_is_for_its_members(cast, thursday, signed_in, who, answer):
    assert signed_in(getattr(cast, who)).get(reverse("meetings:index", args=[cast.maths.pk])).status_code == answer


@pytest.mark.parametrize(("who", "answer"), [("bram", 200), ("ben", 200), ("amina", 403), ("els", 403), ("dele", 404)])
def test_leaders_know_the_dates(cast, thursday, signed_in, who, answer):
    assert signed_in(getattr(cast, who)).get(reverse("meetings:dates", args=[cast.maths.pk])).status_code == answer


def test_a_leader_sees_day_hour_and_place_and_nothing_of_what_is_done_there(cast, thursday, signed_in, membership):
    thursday.preparation = "Lees het lesplan"
    thursday.save()
    Answer.objects.create(meeting=thursday, person=cast.amina, coming="absent", reason="ouderavond")
    bram = signed_in(cast.bram)
    for address in (reverse("meetings:dates", args=[cast.maths.pk]), cast.maths.get_absolute_url()):
        page = bram.get(address).text
        assert "De Regenboog" in page
        for secret in ("Lees het lesplan", "ouderavond", thursday.title):
            assert secret not in page
    assert bram.get(thursday.get_absolute_url()).status_code == 404


def test_lists_ask_as_much_for_twelve_meetings_as_for_one(cast, thursday, signed_in, django_assert_max_num_queries):
    amina = signed_in(cast.amina)
    pages = [reverse("meetings:index", args=[cast.maths.pk]), reverse("meetings:agenda"), cast.maths.get_absolute_url()]
    for page in pages:
        amina.get(page)
    for n in range(1, 12):
        make_meeting(cast.maths, days=20 + n)
        make_meeting(cast.maths, days=-n)
    for page in pages:
        with django_assert_max_num_queries(8):
            assert amina.get(page).status_code == 200


def test_the_past_turns_over_in_pages(cast, thursday, signed_in):
    for n in range(1, 14):
        make_meeting(cast.maths, days=-n, title=f"Keer {n}")
    amina = signed_in(cast.amina)
    address = reverse("meetings:index", args=[cast.maths.pk])
    assert len(amina.get(address).context["past"]) == 10
    assert len(amina.get(address + "?page=2").context["past"]) == 3
    assert amina.get(address + "?page=zes").status_code == 200


@pytest.mark.parametrize("month", ["", "2026-12", "niets", "0001-01", "9999-12", "2026-13"])
def test_the_month_takes_whatever_stands_in_the_address(cast, thursday, signed_in, month):
    assert signed_in(cast.amina).get(reverse("meetings:agenda"), {"month": month}).status_code == 200


def test_the_agenda_holds_all_my_plgs_and_no_others(cast, thursday, signed_in):
    mine = people.plg(cast.wissel, "PLG Lezen")
    people.member(mine, cast.amina)
    make_meeting(mine, held_on=date(2026, 11, 30), school=cast.wissel, title="Samen lezen")
    other = people.plg(cast.waterlelie, "PLG Muziek")
    make_meeting(other, held_on=date(2026, 11, 30), school=cast.waterlelie, title="Samen zingen")
    page = signed_in(cast.amina).get(reverse("meetings:agenda")).text
    assert "Samen lezen" in page and thursday.title in page
    assert "Samen zingen" not in page


def test_the_rhythm_names_the_holidays_between_the_dates(cast, thursday):
    make_meeting(cast.maths, held_on=date(2026, 10, 8))
    make_meeting(cast.maths, held_on=date(2027, 1, 14))
    items = rhythm.of(cast.maths, rhythm.meetings_of(cast.maths, cast.amina))
    assert [item.get("off") or item["day"].isoformat() for item in items] == [
        "2026-10-08", "Herfstvakantie", "2026-11-26", "Kerstvakantie", "2027-01-14",
    ]  # fmt: skip


def test_the_rhythm_shows_a_cancelled_date_and_marks_the_next_that_stands(cast, thursday):
    make_meeting(cast.maths, held_on=date(2026, 11, 19), state=State.CANCELLED)
    rows = rhythm.meetings_of(cast.maths, cast.amina)
    states = {item["day"].day: item["state"] for item in rhythm.of(cast.maths, rows)}
    assert states == {19: "cancelled", 26: "now"}


@pytest.mark.parametrize(("who", "sees"), [("amina", True), ("gijs", False), ("bram", False), ("dele", False)])
def test_the_panel_is_for_who_may_enter(cast, thursday, who, sees):
    assert (panels.panel(cast.maths, getattr(cast, who)) is not None) == sees


def test_a_plg_without_meetings_teaches_its_facilitator(cast, signed_in):
    page = signed_in(cast.fatima).get(cast.maths.get_absolute_url()).text
    assert reverse("meetings:plan", args=[cast.maths.pk]) in page
    page = signed_in(cast.amina).get(cast.maths.get_absolute_url()).text
    assert reverse("meetings:plan", args=[cast.maths.pk]) not in page


def test_who_signs_up_keeps_the_answers_given_by_mail(cast, thursday):
    Answer.objects.create(meeting=thursday, address="els@thuis.example", coming="room")
    panels.claim(cast.els, "Els@thuis.example")
    assert Answer.objects.get().person == cast.els


def test_two_accounts_become_one_and_the_kept_ones_answer_stands(cast, thursday):
    other = make_meeting(cast.maths, held_on=date(2026, 12, 17))
    Answer.objects.create(meeting=thursday, person=cast.amina, coming="room")
    Answer.objects.create(meeting=thursday, person=cast.els, coming="absent")
    Answer.objects.create(meeting=other, person=cast.els, coming="absent")
    Attendance.objects.create(meeting=thursday, person=cast.els, was_there=True, minutes=90)
    CalendarChoice.objects.create(person=cast.els, way=CalendarWay.FEED, key="k")
    panels.merge(cast.amina, cast.els)
    assert dict(Answer.objects.filter(person=cast.amina).values_list("meeting", "coming")) == {
        thursday.pk: "room", other.pk: "absent",
    }  # fmt: skip
    assert Attendance.objects.get().person == cast.amina
    assert CalendarChoice.objects.get().person == cast.amina
    assert not Answer.objects.filter(person=cast.els).exists()


def test_a_former_member_reads_only_where_the_plg_chose_so(cast, thursday, signed_in, membership):
    row = membership(cast.tom)
    row.state = MembershipState.ENDED
    row.save()
    assert signed_in(cast.tom).get(thursday.get_absolute_url()).status_code == 404
    cast.maths.leavers_read = True
    cast.maths.save()
    tom = signed_in(cast.tom)
    page = tom.get(thursday.get_absolute_url())
    assert page.status_code == 200
    assert reverse("meetings:answer", args=[thursday.pk]) not in page.text
    assert tom.post(reverse("meetings:answer", args=[thursday.pk]), {"coming": "room"}).status_code == 403


def test_who_reads_on_gets_neither_the_way_in_nor_the_reasons_of_others(cast, signed_in):
    cast.maths.leavers_read = True
    cast.maths.save()
    meeting = make_meeting(cast.maths, 7, place="online", link="https://praten.example/kamer")
    Answer.objects.create(meeting=meeting, person=cast.tom, coming="absent", reason="Naar het ziekenhuis")
    for state, sees in (("active", True), ("ended", False)):
        cast.maths.memberships.filter(person=cast.amina).update(state=state)
        amina = signed_in(cast.amina)
        page = amina.get(meeting.get_absolute_url())
        assert page.status_code == 200
        assert (meeting.link in page.text) == sees
        assert ("ziekenhuis" in page.text) == sees
        assert (meeting.link in amina.get(cast.maths.get_absolute_url()).text) == sees


def test_the_page_of_a_plg_does_not_ask_twice_for_the_answer_its_card_has_buttons_for(cast, thursday, signed_in):
    asking.renew(cast.maths)
    assert Ask.objects.for_today(cast.amina).get().about == thursday
    page = signed_in(cast.amina).get(cast.maths.get_absolute_url())
    assert reverse("meetings:answer", args=[thursday.pk]) in page.text
    assert page.context["asks"] == []


def test_a_meeting_called_off_no_longer_asks_who_comes(cast, thursday, signed_in):
    address = thursday.get_absolute_url()
    assert 'id="people"' in signed_in(cast.amina).get(address).text
    thursday.state = State.CANCELLED
    thursday.save()
    page = signed_in(cast.amina).get(address).text
    assert 'id="people"' not in page and 'id="prepare"' not in page
