"""Beat without a broker does by itself what no worker hears of."""

from datetime import timedelta

import pytest
from celery import Celery
from celery.beat import ScheduleEntry
from celery.schedules import schedule

import plg_platform.tasks  # noqa: F401 - as the loader of beat does
from activity.beat import Scheduler
from core.time import today
from organisations.models import Affiliation
from tests.cast import person, school, works


@pytest.fixture
def beat(tmp_path):
    """Beat with a broker at whose address nobody answers."""
    app = Celery("alone", broker="redis://127.0.0.1:9/0", set_as_current=False)  # or later hints would go there, too
    app.conf.task_publish_retry = False
    return Scheduler(app=app, schedule_filename=str(tmp_path / "beat"), lazy=True)


@pytest.mark.django_db(transaction=True)
def test_no_night_is_lost(beat):
    works(person(), school(), until_on=today() - timedelta(days=1))
    entry = ScheduleEntry(
        name="nightly", task="plg_platform.tasks.nightly", schedule=schedule(timedelta(days=1)), app=beat.app
    )
    beat.apply_async(entry, advance=False)
    assert Affiliation.objects.get().ended_at
