"""What tests of Lesson Study share in a browser: a cable that is pulled out, and phones that are killed."""

import contextlib

import pytest
from playwright.sync_api import Error as PlaywrightError

from tests.lessonstudy.cable import Cable
from tests.lessonstudy.devices import Device


@pytest.fixture
def cable(website):
    found = Cable(website)
    yield found
    found.close()


@pytest.fixture
def device(playwright, cable, tmp_path):
    found = []

    def make(name):
        found.append(Device(playwright, cable, tmp_path / name))
        return found[-1]

    yield make
    for each in found:
        with contextlib.suppress(PlaywrightError):
            each.context.close()
