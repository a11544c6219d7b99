"""The facilitator's cockpit: what helps each PLG she leads, care for who is quiet, and a word by her own tap."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from activity import sending
from activity.models import Activity, Delivery
from communities.choices import MembershipState, Role
from communities.meetings import ahead, cockpit
from communities.meetings.actions import leading
from communities.meetings.models import ActionPoint, AgendaItem, Answer, Attendance, Meeting, Minutes
from core.refusals import Refused
from core.standing import forget
from organisations.choices import Function, RoleKind
from tests import cast as people
from tests.cast import meeting as make_meeting
from tests.communities._plg import queries_of

COCKPIT = "/meetings/leading/"


def row(person, plg):
    forget(person)
    (found,) = [each for each in cockpit.rows(person) if each.community == plg]
    return found


def said(person, plg):
    return " ".join(str(hint.text) for hint in row(person, plg).hints)


def missed(plg, *people_away, times=2):
    """The last meetings, with these people not there."""
    for n in range(times):
        meeting = make_meeting(plg, -7 - 14 * n)
        for membership in plg.memberships.seated():
            there = membership.person not in people_away
            Attendance.objects.create(meeting=meeting, person=membership.person, was_there=there, minutes=90 * there)


@pytest.fixture(autouse=True)
def _in_english():
    from django.utils import translation

    with translation.override("en"):
        yield


# What a PLG lacks, and what waits ------------------------------------------------------------------


def test_a_meeting_within_ten_days_needs_an_agenda_a_place_and_a_link(cast):
    meeting = make_meeting(cast.maths, 7, place="hybrid", school=None, room="")
    assert [hint.icon for hint in row(cast.fatima, cast.maths).lacks] == ["clipboard-list", "map-pin", "link"]
    AgendaItem.objects.create(community=cast.maths, meeting=meeting, title="Inchecken")
    Meeting.objects.update(room="aula", link="https://vergaderen.example/plg")
    assert not row(cast.fatima, cast.maths).lacks


def test_further_away_the_agenda_may_wait(cast):
    make_meeting(cast.maths, 11)
    assert not row(cast.fatima, cast.maths).lacks


def test_what_waits_is_told_with_where_it_is_done(cast):
    meeting, held = make_meeting(cast.maths, 12), make_meeting(cast.maths, -3)
    people.member(cast.maths, cast.els, state=MembershipState.REQUESTED)
    people.member(cast.maths, people.person("Ine Vitee"), state=MembershipState.INVITED)
    Minutes.objects.create(meeting=held)
    for due_on in (date(2020, 1, 1), None):
        ActionPoint.objects.create(community=cast.maths, person=cast.amina, text="Stroken maken", due_on=due_on)
    told = said(cast.fatima, cast.maths)
    assert "Els Jansen wants to join" in told and "1 invitation has no answer" in told
    assert "3 members have not answered" in told and "Who was there last time?" in told
    assert "are not finished" in told and "1 agreement is past its date" in told
    for person in (cast.fatima, cast.amina, cast.tom):
        Answer.objects.create(meeting=meeting, person=person, coming="room")
    assert "not answered" not in said(cast.fatima, cast.maths)


def test_without_a_date_the_row_says_so(cast, signed_in):
    assert "no date" in said(cast.fatima, cast.maths)
    assert reverse("meetings:plan", args=[cast.maths.pk]) in signed_in(cast.fatima).get(COCKPIT).text


def test_who_leads_nothing_learns_how_to_begin(cast, signed_in):
    page = signed_in(cast.amina).get(COCKPIT)
    assert page.status_code == 200 and reverse("communities:start") in page.text


def test_it_asks_as_much_for_one_plg_as_for_three(cast, signed_in):
    browser = signed_in(cast.fatima)
    make_meeting(cast.maths, 7)
    missed(cast.maths, cast.amina)
    few, _page = queries_of(browser, COCKPIT)
    for n in range(2):
        plg = people.plg(cast.wissel, f"PLG {n}")
        people.member(plg, cast.fatima, Role.FACILITATOR)
        away = [people.person(f"Lid {n}{m}") for m in range(3)]
        for person in away:
            people.works(person, cast.wissel)
            people.member(plg, person)
        make_meeting(plg, 8)
        missed(plg, *away)
    many, page = queries_of(browser, COCKPIT)
    assert len(page.context["rows"]) == 3
    assert many == few


# Who is quiet --------------------------------------------------------------------------------------


def test_who_was_not_there_twice_is_told_as_care(cast, signed_in):
    missed(cast.maths, cast.amina)
    page = signed_in(cast.fatima).get(COCKPIT).text
    assert "Amina" in page and "Tom was" not in page
    assert [each.person for each in row(cast.fatima, cast.maths).quiet] == [cast.amina]


def test_once_is_nothing_and_what_nobody_wrote_down_is_no_absence(cast):
    missed(cast.maths, cast.amina, times=1)
    make_meeting(cast.maths, -30)
    assert not row(cast.fatima, cast.maths).quiet


def test_she_who_came_last_time_is_not_quiet(cast):
    missed(cast.maths, cast.amina)
    last = Meeting.objects.order_by("-held_on").first()
    Attendance.objects.filter(meeting=last, person=cast.amina).update(was_there=True)
    assert not row(cast.fatima, cast.maths).quiet


def test_the_facilitator_herself_and_who_stopped_are_never_named(cast):
    missed(cast.maths, cast.fatima, cast.tom)
    cast.maths.memberships.filter(person=cast.tom).update(state=MembershipState.ENDED)
    assert not row(cast.fatima, cast.maths).quiet


@pytest.mark.parametrize(
    ("who", "answer"),
    [("amina", 403), ("tom", 403), *((who, 404) for who in ("gijs", "bram", "ben", "noor", "paula", "dele"))],
)
def test_nobody_else_finds_who_is_quiet(cast, signed_in, who, answer):
    missed(cast.maths, cast.amina)
    make_meeting(cast.maths, 7)
    browser = signed_in(getattr(cast, who))
    for path in (COCKPIT, "/", cast.maths.get_absolute_url(), f"/communities/{cast.maths.pk}/members/"):
        text = browser.get(path).text
        assert "er twee keer niet" not in text and "was not there twice" not in text, path
    amina = cast.maths.memberships.get(person=cast.amina)
    assert browser.get(reverse("meetings:nudge", args=[amina.pk])).status_code == answer


def leads_the_school(cast):
    people.role(cast.fatima, RoleKind.SCHOOL_LEADER, cast.regenboog)


def runs_the_board(cast):
    people.role(cast.fatima, RoleKind.BOARD_ADMIN, cast.board)


def leads_the_team(cast):
    cast.fatima.affiliations.update(function=Function.TEAM_LEADER)


@pytest.mark.parametrize("manages", [leads_the_school, runs_the_board, leads_the_team])
def test_a_leader_of_a_member_is_not_shown_who_is_quiet(cast, manages):
    missed(cast.maths, cast.amina, cast.tom)
    assert row(cast.fatima, cast.maths).quiet
    manages(cast)
    found = row(cast.fatima, cast.maths)
    assert not found.quiet
    amina = cast.maths.memberships.select_related("person", "community").get(person=cast.amina)
    assert "missed you" not in cockpit.prepared_words(amina, cast.fatima)


def test_a_leader_elsewhere_may_know(cast):
    missed(cast.maths, cast.amina)
    people.role(cast.fatima, RoleKind.SCHOOL_LEADER, cast.waterlelie)
    assert row(cast.fatima, cast.maths).quiet


# A word to somebody --------------------------------------------------------------------------------


@pytest.fixture
def amina(cast):
    return cast.maths.memberships.select_related("person", "community").get(person=cast.amina)


def test_the_prepared_words_follow_what_the_cockpit_shows(cast, amina, signed_in):
    assert "How is it going" in cockpit.prepared_words(amina, cast.fatima)
    make_meeting(cast.maths, 7)
    assert "Do you come" in cockpit.prepared_words(amina, cast.fatima)
    missed(cast.maths, cast.amina)
    assert "missed you" in cockpit.prepared_words(amina, cast.fatima)
    assert not Delivery.objects.exists()  # looking sends nothing


def test_a_word_goes_by_her_own_tap_and_is_not_kept(cast, amina, signed_in, mailserver, at):
    with at("2026-11-10 12:00:00+01:00"):
        missed(cast.maths, cast.amina)
        words = "Dag Amina, hoe gaat het? Geheim woordje."
        page = signed_in(cast.fatima).post(reverse("meetings:nudge", args=[amina.pk]), {"text": words})
        assert page.status_code == 302
        sending.send_due()
        (letter,) = mailserver.to(cast.amina.email)
        assert "Fatima Aydin" in letter["Subject"]
        assert any(
            "Geheim woordje" in str(part.get_payload(decode=True).decode())
            for part in letter.walk()
            if not part.is_multipart()
        )
        assert Delivery.objects.get(kind=cockpit.NUDGED).facts == {}
        done = Activity.objects.get(kind=cockpit.NUDGED)
        assert (done.by, done.facts) == (cast.fatima, {})
        assert not row(cast.fatima, cast.maths).quiet  # she did what could be done


def test_one_word_a_day(cast, amina, signed_in):
    leading.nudge(amina, by=cast.fatima, text="Dag")
    with pytest.raises(Refused):
        leading.nudge(amina, by=cast.fatima, text="Nog eens")
    page = signed_in(cast.fatima).post(reverse("meetings:nudge", args=[amina.pk]), {"text": "Blijft staan"})
    assert page.status_code == 422 and "Blijft staan" in page.text


def test_what_never_went_out_is_forgotten_too(cast, amina, mailserver, at):
    with at("2026-11-10 12:00:00+01:00"):
        leading.nudge(amina, by=cast.fatima, text="Dag")
        cast.maths.memberships.filter(person=cast.fatima).update(role=Role.MEMBER)
        sending.send_due()
        assert not mailserver.to(cast.amina.email)
        leading.forget_unsent()
        assert Delivery.objects.get().facts == {}


# Ten days ahead ------------------------------------------------------------------------------------


@pytest.fixture
def monday(cast, at):
    """It is Monday 16 November at night; the PLG meets on Thursday 26 November."""
    with at("2026-11-16 03:10:00+01:00"):
        yield make_meeting(cast.maths, held_on=date(2026, 11, 26), starts=time(15, 30))


def letters():
    return Delivery.objects.filter(kind=ahead.KIND)


def test_the_facilitator_hears_once_what_lacks(cast, monday, at, mailserver):
    assert ahead.look_ahead() == ahead.look_ahead() == 1
    (letter,) = letters()
    assert letter.person == cast.fatima and letter.due_at.isoformat() == "2026-11-16T07:00:00+00:00"
    with at("2026-11-16 12:00:00+01:00"):
        sending.send_due()
        (mail,) = mailserver.to(cast.fatima.email)
        assert "26 november" in mail["Subject"]
        assert not mailserver.to(cast.amina.email)


def test_on_a_day_off_it_waits_for_her_working_day(cast, monday):
    cast.fatima.days_off = [0]
    cast.fatima.save()
    ahead.look_ahead()
    assert letters().get().due_at.date() == date(2026, 11, 17)


def test_eleven_days_away_nothing_is_said(cast, at):
    with at("2026-11-15 03:10:00+01:00"):
        make_meeting(cast.maths, held_on=date(2026, 11, 26))
        assert ahead.look_ahead() == 0


def test_nothing_lacks_nothing_is_said(cast, monday):
    AgendaItem.objects.create(community=cast.maths, meeting=monday, title="Inchecken")
    Answer.objects.create(meeting=monday, person=cast.amina, coming="room")
    Answer.objects.create(meeting=monday, person=cast.fatima, coming="room")
    assert ahead.look_ahead() == 0  # one without an answer is no news
    Answer.objects.filter(person=cast.amina).delete()
    assert ahead.look_ahead() == 1


@pytest.mark.parametrize("meanwhile", ["made", "moved", "handed_over"])
def test_what_was_mended_meanwhile_is_not_mailed(cast, monday, at, mailserver, meanwhile):
    ahead.look_ahead()
    if meanwhile == "made":
        AgendaItem.objects.create(community=cast.maths, meeting=monday, title="Inchecken")
        for person in (cast.fatima, cast.amina, cast.tom):
            Answer.objects.create(meeting=monday, person=person, coming="room")
    elif meanwhile == "moved":
        Meeting.objects.update(held_on=monday.held_on + timedelta(days=1))
    else:
        cast.maths.memberships.filter(person=cast.fatima).update(role=Role.MEMBER)
    with at("2026-11-16 12:00:00+01:00"):
        sending.send_due()
    assert not mailserver.to(cast.fatima.email)
