"""Room in the timetable: asked by a teacher, given in one tap, covered by a planner, and it follows what it is for."""

from datetime import date, time, timedelta

import pypdfium2
import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from activity import sending, words
from activity.kinds import kinds
from activity.models import Activity
from communities.meetings import actions as meetings
from communities.meetings import freeing, ledger
from core.refusals import Refused
from core.registry import merges
from core.standing import forget
from organisations import actions as work
from organisations.actions import room
from organisations.choices import RoleKind, RoomFor, RoomState
from organisations.models import RoomRequest
from organisations.room import gaps_by_week, open_for
from tests import cast as make

DAY = date(2026, 12, 1)  # a Tuesday


@pytest.fixture(autouse=True)
def _a_working_day():
    with time_machine.travel("2026-11-24 10:00+01:00", tick=False):
        yield


@pytest.fixture
def pien(cast):
    """Plans for De Regenboog, where Bram leads."""
    cast.pien = make.person("Pien de Jong")
    make.works(cast.pien, cast.regenboog)
    make.role(cast.pien, RoleKind.PLANNER, cast.regenboog)
    return cast.pien


def ask(person, school, day=DAY, starts=time(10, 45), ends=time(12), source="", **fields):
    fields = {"purpose": RoomFor.VISIT} | fields
    return room.ask_for_room(person, by=person, school=school, moments=[(day, starts, ends, source)], **fields)[0]


def rows(*requests):
    return RoomRequest.objects.filter(pk__in=[row.pk for row in requests])


def told(person):
    return set(person.notifications.values_list("activity__kind", flat=True))


def url(name, row):
    return reverse(f"organisations:{name}", args=[row.pk])


# One tap --------------------------------------------------------------------------------------------


def test_the_leader_hears_gives_room_in_one_tap_and_everybody_knows(cast, pien, signed_in, mailserver):
    row = ask(cast.amina, cast.regenboog)
    sending.send_due()
    assert "Amina" in mailserver.to("bram.visser@school.example")[0]["Subject"]
    signed_in(cast.bram).post(url("grant_room", row))
    row.refresh_from_db()
    assert row.state == RoomState.GRANTED
    sending.send_due()
    assert "Je hebt ruimte" in mailserver.to("amina.yildiz@school.example")[0]["Subject"]
    assert "organisations.cover_needed" in told(pien)
    assert "organisations.room_granted" not in told(cast.tom)


def test_one_tap_is_for_all_who_ask_the_same_moment(cast, signed_in):
    moment = {"source": "meeting:7", "purpose": RoomFor.PLG, "community": cast.maths}
    both = [ask(person, cast.regenboog, **moment) for person in (cast.amina, cast.fatima)]
    (card,) = open_for([cast.regenboog]).moments
    assert card.names == "Amina en Fatima"
    assert card.reason == "PLG Rekenen"
    signed_in(cast.bram).post(url("grant_room", both[0]), {"also": card.ids})
    assert set(rows(*both).values_list("state", flat=True)) == {"granted"}


def test_what_comes_along_is_only_what_is_hers_to_decide(cast, signed_in):
    own, other = ask(cast.amina, cast.regenboog), None
    make.role(cast.els, RoleKind.SCHOOL_LEADER, cast.wissel)
    other = ask(cast.tom, cast.wissel)
    signed_in(cast.bram).post(url("grant_room", own), {"also": [own.pk, other.pk]})
    assert list(RoomRequest.objects.granted()) == [own]


def test_a_second_tap_changes_nothing(cast):
    row = ask(cast.amina, cast.regenboog)
    room.grant_room(rows(row), by=cast.bram)
    assert room.grant_room(rows(row), by=cast.bram) == []
    assert Activity.objects.filter(kind="organisations.room_granted").count() == 1


def test_taken_back_until_the_day_before(cast, pien):
    row = ask(cast.amina, cast.regenboog)
    room.cover_room(row, by=pien, colleague=cast.els)
    room.grant_room(rows(row), by=cast.bram)
    room.take_back_room(rows(row), by=cast.bram)
    row.refresh_from_db()
    assert row.state == RoomState.ASKED
    assert "organisations.room_taken_back" in told(cast.amina)
    assert {"organisations.cover_given", "organisations.cover_off"} <= told(cast.els)
    room.grant_room(rows(row), by=cast.bram)
    with time_machine.travel("2026-12-01 08:00+01:00"), pytest.raises(Refused, match="dag van tevoren"):
        room.take_back_room(rows(row), by=cast.bram)


