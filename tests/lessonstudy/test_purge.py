"""What was noted of pupils goes after the term of the board, with a receipt; what the team learned stays."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.utils.timezone import now
from PIL import Image

from lessonstudy import purging
from lessonstudy.choices import Halt, State
from lessonstudy.models import CasePupil, Change, Cycle, Interview, Observation, Prediction, PurgeReceipt
from organisations.models import BoardTerm
from organisations.terms import Over
from tests.lessonstudy import world

LONG_AGO = timedelta(days=400)


@pytest.fixture
def done(cast):
    cycle = world.a_cycle(cast, State.DONE)
    cycle.ended_at = now() - LONG_AGO
    cycle.save()
    return cycle


def photo(row):
    picture = BytesIO()
    Image.new("RGB", (8, 8), "green").save(picture, "JPEG")
    row.photo.save("werk.jpg", ContentFile(picture.getvalue()))
    return row.photo


def test_notes_go_and_what_was_learned_stays(done, commits):
    kept = photo(Observation.objects.first())
    seen = Observation.objects.count()
    with commits:
        assert purging.clear_notes(Over(purging.TERM)) == 1
    assert not Observation.objects.exists()
    assert not Interview.objects.exists()
    assert not CasePupil.objects.exists()
    assert not Prediction.objects.exists()
    assert not Change.objects.exists()
    assert not kept.storage.exists(kept.name)
    done.refresh_from_db()
    assert done.purged_at
    assert done.plan.document in (b"", None) or bytes(done.plan.document) == b""
    assert done.plan.stages.count() == 3
    assert done.outcome.pupils_learned
    assert done.lessons.get().class_label == ""
    counts = PurgeReceipt.objects.get().counts
    assert counts["observations"] == seen
    assert counts["photos"] == 1
    assert counts["pupils"] == 3


def test_it_happens_once(done):
    assert purging.purge(done)
    assert purging.purge(done) is None


def test_a_cycle_that_goes_on_keeps_its_notes(cast):
    world.a_cycle(cast, State.DISCUSSING)
    assert purging.clear_notes(Over(purging.TERM)) == 0
    assert Observation.objects.exists()


def test_a_cycle_that_everybody_forgot_is_purged_too(cast):
    cycle = world.a_cycle(cast, State.GIVEN)
    Cycle.objects.filter(pk=cycle.pk).update(state_since=now() - LONG_AGO)
    assert purging.clear_notes(Over(purging.TERM)) == 1


def test_the_strictest_board_counts(cast):
    cycle = world.a_cycle(cast, State.DONE)
    Cycle.objects.filter(pk=cycle.pk).update(ended_at=now() - timedelta(days=100))
    assert purging.clear_notes(Over(purging.TERM)) == 0
    BoardTerm.objects.create(board=cast.board, kind=purging.TERM, days=90)
    assert purging.days_of(cast.maths) == 90
    assert purging.clear_notes(Over(purging.TERM)) == 1


def test_the_page_of_a_purged_cycle_shows_the_receipt(done, cast, signed_in):
    purging.purge(done)
    client = signed_in(cast.fatima)
    assert "zijn de notities over leerlingen weggegooid" in client.get(done.get_absolute_url()).text
    assert client.get(done.lessons.get().get_absolute_url()).status_code == 200


def test_a_stopped_cycle_has_its_day(cast):
    from lessonstudy.actions import moving

    cycle = world.a_cycle(cast, State.GIVEN)
    moving.stop(cycle, by=cast.fatima, because="Het team valt uit elkaar.")
    cycle.refresh_from_db()
    assert cycle.halt == Halt.STOPPED
    assert cycle.purge_on


def test_a_plan_that_is_still_written_keeps_its_words_but_no_predictions(cast):
    from lessonstudy import plans

    cycle = world.a_cycle(cast, State.DESIGNING)
    purging.purge(cycle)
    plan = cycle.plan
    plans.fill(plan)
    assert [stage.title for stage in plan.stages.all()] == [title for title, _minutes, _does in world.STAGES]
    written = bytes(plan.document) + b"".join(bytes(row.update) for row in plan.changes.all())
    assert b"vouwt in drie" not in written
    assert b"Strook verdelen" in written
