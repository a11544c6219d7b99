"""The end: attendance, minutes, the next agenda, two questions at the door; and what nobody ended, ends itself."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from communities import actions as communities
from communities.meetings import running as reading
from communities.meetings.actions import answering, meeting_run, running, seating
from communities.meetings.choices import ItemState
from communities.meetings.models import AgendaItem, Attendance, ExitTicket, Minutes, Run
from communities.meetings.tasks import end_forgotten
from core.refusals import Refused
from organisations.models import Hours
from tests import cast as people


@pytest.fixture
def later(cast):
    """The next meeting, six weeks later."""
    return people.meeting(cast.maths, held_on=date(2027, 1, 7))


def test_who_took_a_seat_was_there_and_has_hours(cast, run, thursday, membership, tap):
    answering.answer(thursday, membership(cast.tom), coming="absent")
    seating.join_run(run, by=cast.amina)
    assert tap(cast.fatima, "end_run", run, script=False).url == run.get_absolute_url()
    assert dict(Attendance.objects.values_list("person__name", "was_there")) == {
        "Fatima Aydin": True, "Amina Yildiz": True, "Tom Hendriks": False,
    }  # fmt: skip
    assert dict(Hours.objects.values_list("person__name", "minutes")) == {"Fatima Aydin": 90, "Amina Yildiz": 90}


def test_what_was_marked_by_hand_stays(cast, run, thursday):
    Attendance.objects.create(meeting=thursday, person=cast.fatima, was_there=True, minutes=30, marked_by=cast.fatima)
    running.end(run, by=cast.fatima)
    assert Attendance.objects.get(person=cast.fatima).minutes == 30


def test_the_notes_become_minutes(cast, run, write, thursday):
    write(cast.amina, "We beginnen met kijken", kind="decision")
    write(cast.amina, "Alleen voor mij", kind="insight")
    running.end(run, by=cast.fatima)
    assert "We beginnen met kijken" in str(Minutes.objects.get(meeting=thursday).versions.first().sections)


def test_what_was_not_done_goes_to_the_next_agenda(cast, case, incident, later, during):
    during.shift(timedelta(minutes=3))
    running.next_step(case, by=cast.fatima)
    running.skip_step(case, by=cast.fatima)
    during.shift(timedelta(minutes=5))
    running.end(case, by=cast.fatima)  # in the third of seven steps
    done = AgendaItem.objects.filter(meeting=incident, state=ItemState.DONE).order_by("order")
    assert [item.title for item in done] == ["Terugblik", "Kiezen"]
    assert AgendaItem.objects.filter(meeting=later, title="Casussen noemen").exists()
    assert AgendaItem.objects.filter(meeting=later, title="Adviesronde").exists()


def test_completing_a_plg_ends_its_session_and_nothing_is_written_any_more(cast, run, write, thursday, during):
    during.shift(timedelta(minutes=20))
    communities.close(cast.maths, by=cast.fatima, outcome="Zo zijn we verder gekomen.")
    assert not Run.objects.running().exists()
    assert Attendance.objects.filter(meeting=thursday, person=cast.fatima, was_there=True).exists()
    assert not Minutes.objects.filter(meeting=thursday).exists()
    thursday.refresh_from_db()
    assert not thursday.is_cancelled  # they sat together
    with pytest.raises(Refused, match="afgerond"):
        write(cast.amina, "Nog een regel")


def test_a_step_that_was_only_opened_is_not_done(cast, case, incident):
    running.end(case, by=cast.fatima)
    assert not AgendaItem.objects.filter(meeting=incident, state=ItemState.DONE).exists()


def test_ending_twice_ends_once(cast, run, later):
    running.end(run, by=cast.fatima)
    ended_at = Run.objects.get().ended_at
    running.end(run, by=cast.fatima)
    assert Run.objects.get().ended_at == ended_at and Attendance.objects.count() == 1


def test_a_rehearsal_before_the_hour_leaves_no_trace(cast, incident, at):
    with at("2026-11-26 15:05:00+01:00"):
        run = running.start(incident, by=cast.fatima)
        running.end(run, by=cast.fatima)
    assert not Attendance.objects.exists() and not Minutes.objects.exists()
    with at("2026-11-26 15:30:00+01:00"):
        assert running.start(incident, by=cast.fatima).steps.count() == 7


def test_what_was_run_may_be_gone(cast, run, thursday):
    Run.objects.filter(pk=run.pk).update(about_id=999_999)
    running.end(Run.objects.get(), by=cast.fatima)
    assert not Run.objects.get().is_running


@pytest.mark.parametrize(
    ("moment", "runs"),
    [
        ("2026-11-26 20:59:00+01:00", True),  # planned until 17.00
        ("2026-11-26 21:01:00+01:00", False),
    ],
)
def test_what_nobody_ended_ends_itself_four_hours_after_its_time(cast, run, at, moment, runs):
    with at(moment):
        end_forgotten()
        assert Run.objects.get().is_running is runs
        assert Attendance.objects.exists() is not runs


def test_who_begins_in_the_evening_gets_her_four_hours(cast, thursday, at):
    with at("2026-11-26 20:30:00+01:00"):
        running.start(thursday, by=cast.fatima, plan="simple")
    with at("2026-11-26 22:00:00+01:00"):
        assert running.end_forgotten() == 0
    with at("2026-11-27 00:31:00+01:00"):
        assert running.end_forgotten() == 1


def test_beat_knows_of_it(settings):
    assert settings.CELERY_BEAT_SCHEDULE["end_forgotten"]["task"] == end_forgotten.name


@pytest.mark.parametrize(
    ("who", "look", "end"), [("fatima", 200, 302), ("amina", 403, 403), ("gijs", 404, 404), ("bram", 404, 404)]
)
def test_only_who_leads_rounds_off(cast, run, signed_in, who, look, end):
    browser = signed_in(getattr(cast, who))
    url = reverse("meetings:end_run", args=[run.pk])
    assert browser.get(url).status_code == look
    assert Run.objects.get().is_running  # looking ends nothing
    assert browser.post(url).status_code == end
    assert Run.objects.get().is_running is (end != 302)


# Two questions at the door --------------------------------------------------------------------------


@pytest.fixture
def ended(cast, run):
    return running.end(run, by=cast.fatima)


def hand_in(browser, run, **data):
    return browser.post(reverse("meetings:hand_in_ticket", args=[run.pk]), data)


def test_one_hands_in_and_changes_ones_mind(cast, ended, signed_in):
    amina = signed_in(cast.amina)
    assert hand_in(amina, ended, worth="4", takes_along="Eerst kijken").status_code == 302
    hand_in(amina, ended, worth="5", takes_along="Eerst kijken")
    assert ExitTicket.objects.values_list("person__name", "worth").get() == ("Amina Yildiz", 5)
    assert "Eerst kijken" in amina.get(ended.get_absolute_url()).text  # in her own form


def test_below_three_nobody_reads_and_from_three_on_without_names(cast, ended, signed_in):
    fatima = signed_in(cast.fatima)
    hand_in(signed_in(cast.amina), ended, worth="2", takes_along="Zinnetje van Amina")
    hand_in(signed_in(cast.tom), ended, worth="5", takes_along="Zinnetje van Tom")
    assert "Zinnetje" not in fatima.get(ended.get_absolute_url()).text
    hand_in(fatima, ended, worth="5", takes_along="Alles")
    page = fatima.get(ended.get_absolute_url()).text
    assert "Zinnetje van Amina" in page and "Zinnetje van Tom" in page
    assert "Amina Yildiz" not in page.partition('id="run-tickets"')[2].partition("</section>")[0]
    assert [row["count"] for row in reading.tickets(ended)["worth"]] == [0, 1, 0, 0, 2]


def test_a_fourth_answer_comes_with_others_or_later_so_that_nobody_knows_whose_it_is(cast, ended, signed_in, during):
    for who, words in [("amina", "een"), ("tom", "twee"), ("fatima", "drie")]:
        hand_in(signed_in(getattr(cast, who)), ended, worth="4", takes_along=words)
    fourth = people.person("Vera Vos")
    people.member(cast.maths, fourth)
    hand_in(signed_in(fourth), ended, worth="1", takes_along="vier")
    assert reading.tickets(ended)["takes_along"] == ["drie", "een", "twee"]
    during.shift(timedelta(minutes=61))
    assert reading.tickets(ended)["takes_along"] == ["drie", "een", "twee", "vier"]
    hand_in(signed_in(cast.tom), ended, worth="1", takes_along="toch iets anders")  # she sees him change it
    assert "toch iets anders" not in reading.tickets(ended)["takes_along"]


@pytest.mark.parametrize("data", [{}, {"worth": "6"}, {"worth": "x"}, {"worth": "3", "takes_along": "a" * 301}])
def test_an_answer_that_cannot_be_comes_back(cast, ended, signed_in, data):
    assert hand_in(signed_in(cast.amina), ended, **data).status_code == 422
    assert not ExitTicket.objects.exists()


def test_no_answers_while_it_runs(cast, run, signed_in):
    assert hand_in(signed_in(cast.amina), run, worth="3").status_code == 422


@pytest.mark.parametrize(
    ("who", "answer"), [("fatima", 302), ("amina", 302), ("gijs", 404), ("els", 404), ("dele", 404)]
)
def test_who_took_part_answers(cast, ended, signed_in, who, answer):
    assert hand_in(signed_in(getattr(cast, who)), ended, worth="3").status_code == answer


def test_the_journal_does_not_know_who_handed_in(cast, ended, signed_in):
    from activity.models import Activity

    hand_in(signed_in(cast.amina), ended, worth="3")
    assert Activity.objects.get(kind="meetings.ticket_handed_in").by is None


def test_half_an_hour_before_is_half_an_hour(thursday, at):
    with at("2026-11-26 14:59:59+01:00"):
        assert meeting_run.why_not_start(thursday)