def test_a_letter_that_is_no_longer_true_does_not_go_out(cast, mailserver):
    row = ask(cast.amina, cast.regenboog)
    room.grant_room(rows(row), by=cast.bram)
    room.take_back_room(rows(row), by=cast.bram)
    sending.send_due()
    assert [letter["Subject"] for letter in mailserver.to("amina.yildiz@school.example")] == [
        "Toch geen ruimte in het rooster: di 1 december"
    ]


def test_a_word_back_leaves_it_open(cast, signed_in):
    row = ask(cast.amina, cast.regenboog, what="Ik kijk bij Els.")
    page = signed_in(cast.bram).get(url("talk_room", row)).text
    assert "Ik kijk bij Els." in page
    signed_in(cast.bram).post(url("talk_room", row), {"word": "Kan het ook woensdag?"})
    row.refresh_from_db()
    assert row.state == RoomState.TALK
    assert "Kan het ook woensdag?" in signed_in(cast.amina).get(reverse("organisations:my_hours")).text
    room.grant_room(rows(row), by=cast.bram)
    assert not open_for([cast.regenboog]).moments


# What cannot be ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "because"),
    [
        ((date(2026, 11, 23), time(9), time(10)), "voorbij"),
        ((date(2026, 12, 5), time(9), time(10)), "geen school"),  # a Saturday
        ((date(2026, 12, 25), time(9), time(10)), "geen school"),
        ((DAY, time(12), time(10)), "einde"),
        ((DAY, time(7), time(18)), "schooldag"),
        ((DAY + timedelta(days=500), time(9), time(10)), "jaar"),
    ],
)
def test_no_room_can_be_needed_then(cast, moment, because):
    with pytest.raises(Refused, match=because):
        room.ask_for_room(
            cast.amina, by=cast.amina, school=cast.regenboog, moments=[(*moment, "")], purpose=RoomFor.VISIT
        )
    assert not RoomRequest.objects.exists()


def test_not_twice_for_the_same_hours(cast):
    ask(cast.amina, cast.regenboog)
    with pytest.raises(Refused, match="al gevraagd"):
        ask(cast.amina, cast.regenboog, starts=time(11), ends=time(13))
    ask(cast.amina, cast.regenboog, starts=time(12), ends=time(13))


def test_only_a_school_where_she_works_that_day(cast):
    place = cast.amina.affiliations.get()
    place.until_on = date(2026, 11, 30)
    place.save()
    with pytest.raises(Refused, match="werkt"):
        ask(cast.amina, cast.regenboog)


def test_a_school_that_nobody_leads_cannot_answer(cast):
    with pytest.raises(Refused, match="Niemand leidt"):
        ask(cast.tom, cast.wissel)


def test_who_takes_the_class_must_be_there_and_free(cast, pien):
    row = ask(cast.amina, cast.regenboog)
    with pytest.raises(Refused, match="werkt hier"):
        room.cover_room(row, by=pien, colleague=cast.tom)
    with pytest.raises(Refused, match="eigen klas"):
        room.cover_room(row, by=pien, colleague=cast.amina)
    other = ask(cast.fatima, cast.regenboog)
    room.cover_room(row, by=pien, colleague=cast.els)
    with pytest.raises(Refused, match="andere klas"):
        room.cover_room(other, by=pien, colleague=cast.els)
    with pytest.raises(Refused, match="zelf ruimte"):
        room.cover_room(other, by=pien, colleague=cast.amina)


def test_who_takes_a_class_has_no_room_herself_then(cast, pien):
    room.cover_room(ask(cast.amina, cast.regenboog), by=pien, colleague=cast.els)
    with pytest.raises(Refused, match="klas van een collega"):
        ask(cast.els, cast.regenboog)


# It follows what it is for ---------------------------------------------------------------------------


@pytest.fixture
def meeting(cast):
    """On Thursday the third of December, from half past three until five."""
    return make.meeting(cast.maths, held_on=date(2026, 12, 3))


