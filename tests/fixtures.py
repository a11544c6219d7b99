"""Fixtures that tell of people: the cast, and a browser for each of them."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from django.test import Client


@pytest.fixture
def cast(db: None) -> SimpleNamespace:
    """Everybody of `tests/cast.py`, with PLG Rekenen as `cast.maths`."""
    from tests import cast

    return cast.cast()


@pytest.fixture
def signed_in(db: None) -> Callable[..., Client]:
    """A browser in which this person is signed in; nobody, where none is given."""

    def sign_in(user: object = None, **options: object) -> Client:
        client = Client(**options)
        if user is not None:
            client.force_login(user, backend="people.backends.PersonBackend")
        return client

    return sign_in


@pytest.fixture
def commits(django_capture_on_commit_callbacks: Callable) -> Iterator[None]:
    """What waits for the commit is carried out at the end of each `with commits:` block."""
    return django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def library(db: None) -> object:
    """The protocols that everybody finds, also after a test that emptied all tables: a manager of all protocols."""
    from communities.meetings import library
    from communities.meetings.models import Protocol

    library.load(Protocol.objects)
    return Protocol.objects


@pytest.fixture
def words(db: None) -> object:
    """The levels and subjects with which everybody begins, also after a test that emptied all tables."""
    from importlib import import_module

    from django.apps import apps

    from knowledgehub.models import Term

    import_module("knowledgehub.migrations.0002_words").bring(apps, None)
    return Term.objects
