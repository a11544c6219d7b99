"""The KennisHub under fire: whoever looks at files is killed, and the broker is wiped while searches are answered."""

import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from activity.models import Notification
from knowledgehub.actions import files
from knowledgehub.choices import FileState
from knowledgehub.finding.actions import save_search
from knowledgehub.finding.models import SavedSearch
from knowledgehub.models import ResourceFile
from plg_platform.celery import app as celery
from tests import cast as people
from tests import storm
from tests.hub.test_looking import written_pdf

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True), pytest.mark.timeout(900)]

HANDS = ("--concurrency=2", "--without-mingle", "--without-gossip")
FILES, KILLS, PEOPLE = 20, 5, 200


@contextmanager
def worker(environment, folder, broker, task):
    """A worker with this to do; ended with -9."""
    with storm.celery(environment | {"REDIS_URL": broker.url}, folder, "worker", *HANDS) as process:
        with celery.connection_for_write(url=broker.url) as connection:
            celery.send_task(task, connection=connection, ignore_result=True)
        yield process


def until(is_so, seconds=120):
    """Wait for it, as closely as a hand can be caught at work."""
    end = time.monotonic() + seconds
    while not (found := is_so()):
        assert time.monotonic() < end, "it never came so far"
        time.sleep(0.005)
    return found


def stored():
    """What lies in our storage."""
    root = Path(settings.FILES_ROOT)
    return {path.relative_to(root).as_posix() for path in (root / "hub").rglob("*") if path.is_file()}


def test_files_are_seen_once_though_whoever_looks_is_killed(environment, tmp_path):
    cast = people.cast()
    version = people.resource(cast.amina, published=False).versions.get()
    for n in range(FILES):
        files.add(version, SimpleUploadedFile(f"{n}.pdf", written_pdf() + b"%% %d" % n), by=cast.amina)
    waiting, there = ResourceFile.objects.filter(state=FileState.WAITING), stored()
    with storm.Broker(tmp_path) as broker:
        for _kill in range(KILLS):
            enough = waiting.count() - 2
            with worker(environment, tmp_path, broker, "knowledgehub.tasks.look"):
                until(lambda: waiting.count() <= enough and waiting.filter(tries__gt=0).exists())  # noqa: B023
            broker.client.flushall()  # nothing is given back: the rows know what waits
        with worker(environment, tmp_path, broker, "knowledgehub.tasks.look"):
            until(lambda: not waiting.exists())
    rows = list(ResourceFile.objects.all())
    lost = sum(row.state != FileState.READY or row.pages != 3 or not row.preview for row in rows)
    again = sum(row.tries > 1 for row in rows)
    strays = len(stored() - there - {row.preview.name for row in rows})
    print(f"\nfaults.look_kill.lost {lost} files\nfaults.look_kill.repeated {again} files")
    print(f"faults.look_kill.strays {strays} files")
    assert lost == 0
    assert again <= KILLS, "only what it was at is looked at again"
    assert strays <= KILLS


def test_each_search_is_answered_once_though_the_broker_is_wiped_and_workers_are_killed(environment, tmp_path):
    cast = people.cast()
    for n in range(PEOPLE):
        save_search("q=stroken", "stroken", by=people.person(f"Lid {n}"))
    SavedSearch.objects.update(told_until="2020-01-01T00:00Z")
    people.resource(cast.amina, title="Stroken leggen", audience="members")
    told = Notification.objects.filter(activity__kind="finding.found")
    with storm.Broker(tmp_path) as broker:
        for part in (1, 2, 3):
            with worker(environment, tmp_path, broker, "plg_platform.tasks.nightly"):
                until(lambda: told.count() >= part * PEOPLE // 5)  # noqa: B023
                broker.client.flushall()
        assert told.count() < PEOPLE, "it was broken off in the midst"
        with worker(environment, tmp_path, broker, "plg_platform.tasks.nightly"):
            with celery.connection_for_write(url=broker.url) as connection:  # and two nights at once
                celery.send_task("plg_platform.tasks.nightly", connection=connection, ignore_result=True)
            until(lambda: told.count() >= PEOPLE)
            time.sleep(5)  # a second one would come now
    lost = PEOPLE - told.values("person").distinct().count()
    repeated = told.count() - PEOPLE + lost
    print(f"\nfaults.alerts_wiped.lost {lost} searches\nfaults.alerts_wiped.repeated {repeated} searches")
    assert (lost, repeated) == (0, 0)