@pytest.fixture
def given(cast, pien, meeting):
    """Amina has room for it from one o'clock; Els takes her class."""
    row = freeing.ask(meeting, cast.amina, school=cast.regenboog, starts=time(13), ends=time(17))[0]
    room.cover_room(row, by=pien, colleague=cast.els)
    room.grant_room(rows(row), by=cast.bram)
    return row


def test_a_moved_meeting_takes_its_room_along_and_it_must_be_given_anew(cast, meeting, given, pien):
    meetings.move(meeting, by=cast.fatima, held_on=date(2026, 12, 8), starts=time(15), ends=time(16, 30))
    given.refresh_from_db()
    assert (given.held_on, given.starts, given.ends) == (date(2026, 12, 8), time(12, 30), time(16, 30))
    assert (given.state, given.moved_from) == (RoomState.ASKED, date(2026, 12, 3))
    assert "organisations.room_moved" in told(cast.bram) & told(pien)
    assert "organisations.cover_off" in told(cast.els)
    (card,) = open_for([cast.regenboog]).moments
    assert card.moved_from == date(2026, 12, 3)


def test_who_is_not_free_on_the_other_day_is_not_sent_to_two_classes(cast, pien, meeting, given):
    other = ask(cast.fatima, cast.regenboog, day=date(2026, 12, 8), starts=time(13), ends=time(14))
    room.cover_room(other, by=pien, colleague=cast.els)
    meetings.move(meeting, by=cast.fatima, held_on=date(2026, 12, 8), starts=time(15, 30), ends=time(17))
    given.refresh_from_db()
    assert (given.held_on, given.cover_person) == (date(2026, 12, 8), None)
    room.grant_room(rows(given), by=cast.bram)
    assert "organisations.cover_needed" in told(pien)


def test_moved_to_a_day_without_school_there_is_nothing_to_give(cast, meeting, given):
    meetings.move(meeting, by=cast.fatima, held_on=date(2026, 12, 5), starts=time(10), ends=time(12))
    given.refresh_from_db()
    assert given.state == RoomState.WITHDRAWN


def test_a_series_that_moves_takes_all_room_along(cast, pien, meeting, given):
    from communities.meetings.actions import series
    from communities.meetings.changing import Scope, Wish

    wish = Wish(weekday=None, starts=time(14, 30), ends=time(16), where={})
    series.change_series(meeting, by=cast.fatima, scope=Scope.THIS, wish=wish)
    given.refresh_from_db()
    assert (given.starts, given.ends, given.state) == (time(12), time(16), RoomState.ASKED)


def test_a_cancelled_meeting_gives_the_room_back(cast, meeting, given, pien):
    meetings.cancel(meeting, by=cast.fatima)
    given.refresh_from_db()
    assert given.state == RoomState.WITHDRAWN
    assert "organisations.room_withdrawn" in told(cast.bram) & told(pien)
    assert "organisations.cover_off" in told(cast.els)


def test_leaving_the_plg_gives_the_room_back(cast, given):
    from communities import actions as communities

    communities.leave(cast.maths.memberships.get(person=cast.amina), by=cast.amina)
    given.refresh_from_db()
    assert given.state == RoomState.WITHDRAWN


def test_a_plg_that_is_completed_gives_the_room_back(cast, given):
    from communities import actions as communities

    communities.close(cast.maths, by=cast.fatima, outcome="We weten hoe.")
    given.refresh_from_db()
    assert given.state == RoomState.WITHDRAWN


def test_leaving_the_school_gives_the_room_back_and_frees_the_class(cast, given, pien):
    work.end_affiliation(cast.els.affiliations.get(), by=cast.ben)
    given.refresh_from_db()
    assert (given.cover_person, given.state) == (None, RoomState.GRANTED)
    assert "organisations.cover_needed" in told(pien)
    work.end_affiliation(cast.amina.affiliations.get(), by=cast.ben)
    given.refresh_from_db()
    assert given.state == RoomState.WITHDRAWN


def test_room_that_is_over_stays_as_it_was(cast, meeting, given):
    with time_machine.travel("2026-12-04 10:00+01:00"):
        work.end_affiliation(cast.amina.affiliations.get(), by=cast.ben)
        given.refresh_from_db()
        assert given.state == RoomState.GRANTED


def test_two_accounts_become_one_with_their_room(cast, given):
    other = make.person("Amina Y")
    make.works(other, cast.regenboog)
    merges["organisations"](other, cast.amina)
    given.refresh_from_db()
    assert given.person == other


