"""What a process remembers, with room for so many."""

import sys
import threading

import pytest

from core.newest import Newest


def test_the_oldest_go_first_and_the_newest_stay():
    kept = Newest(20)
    for n in range(25):
        kept.keep(n, str(n))
    assert len(kept) <= 20
    assert kept.get(0) is None
    assert kept.get(24) == "24"


@pytest.fixture
def _eager():
    """Threads that take turns as often as they can."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_eager")
def test_threads_that_keep_at_once_do_not_trip_over_each_other():
    kept, tripped = Newest(50), []

    def keep_many(first):
        try:
            for n in range(first, first + 30_000):
                kept.keep(n, n)
        except RuntimeError as error:
            tripped.append(error)

    threads = [threading.Thread(target=keep_many, args=(n * 1_000_000,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tripped == []
    assert len(kept) < 100
