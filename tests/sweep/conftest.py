"""What the sweep stands on: one filled platform for the whole run, walked once."""

import os
from collections.abc import Iterator
from copy import copy
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as configured

from tests.sweep.demosite import PUBLIC, DemoSite
from tests.sweep.walking import Walk, walk
from tests.website import Website


@pytest.fixture(scope="session")
def site(django_db_setup: None, django_db_blocker: Any, environment: dict[str, str]) -> Iterator[DemoSite]:
    """The demo, committed, and the platform serving it; nothing is rolled back between the tests."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with django_db_blocker.unblock(), Website({**environment, **PUBLIC}, configured.SLOT.folder) as website:
        yield DemoSite(website)


@pytest.fixture(scope="session")
def developers_site(site: DemoSite, _website: Website) -> DemoSite:
    """The same people, with the pages that stand there in development only."""
    theirs = copy(site)
    theirs.website = _website
    return theirs


@pytest.fixture(scope="session")
def found(site: DemoSite) -> Walk:
    return walk(site)


@pytest.fixture(autouse=True)
def _clean_broker() -> None:
    """Here nothing is cleaned between the tests: people stay signed in."""


FOUND = Path(__file__).resolve().parent.parent.parent / "var" / "sweep.txt"


def pytest_sessionstart() -> None:
    if "PYTEST_XDIST_WORKER" not in os.environ:
        FOUND.write_text("")


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """What is found can be read at once, in var/sweep.txt: the whole sweep takes some minutes."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        with FOUND.open("a") as file:
            file.write(f"{report.nodeid}\n{report.longreprtext}\n\n")


def pytest_terminal_summary(terminalreporter: Any) -> None:
    totals = {"pages": 0, "violations": 0}
    for reports in terminalreporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                for name, value in report.user_properties:
                    totals[name] = totals.get(name, 0) + value
    terminalreporter.section("sweep")
    for name, value in totals.items():
        terminalreporter.line(f"sweep.{name} {value} {name}")