# Who sees what -------------------------------------------------------------------------------------


def test_a_planner_sees_no_question_and_no_content(cast, pien, meeting, signed_in):
    meeting.title = "Waarom halveren ze het antwoord?"
    meeting.save()
    row = freeing.ask(meeting, cast.amina, school=cast.regenboog, starts=time(13), ends=time(17), what="Zorg om Sem")[0]
    room.talk_room(row, by=cast.bram, word="Laten we praten")
    planner, leader = signed_in(pien), signed_in(cast.bram)
    pages = [
        reverse("organisations:timetable") + "?week=2026-12-03",
        url("cover_room", row),
    ]
    for page in pages:
        text = planner.get(page).text
        assert "PLG Rekenen" in text
        assert "Amina Yildiz" in text
        for secret in (cast.maths.question, meeting.title, "Zorg om Sem", "Laten we praten"):
            assert secret not in text
    assert "Zorg om Sem" in leader.get(pages[0]).text
    assert meeting.title not in leader.get(pages[0]).text


@pytest.mark.parametrize(
    ("who", "cover", "grant"), [("bram", 200, 302), ("pien", 200, 403), ("amina", 403, 403), ("ben", 404, 404)]
)
def test_who_may_what(cast, pien, signed_in, who, cover, grant):
    row = ask(cast.amina, cast.regenboog)
    browser = signed_in(getattr(cast, who))
    assert browser.get(url("cover_room", row)).status_code == cover
    assert browser.post(url("grant_room", row)).status_code == grant
    assert browser.post(url("take_back_room", row)).status_code == grant


def test_the_card_answers_with_itself(cast, signed_in):
    row = ask(cast.amina, cast.regenboog)
    htmx = {"HX-Request": "true", "HX-Target": "section#room-card"}
    page = signed_in(cast.bram).post(url("grant_room", row), headers=htmx)
    assert page.status_code == 200
    assert "Ruimte gegeven: Amina" in page.text
    assert "<html" not in page.text


@pytest.mark.parametrize("more", [0, 2])
def test_more_requests_ask_no_more_of_the_database(cast, pien, signed_in, django_assert_num_queries, more):
    for n in range(1 + more):
        ask(cast.amina, cast.regenboog, starts=time(8 + n), ends=time(9 + n), community=cast.maths, purpose="plg")
    with django_assert_num_queries(2):
        open_for([cast.regenboog])
    browser = signed_in(pien)
    browser.get(reverse("organisations:timetable"))
    with django_assert_num_queries(7):
        browser.get(reverse("organisations:timetable") + "?week=2026-12-01")


def test_gaps_are_counted_by_week(cast, pien, signed_in):
    first, second = ask(cast.amina, cast.regenboog), ask(cast.fatima, cast.regenboog, day=date(2026, 12, 9))
    third = ask(cast.els, cast.regenboog, needs_cover=False)
    room.grant_room(rows(first, second, third), by=cast.bram)
    assert gaps_by_week([cast.regenboog.pk], 8) == {date(2026, 11, 30): 1, date(2026, 12, 7): 1}
    signed_in(pien).post(url("cover_room", first), {"cover": "Invaller Ans", "colleague": ""})
    assert gaps_by_week([cast.regenboog.pk], 8) == {date(2026, 12, 7): 1}
    page = signed_in(pien).get(reverse("organisations:timetable") + "?week=2026-11-30").text
    assert "klas: Invaller Ans" in page


def test_the_week_on_paper(cast, pien, signed_in):
    room.grant_room(rows(ask(cast.amina, cast.regenboog)), by=cast.bram)
    paper = signed_in(pien).get(reverse("organisations:timetable_pdf") + "?week=2026-12-01")
    text = pypdfium2.PdfDocument(paper.content)[0].get_textpage().get_text_bounded()
    assert "Amina Yildiz" in text
    assert "nog niemand" in text


# On the pages of a teacher -------------------------------------------------------------------------


