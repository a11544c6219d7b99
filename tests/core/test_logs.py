"""A log is read by others than the reader of a mail."""

import json
import logging
from copy import deepcopy
from logging.config import DictConfigurator

import pytest
import structlog
from django.conf import settings

from core import links
from core.logs import SENTRY
from core.middleware import LogMiddleware


@pytest.fixture
def written():
    """What our formatter makes of a record."""
    given = deepcopy(settings.LOGGING["formatters"]["json"])
    formatter = DictConfigurator({}).configure_formatter(given)

    def written(message, *args):
        record = logging.LogRecord("django.request", logging.WARNING, "", 1, message, args, None)
        if isinstance(message, dict):  # as structlog hands its own over
            record._logger, record._name = structlog.get_logger(), "warning"
        return formatter.format(record)

    return written


@pytest.mark.parametrize("secret", [links.sign("x", invitation=1, email="a@school.example"), "k" * 43])
def test_no_link_of_a_mail_stands_in_a_log(written, secret):
    line = written("Forbidden: %s", f"/organisations/accept/{secret}/")
    assert secret not in line
    assert "/organisations/accept/" in line
    line = written({"event": "request_started", "request": f"GET /meetings/feed/{secret}.ics?q=Amina"})
    assert secret not in line
    assert "Amina" not in line


def test_an_ordinary_path_is_kept(written):
    assert "/communities/12/members/" in written("Not Found: %s", "/communities/12/members/")


@pytest.mark.parametrize(
    ("proxies", "said", "seen"),
    [
        (0, "192.0.2.9", "198.51.100.7"),
        (1, "192.0.2.9, 203.0.113.5", "203.0.113.5"),
        (2, "192.0.2.9", "198.51.100.7"),
    ],
)
def test_the_address_in_a_line_is_what_our_proxy_saw(rf, settings, proxies, said, seen):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = rf.get("/", headers={"x-forwarded-for": said}, REMOTE_ADDR="198.51.100.7")
    with structlog.contextvars.bound_contextvars():
        LogMiddleware.bind_ip(request)
        assert structlog.contextvars.get_contextvars()["ip"] == seen


@pytest.fixture
def reported():
    """What leaves the house when something breaks: the events that Sentry would get."""
    sentry = pytest.importorskip("sentry_sdk")
    events = []

    class Kept(sentry.transport.Transport):
        def capture_envelope(self, envelope):
            events.extend(item.payload.json for item in envelope.items if item.payload.json)

    client = sentry.Client(dsn="https://key@sentry.example/1", transport=Kept, **SENTRY)
    with sentry.isolation_scope() as scope:
        scope.set_client(client)
        yield scope, events


def test_nor_in_what_is_reported_of_an_error(reported):
    scope, events = reported
    token = links.sign("x", invitation=1, email="a@school.example")
    url = f"https://plg.example/organisations/accept/{token}/?q=Amina"

    def request(event, hint):
        event["request"] = {"url": url, "query_string": "q=Amina", "headers": {"Referer": url}, "cookies": {"a": "b"}}
        return event

    scope.add_event_processor(request)
    scope.add_breadcrumb(category="httplib", message=url, data={"url": url})
    scope.capture_event({"message": f"Broken: {url}", "transaction": "/organisations/accept/{token}/"})
    scope.capture_event({"type": "transaction", "transaction": url, "spans": [{"description": f"GET {url}"}]})
    assert len(events) == 2
    for secret in (token, token.split(":")[0], "Amina", '"b"'):
        assert secret not in json.dumps(events)
    assert "/organisations/accept/" in json.dumps(events)
