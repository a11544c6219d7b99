"""A log is read by others than the reader of a mail."""

import logging
from copy import deepcopy
from logging.config import DictConfigurator

import pytest
import structlog
from django.conf import settings

from core import links


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
