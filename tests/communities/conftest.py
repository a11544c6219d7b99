"""What the stories of PLGs share."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Sentences of refusals are matched in the source's language; pages come in the reader's own."""
    with translation.override("en"):
        yield


@pytest.fixture
def time_machine_at() -> Iterator[Callable[[str], None]]:
    """From here on it is this moment: time_machine_at("2026-10-16 12:00")."""
    travels = []

    def go(moment: str) -> None:
        travel = time_machine.travel(f"{moment}+02:00", tick=True)
        travel.start()
        travels.append(travel)

    yield go
    for travel in reversed(travels):
        travel.stop()