def test_asked_from_the_page_of_a_meeting_for_this_date_and_the_next(cast, meeting, signed_in):
    following = make.meeting(cast.maths, held_on=date(2026, 12, 10))
    browser = signed_in(cast.amina)
    assert reverse("meetings:ask_room_for", args=[meeting.pk]) in browser.get(meeting.get_absolute_url()).text
    form = {"starts": "13:00", "ends": "17:00", "needs_cover": "yes", "cover": "Ans", "also": [following.pk]}
    browser.post(reverse("meetings:ask_room_for", args=[meeting.pk]), form)
    asked = RoomRequest.objects.order_by("held_on")
    assert [row.source for row in asked] == [ledger.source(meeting.pk), ledger.source(following.pk)]
    assert {(row.starts, row.cover) for row in asked} == {(time(13), "Ans")}
    assert "Gevraagd" in browser.get(meeting.get_absolute_url()).text
    assert Activity.objects.filter(kind="organisations.room_asked").count() == 1


def test_asked_from_her_own_page_with_what_was_typed_kept(cast, signed_in):
    browser, address = signed_in(cast.amina), reverse("organisations:ask_room")
    form = {
        "purpose": f"plg:{cast.maths.pk}", "held_on": "2026-12-05", "starts": "10:45", "ends": "12:00",
        "needs_cover": "yes", "cover": "Ans Peters", "what": "",
    }  # fmt: skip
    answer = browser.post(address, form)
    assert answer.status_code == 422
    assert "Ans Peters" in answer.text
    browser.post(address, form | {"held_on": "2026-12-01"})
    row = RoomRequest.objects.get()
    assert (row.community_id, row.purpose) == (cast.maths.pk, "plg")
    assert "PLG Rekenen" in browser.get(reverse("organisations:my_hours")).text
    browser.post(url("withdraw_room", row))
    row.refresh_from_db()
    assert row.state == RoomState.WITHDRAWN


def test_somebody_elses_plg_cannot_be_the_reason(cast, signed_in):
    other = make.plg(cast.wissel, "PLG Lezen")
    form = {
        "purpose": f"plg:{other.pk}",
        "held_on": "2026-12-01",
        "starts": "10:45",
        "ends": "12:00",
        "needs_cover": "no",
    }
    assert signed_in(cast.amina).post(reverse("organisations:ask_room"), form).status_code == 422


def test_who_works_at_two_schools_says_at_which(cast, signed_in):
    make.works(cast.amina, cast.wissel)
    make.role(cast.els, RoleKind.SCHOOL_LEADER, cast.wissel)
    forget(cast.amina)
    form = {
        "purpose": "visit", "held_on": "2026-12-01", "starts": "10:45", "ends": "12:00", "needs_cover": "yes",
        "school": cast.wissel.pk,
    }  # fmt: skip
    browser = signed_in(cast.amina)
    assert "De Wissel" in browser.get(reverse("organisations:ask_room")).text
    browser.post(reverse("organisations:ask_room"), form)
    assert RoomRequest.objects.get().school == cast.wissel
    assert not open_for([cast.regenboog]).waiting


def test_who_takes_a_class_finds_it_with_her_hours(cast, given, signed_in):
    page = signed_in(cast.els).get(reverse("organisations:my_hours")).text
    assert "Je neemt de klas van Amina" in page


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_notice_has_its_words(cast, pien, meeting, given, language):
    room.take_back_room(rows(given), by=cast.bram)
    room.talk_room(given, by=cast.bram, word="Later?")
    room.cover_room(given, by=pien, cover="Ans")
    meetings.move(meeting, by=cast.fatima, held_on=date(2026, 12, 8), starts=time(15), ends=time(16, 30))
    room.grant_room(rows(given), by=cast.bram)
    room.cover_room(given, by=pien)
    meetings.cancel(meeting, by=cast.fatima)
    gap = ask(cast.fatima, cast.regenboog)
    room.grant_room(rows(gap), by=cast.bram)
    said = set()
    with translation.override(language):
        for row in Activity.objects.filter(kind__in=[name for name in kinds if "room" in name or "cover" in name]):
            kind = kinds[row.kind]
            context = words.context_of(kind, row, cast.amina, by=row.by)
            for voice in ("subject", "line", "email"):
                text = words.say(kind, voice, context)
                assert text
                assert "None" not in text
                assert "{{" not in text
            said.add(kind.name.partition(".")[2])
    assert said == {
        "room_asked", "room_granted", "room_talked", "room_taken_back", "room_moved", "room_withdrawn",
        "room_covered", "cover_given", "cover_off", "cover_needed",
    }  # fmt: skip
