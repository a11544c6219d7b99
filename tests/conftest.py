"""The ground of all tests: a database, a broker, a mail server, a website, a browser. All of them are real.

Fixtures that tell of people live in `tests/fixtures.py`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings as configured
from django.db import connection

from tests import contenttypes
from tests.mailserver import Mailserver
from tests.services import fill
from tests.website import Website

CHROMIUMS = ("/usr/bin/chromium", "/usr/bin/chromium-browser")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
PATIENCE = 15_000  # milliseconds an expectation in the browser may take: machines can be busy


# Database and broker ---------------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Instead of migrating in each process: a copy of the template that was migrated once."""
    fill(configured.SLOT)


@pytest.fixture
def as_application(db: None) -> Iterator[None]:
    """The database as the application's role sees it; otherwise tests are the owner."""
    with connection.cursor() as cursor:
        cursor.execute("SET ROLE plg_app")
    yield
    if not connection.needs_rollback:  # a refused statement ends the transaction, and with it the role
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


@pytest.fixture(scope="session")
def valkey() -> Iterator[redis.Redis]:
    """This process's own database of the broker, which is the cache as well."""
    with redis.Redis.from_url(configured.REDIS_URL) as client:
        yield client


@pytest.fixture(autouse=True)
def _clean_broker(valkey: redis.Redis) -> Iterator[None]:
    """What a test leaves in the cache or in the queue does not reach the next one."""
    yield
    valkey.flushdb()


# Mail ------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def _mailserver() -> Iterator[Mailserver]:
    with Mailserver() as server:
        yield server


@pytest.fixture
def mailserver(_mailserver: Mailserver, settings: Any) -> Mailserver:
    """A real SMTP server, empty at the beginning; the platform sends to it."""
    _mailserver.forget()
    options = {"host": _mailserver.host, "port": _mailserver.port, "timeout": 10}
    backend = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": options}}
    return _mailserver


# Other processes -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def environment(_mailserver: Mailserver) -> dict[str, str]:
    """For processes that a test starts: they meet the same database, broker and mail server."""
    return {
        **os.environ,
        **configured.SLOT.environment,
        "DEBUG": "1",
        "DJANGO_SETTINGS_MODULE": "plg_platform.settings",
        "EMAIL_URL": _mailserver.url,
    }


@pytest.fixture(scope="session")
def _website(environment: dict[str, str]) -> Iterator[Website]:
    with Website(environment, configured.SLOT.folder) as site:
        yield site


@pytest.fixture(scope="session")
def _content_types() -> contenttypes.Ids:
    """The ids that the website remembers, filled by the first test that uses it."""
    return {}


@pytest.fixture
def website(
    _website: Website, transactional_db: None, mailserver: Mailserver, _content_types: contenttypes.Ids
) -> Website:
    """The platform as gunicorn serves it, pages and streams; what the test writes is committed."""
    with connection.cursor() as cursor:
        # A page may still be asking while the test's data is thrown away: it gives way, not the test.
        cursor.execute("SET deadlock_timeout = '50s'")
    if _content_types:
        contenttypes.restore(_content_types)
    else:
        _content_types.update(contenttypes.remembered())
    return _website


# Browser ---------------------------------------------------------------------------------------


def chromium() -> str | None:
    """The system's Chromium; None leaves the choice to Playwright."""
    return next((path for path in CHROMIUMS if Path(path).exists()), None)


def has_browser() -> bool:
    own = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", Path.home() / ".cache" / "ms-playwright"))
    return chromium() is not None or any(own.glob("chromium*"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    # Playwright's loop runs in this thread; our own code between its calls may use the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    return {**browser_type_launch_args, "executable_path": chromium(), "args": CHROMIUM_ARGUMENTS}


@pytest.fixture(autouse=True)
def _patient_expectations(request: pytest.FixtureRequest) -> None:
    if "browser_name" in request.fixturenames:
        from playwright.sync_api import expect

        expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright leaves an event loop running in its thread, which async code minds.

    Without any browser they are skipped, loudly; in CI they fail.
    """
    items.sort(key=lambda item: "playwright" in getattr(item, "fixturenames", ()))
    asking = [item for item in items if "browser_name" in getattr(item, "fixturenames", ())]
    for item in asking:
        item.add_marker(pytest.mark.browser)
    if asking and not has_browser() and not os.environ.get("CI"):
        config.stash[SKIPPED] = len(asking)
        for item in asking:
            item.add_marker(pytest.mark.skip(reason="No Chromium on this machine."))


SKIPPED = pytest.StashKey[int]()


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if skipped := config.stash.get(SKIPPED, 0):
        terminalreporter.section("no browser", red=True)
        terminalreporter.line(
            f"{skipped} tests need Chromium and were skipped. Install it (apt-get install chromium), "
            "or let Playwright fetch its own (.venv/bin/playwright install chromium)."
        )
