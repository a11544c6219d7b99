"""A PLG takes its report back at the moment that its network tells of it: then nothing of it is left there."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep

import pytest
from django.db import connection, transaction

from core.refusals import Refused
from core.time import today
from participation.reports import actions
from participation.reports.models import Report
from people.calendar import school_year
from tests import cast as people
from tests.reports.conftest import text_of

pytestmark = pytest.mark.django_db(transaction=True)
A_MOMENT = 0.5  # seconds in which the other does what it can


@pytest.fixture
def cast(transactional_db):
    return people.cast()


@pytest.fixture
def released(cast):
    """What PLG Rekenen learned, released."""
    report = actions.begin(cast.maths, by=cast.fatima, year=school_year(today()))
    report.versions.update(sections=[{"key": "insights", "kind": "step", "title": "", "text": "Vouwen eerst."}])
    laid = actions.lay(Report.objects.get(), by=cast.fatima)
    Report.objects.update(until_on=today() - timedelta(days=1))
    return actions.release(laid, by=cast.fatima)


def meanwhile(pool, deed):
    """Somebody else does this, in a transaction of her own."""

    def do():
        try:
            return deed()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    future = pool.submit(do)
    sleep(A_MOMENT)
    return future


def test_while_somebody_writes_in_the_networks_report(cast, released):
    noors = actions.begin(cast.network, by=cast.noor, year=released.year)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            version = actions.hold(noors).current
            going = meanwhile(pool, lambda: actions.take_back(released, by=cast.fatima))
            version.edits += 1
            version.save()
        going.result()
    assert "Vouwen eerst" not in text_of(noors)


def test_while_the_network_makes_its_draft(cast, released):
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            actions.take_back(released, by=cast.fatima)
            going = meanwhile(pool, lambda: actions.begin(cast.network, by=cast.noor, year=released.year))
        assert isinstance(going.result(), Refused)
    assert not Report.objects.filter(network=cast.network).exists()
