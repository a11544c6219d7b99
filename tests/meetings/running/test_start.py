"""A meeting is started in one tap, whatever stands on its agenda."""

import pytest
from django.urls import reverse

from communities.choices import MembershipState
from communities.meetings import runnables
from communities.meetings.actions import running
from communities.meetings.choices import ItemState
from communities.meetings.models import AgendaItem, Protocol, Run
from communities.models import Membership
from core.refusals import Refused
from tests import cast as people


def start(browser, meeting, **data):
    return browser.post(reverse("meetings:start_run", args=[meeting.pk]), data)


def test_one_tap_starts_what_stands_on_the_agenda(cast, during, incident, signed_in):
    answer = start(signed_in(cast.fatima), incident)
    run = Run.objects.get()
    assert answer.status_code == 302 and answer.url == run.get_absolute_url()
    items = AgendaItem.objects.filter(meeting=incident).order_by("order")
    assert list(run.steps.values_list("title", "minutes")) == list(items.values_list("title", "minutes"))
    assert run.steps.get(order=5).silent == ["casusinbrenger"]
    assert run.seats.get().person == cast.fatima  # she is there; nobody else is guessed
    assert len(run.code) == 4


def test_a_get_asks_first_and_starts_nothing(cast, during, incident, signed_in):
    page = signed_in(cast.fatima).get(reverse("meetings:start_run", args=[incident.pk]))
    assert page.status_code == 200 and not Run.objects.exists()
    assert 'name="plan"' not in page.text  # the agenda is there: nothing has to be chosen
    start(signed_in(cast.fatima), incident)
    page = signed_in(cast.fatima).get(reverse("meetings:start_run", args=[incident.pk]))
    assert page.url == Run.objects.get().get_absolute_url()


def test_with_nothing_on_the_agenda_it_asks_how_to_work_and_then_starts(cast, during, thursday, signed_in):
    fatima = signed_in(cast.fatima)
    page = start(fatima, thursday)
    assert page.status_code == 200 and not Run.objects.exists()
    assert 'value="simple"' in page.text
    assert start(fatima, thursday, plan="simple").status_code == 302
    run = Run.objects.get()
    assert sum(run.steps.values_list("minutes", flat=True)) == thursday.minutes
    assert AgendaItem.objects.filter(meeting=thursday).count() == 3  # what we did stands on the agenda, too


def test_a_protocol_chosen_at_the_start_becomes_the_agenda(cast, during, thursday, signed_in):
    protocol = Protocol.objects.get(code="roddel", community=None)
    start(signed_in(cast.fatima), thursday, plan=str(protocol.pk))
    run = Run.objects.get()
    assert run.steps.count() == len(protocol.steps)
    assert not run.steps.filter(notes_on=True).exists()  # a case: notes are off


def test_what_nobody_offered_is_no_way_of_working(cast, during, thursday, signed_in):
    for plan in ("999999", "x", ""):
        assert start(signed_in(cast.fatima), thursday, plan=plan).status_code == 422
    assert not Run.objects.exists()


def test_starting_again_leads_to_the_session_that_runs(cast, run, thursday, signed_in):
    assert start(signed_in(cast.fatima), thursday).url == run.get_absolute_url()
    assert running.start(thursday, by=cast.fatima, plan="simple") == run


@pytest.mark.parametrize(
    ("moment", "can"),
    [
        ("2026-11-26 14:55:00+01:00", False),
        ("2026-11-26 15:00:00+01:00", True),
        ("2026-11-26 16:59:00+01:00", True),
        ("2026-11-26 21:00:00+01:00", True),
        ("2026-11-27 09:00:00+01:00", False),
    ],
)
def test_it_can_be_started_from_half_an_hour_before_until_the_end_of_the_day(
    cast, thursday, at, signed_in, moment, can
):
    with at(moment):
        page = signed_in(cast.fatima).get(thursday.get_absolute_url())
        assert (reverse("meetings:start_run", args=[thursday.pk]) in page.text) is can
        if can:
            assert running.start(thursday, by=cast.fatima, plan="simple").is_running
        else:
            with pytest.raises(Refused):
                running.start(thursday, by=cast.fatima, plan="simple")


def test_what_was_called_off_is_not_started(cast, during, thursday):
    type(thursday).objects.filter(pk=thursday.pk).update(state="cancelled")
    with pytest.raises(Refused):
        running.start(thursday, by=cast.fatima, plan="simple")


@pytest.mark.parametrize(
    ("who", "answer"), [("fatima", 302), ("amina", 403), ("gijs", 404), ("bram", 404), ("dele", 404)]
)
def test_only_a_facilitator_starts(cast, during, incident, signed_in, who, answer):
    assert start(signed_in(getattr(cast, who)), incident).status_code == answer
    assert Run.objects.exists() is (answer == 302)


def test_members_see_the_way_in_while_it_runs(cast, run, thursday, signed_in):
    assert run.get_absolute_url() in signed_in(cast.amina).get(thursday.get_absolute_url()).text


def test_thirty_items_are_thirty_steps(cast, during, thursday, signed_in):
    AgendaItem.objects.bulk_create(
        AgendaItem(community=cast.maths, meeting=thursday, title=f"Punt {n}", minutes=3, order=n) for n in range(30)
    )
    start(signed_in(cast.fatima), thursday)
    run = Run.objects.get()
    assert list(run.steps.values_list("title", flat=True)) == [f"Punt {n}" for n in range(30)]
    assert signed_in(cast.fatima).get(run.get_absolute_url()).status_code == 200


def test_what_is_done_is_not_done_twice(cast, during, incident):
    AgendaItem.objects.filter(meeting=incident, order__lt=3).update(state=ItemState.DONE)
    run = running.start(incident, by=cast.fatima)
    assert run.steps.count() == AgendaItem.objects.filter(meeting=incident, state=ItemState.PLANNED).count()


def test_a_changed_agenda_does_not_move_under_peoples_feet(cast, case, incident, signed_in):
    AgendaItem.objects.filter(meeting=incident).update(title="Iets anders")
    assert "Terugblik" in signed_in(cast.amina).get(case.get_absolute_url()).text


def test_anything_can_be_run_that_says_how(cast, during, monkeypatch):
    """A PLG itself, as an upper app would hang its own thing on the runner."""
    from communities.meetings.models import RunStep

    ended = []
    way = runnables.Runnable(
        steps=lambda about, by, plan: [RunStep(title="Nabespreken", minutes=20)],
        may_lead=lambda about, user: True,
        community=lambda about: about,
        ended=lambda run, about, by: ended.append(about),
        expected=lambda about: Membership.objects.filter(community=about, state=MembershipState.ACTIVE),
    )
    monkeypatch.setitem(runnables.runnables, "communities.community", way)
    run = running.start(cast.maths, by=cast.fatima)
    assert run.what == cast.maths and run.steps.get().title == "Nabespreken"
    running.end(run, by=cast.fatima)
    assert ended == [cast.maths]


def test_two_plgs_run_at_once_each_under_its_own_code(cast, run, at):
    other = people.plg(cast.wissel, "PLG Lezen")
    people.member(other, cast.tom, "facilitator")
    meeting = people.meeting(other, held_on=run.what.held_on)
    second = running.start(meeting, by=cast.tom, plan="simple")
    assert second.code != run.code
