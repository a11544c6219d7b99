"""The application writes the journal and reads it; it cannot rewrite it."""

import pytest
from django.db import ProgrammingError, connection, transaction

from activity.journal import record
from activity.models import Activity

HISTORY = [
    "activity_activity",
    "organisations_roleevent",
    "organisations_affiliationevent",
    "communities_membershipevent",
]


def test_the_application_writes_the_journal(cast, as_application):
    record("tests.seen", by=cast.fatima, about=cast.maths)
    assert Activity.objects.filter(kind="tests.seen").exists()


@pytest.mark.parametrize("table", HISTORY)
@pytest.mark.parametrize("deed", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_cannot_rewrite_what_happened(as_application, table, deed):
    column = "kind" if table == "activity_activity" else "pgh_label"
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(deed.format(table, column, column))


def test_a_change_of_role_leaves_its_history_as_the_application(cast, as_application):
    from organisations.models import Role

    events = Role.pgh_event_model.objects
    before = events.count()
    Role.objects.filter(person=cast.bram).update(ended_at="2026-11-22T12:00Z")
    assert events.count() == before + 1
