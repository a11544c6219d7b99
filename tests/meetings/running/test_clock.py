"""One clock, the server's: steps, minutes, pauses; a tap on a picture of the past changes nothing."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from communities.meetings.actions import running
from core.refusals import Refused


def test_a_step_has_its_minutes_from_the_moment_it_begins(cast, run, during, fresh):
    assert run.left_s() == 600
    during.shift(timedelta(minutes=4))
    assert (fresh(run).left_s(), fresh(run).spent_s()) == (360, 240)
    running.next_step(run, by=cast.fatima)
    assert fresh(run).left_s() == 65 * 60
    first = run.steps.get(order=0)
    assert (first.was_done, first.spent_s) == (True, 240)


def test_a_step_that_takes_longer_counts_on(cast, run, during, fresh):
    during.shift(timedelta(minutes=11, seconds=5))
    assert fresh(run).left_s() == -65
    running.next_step(run, by=cast.fatima)
    assert run.steps.get(order=0).spent_s == 665


def test_while_it_is_paused_the_clock_stands(cast, run, during, fresh):
    during.shift(timedelta(minutes=3))
    running.pause(run, by=cast.fatima)
    during.shift(timedelta(minutes=20))
    assert (fresh(run).left_s(), fresh(run).spent_s()) == (420, 180)
    running.resume(run, by=cast.fatima)
    assert fresh(run).left_s() == 420
    during.shift(timedelta(minutes=1))
    assert fresh(run).left_s() == 360


def test_pausing_twice_and_going_on_twice_change_nothing_more(cast, run, during, fresh):
    running.pause(run, by=cast.fatima)
    during.shift(timedelta(minutes=2))
    running.pause(run, by=cast.fatima)
    running.resume(run, by=cast.fatima)
    ends = fresh(run).step_ends_at
    running.resume(run, by=cast.fatima)
    assert fresh(run).step_ends_at == ends


def test_minutes_are_given_and_taken_also_while_it_is_paused(cast, run, during, fresh):
    running.change_minutes(run, by=cast.fatima, minutes=1)
    assert fresh(run).left_s() == 660
    running.pause(run, by=cast.fatima)
    during.shift(timedelta(minutes=5))
    running.change_minutes(run, by=cast.fatima, minutes=-1)
    assert (fresh(run).left_s(), fresh(run).total_s) == (600, 600)


def test_a_step_keeps_a_minute_at_least(cast, run, fresh):
    for _n in range(9):
        running.change_minutes(run, by=cast.fatima, minutes=-1)
    with pytest.raises(Refused):
        running.change_minutes(run, by=cast.fatima, minutes=-1)
    assert fresh(run).total_s == 60


def test_back_to_a_step_gives_what_was_left_of_it(cast, run, during, fresh):
    during.shift(timedelta(minutes=4))
    running.next_step(run, by=cast.fatima)
    during.shift(timedelta(seconds=30))
    running.previous_step(run, by=cast.fatima)
    run = fresh(run)
    assert (run.position, run.left_s(), run.spent_s()) == (0, 360, 240)
    assert not run.steps.filter(was_done=True).exists()


def test_back_to_a_step_that_was_used_up_gives_a_minute(cast, run, during, fresh):
    during.shift(timedelta(minutes=14))
    running.next_step(run, by=cast.fatima)
    running.previous_step(run, by=cast.fatima)
    assert fresh(run).left_s() >= 60


def test_a_skipped_step_is_not_done(cast, run, fresh):
    running.skip_step(run, by=cast.fatima)
    first = run.steps.get(order=0)
    assert (first.was_done, first.was_skipped, fresh(run).position) == (False, True, 1)


def test_there_is_nothing_before_the_first_and_after_the_last(cast, run, fresh):
    with pytest.raises(Refused):
        running.previous_step(run, by=cast.fatima)
    running.next_step(run, by=cast.fatima)
    running.next_step(run, by=cast.fatima)
    for deed in (running.next_step, running.skip_step):
        with pytest.raises(Refused):
            deed(run, by=cast.fatima)
    assert fresh(run).position == 2


@pytest.mark.parametrize(
    ("deed", "data"),
    [
        ("next_step", {}),
        ("previous_step", {}),
        ("skip_step", {}),
        ("pause", {}),
        ("resume", {}),
        ("change_minutes", {"minutes": "1"}),
        ("take_notes", {"on": "0"}),
    ],
)
def test_a_tap_on_a_picture_of_the_past_changes_nothing_and_shows_the_present(cast, run, tap, fresh, deed, data):
    running.next_step(run, by=cast.fatima)  # the co-facilitator was quicker
    before = fresh(run)
    answer = tap(cast.fatima, deed, run, version=1, **data)
    assert answer.status_code == 409
    assert "data-refusal" in answer.text and before.steps.get(order=1).title in answer.text
    after = fresh(run)
    assert (after.version, after.position, after.step_ends_at) == (before.version, before.position, before.step_ends_at)
    assert (
        tap(cast.fatima, deed, run, script=False, version=1, **data).status_code == 302
    )  # by form: the page, a message
    assert fresh(run).version == before.version


def test_without_a_version_nothing_is_done(cast, run, tap, fresh):
    for version in ("", "x", "99999999999999"):
        assert tap(cast.fatima, "next_step", run, version=version).status_code == 409
    assert fresh(run).position == 0


@pytest.mark.parametrize(
    ("who", "answer"), [("fatima", 302), ("amina", 403), ("gijs", 404), ("els", 404), ("bram", 404), ("dele", 404)]
)
@pytest.mark.parametrize(
    "deed", ["next_step", "previous_step", "skip_step", "pause", "resume", "change_minutes", "take_notes"]
)
def test_only_who_leads_touches_the_clock(cast, run, tap, who, answer, deed):
    assert tap(getattr(cast, who), deed, run, script=False, version=run.version).status_code == answer


def test_every_answer_says_what_time_it_is_there_and_which_version(cast, run, signed_in):
    answer = signed_in(cast.amina).get(reverse("meetings:run_state", args=[run.pk]), {"only": "step"})
    assert abs(int(answer["Run-Now"]) - now().timestamp() * 1000) < 1500
    assert (answer["Run-Version"], answer["Run-State"]) == (str(run.version), "running")
    assert f'data-ends="{round(run.step_ends_at.timestamp() * 1000)}"' in answer.text


def test_nothing_is_steered_when_it_is_over(cast, run, tap, fresh):
    running.end(run, by=cast.fatima)
    assert tap(cast.fatima, "next_step", run, version=fresh(run).version).status_code == 409
