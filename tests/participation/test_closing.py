"""Months close: what many did becomes a figure, what few did waits, and together they are the ledger."""

from datetime import date

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from organisations.models import ChangedDay, Hours, Network, School
from participation import closing, figures, months, rollups, tasks
from participation.figures import Place
from participation.models import DailyParticipation, Figure
from plg_platform.celery import app
from tests.participation.worlds import World


class Undo(Exception):
    """Take back what an example did."""


def each_in_a_world_of_its_own(**strategies):
    """Hypothesis, with the database as it was after each example."""

    def wrap(test):
        @examples(
            max_examples=6,
            deadline=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        )
        @given(**strategies)
        def run(db, **drawn):
            try:
                with transaction.atomic():
                    test(**drawn)
                    raise Undo
            except Undo:
                pass

        run.__name__, run.__doc__ = test.__name__, test.__doc__
        return run

    return wrap


@each_in_a_world_of_its_own(seed=st.integers(0, 10_000), count=st.integers(3, 14))
def test_figures_and_what_waits_are_the_ledger(seed, count):
    world = World(seed).through(count)
    while rollups.refresh():
        pass
    proof = rollups.prove()
    assert proof.wrong == []
    assert proof.no_more == 0
    assert proof.figures + proof.waiting == proof.ledger == proof.daily
    by_board = dict(Figure.objects.order_by().values_list("board").annotate(Sum("counted")))
    counted = dict(
        Hours.objects.exclude(counted_minutes=0).order_by().values_list("board").annotate(Sum("counted_minutes"))
    )
    assert by_board == counted
    assert sum(minutes for *_, minutes in world.made) == proof.figures


@each_in_a_world_of_its_own(seed=st.integers(0, 10_000), count=st.integers(3, 14))
def test_every_figure_is_about_enough_people_and_never_changes(seed, count):
    world, seen = World(seed), {}
    for _n in range(count):
        world.through(1)
        now = {figure.pk: figure.__dict__ | {"_state": None} for figure in Figure.objects.all()}
        assert {pk: now[pk] for pk in seen} == seen
        seen = now
    people = world.people_of_figures()
    for figure in Figure.objects.all():
        assert len(people[figure.pk]) == figure.people > closing.FEWEST
        assert figure.minutes <= figure.counted
        assert figure.were <= figure.asked


@each_in_a_world_of_its_own(seed=st.integers(0, 10_000))
def test_each_level_is_the_sum_of_those_below(seed):
    World(seed).through(12)
    for year in (2024, 2025):
        network = figures.of(Place("network", Network.objects.get().pk, ""), year)
        nation = figures.of(Place("nation", 0, ""), year)
        boards = [figures.of(Place("board", part.pk, part.name), year) for part in network.parts]
        for whole in (network, nation):
            assert whole.minutes == sum(board.minutes for board in boards)
            assert [month.minutes for month in whole.months] == [
                sum(each) for each in zip(*([m.minutes for m in board.months] for board in boards), strict=True)
            ]
        assert network.attendance == nation.attendance
        for board, part in zip(boards, network.parts, strict=True):
            assert board.minutes == part.minutes
            schools = [figures.of(Place("school", each.pk, each.name), year).minutes for each in board.parts]
            assert sum(each.minutes for each in board.parts) <= board.minutes
            assert len(schools) == len(board.parts)
        assert nation.minutes == sum(subject.minutes for subject in nation.subjects)


def test_the_command_tells_when_sums_and_ledger_differ(db, capsys):
    World(7).through(4)
    call_command("rebuild_participation")
    assert "Sums and ledger agree." in capsys.readouterr().out
    row = DailyParticipation.objects.first()
    DailyParticipation.objects.filter(pk=row.pk).update(minutes=row.minutes + 1)
    with pytest.raises(CommandError):
        call_command("rebuild_participation", "--check")
    call_command("rebuild_participation")
    figure = Figure.objects.first()
    Figure.objects.filter(pk=figure.pk).update(counted=figure.counted - 1)
    with pytest.raises(CommandError):
        call_command("rebuild_participation")


def test_a_month_closes_once(db):
    world = World(3)
    world.play()
    board = world.boards[0].pk
    assert closing.close(board, date(2024, 8, 1)) > 0
    assert closing.close(board, date(2024, 8, 1)) == 0


def test_who_went_up_into_another_is_seen_there(db):
    world = World(5).through(6)
    first, second = world.boards
    both = (
        figures.of(Place("board", first.pk, ""), 2024).minutes + figures.of(Place("board", second.pk, ""), 2024).minutes
    )
    first.merged_into = second
    first.save()
    School.objects.filter(board=first).update(board=second)
    assert figures.of(Place("board", second.pk, ""), 2024).minutes == both
    gone, into = world.schools[2:4]
    minutes = sum(figures.of(Place("school", each.pk, ""), 2024).minutes for each in (gone, into))
    gone.merged_into = into
    gone.save()
    assert figures.of(Place("school", into.pk, ""), 2024).minutes == minutes


def test_it_takes_as_many_queries_for_many_schools_as_for_one(db, django_assert_num_queries):
    world = World(2).through(4)
    for place, queries in (("school", 1), ("board", 2), ("network", 2), ("nation", 1)):
        pk = {"school": world.schools[3].pk, "board": world.boards[0].pk, "network": world.network.pk}.get(place, 0)
        with django_assert_num_queries(queries):
            figures.of(Place(place, pk, ""), 2024)


@pytest.mark.parametrize("people", [6, 7, 12, 40])
def test_attendance_never_says_that_everybody_came_or_nobody(people):
    for times in (1, 3):
        asked, most = people * times, times
        said = [figures.share(figures._Sum(asked=asked, were=were, most=most)) for were in range(asked + 1)]
        assert said[-1] == said[asked - most]  # one whole person may never have come
        assert said[0] == said[most]  # one may always have come


def test_the_worker_does_it_all_by_itself(db):
    world = World(4)
    for _n in range(2):
        world.play()
        world.month = months.after(world.month)
    tasks.close()
    tasks.refresh()
    assert Figure.objects.exists()
    assert not ChangedDay.objects.exists()
    assert rollups.prove().wrong == []
    made = Figure.objects.count()
    tasks.close()
    assert Figure.objects.count() == made
    assert {"participation.tasks.refresh", "participation.tasks.close"} <= set(app.tasks)
    beat = {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {"participation.tasks.refresh", "participation.tasks.close"} <= beat
