"""A kept connection: a living one is not asked whether it lives, a dead one is not used."""

from time import monotonic, sleep

import pytest
from django.db import connection


@pytest.fixture
def kept(db):
    """A second connection, as a worker keeps it between two requests."""
    other = connection.copy()
    other.ensure_connection()
    yield other
    other.close()


def _asked(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchone()[0]


def _pid(other):
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


def test_a_connection_that_lives_is_not_asked(kept):
    pid = _pid(kept)
    assert kept.is_usable()
    assert _asked("SELECT query FROM pg_stat_activity WHERE pid = %s", pid) == "SELECT pg_backend_pid()"


def test_a_connection_that_the_server_closed_is_left(kept):
    assert _asked("SELECT pg_terminate_backend(%s)", _pid(kept))
    until = monotonic() + 5
    while kept.is_usable() and monotonic() < until:
        sleep(0.01)
    assert not kept.is_usable()
    kept.close()
    assert not kept.is_usable()


def test_after_an_error_it_is_asked(kept):
    pid = _pid(kept)
    kept.errors_occurred = True
    assert kept.is_usable()
    assert _asked("SELECT query FROM pg_stat_activity WHERE pid = %s", pid) == "SELECT 1"
