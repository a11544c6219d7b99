"""Without Redis the pages stay: they ask the database."""

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from core.cache import HERE

AWAY = {"default": {"BACKEND": "core.cache.ForgivingCache", "LOCATION": "redis://127.0.0.1:9/0"}}


@pytest.fixture
def away(settings):
    settings.CACHES = AWAY
    return caches["default"]


def test_a_cache_that_is_away_forgets_and_does_not_fail(away):
    away.set("x", 1)
    assert away.get("x") is None
    assert away.get("x", 7) == 7
    assert away.get_or_set("x", lambda: 3) == 3
    assert away.get_many(["x"]) == {}
    assert away.add("x", 1)


def test_home_opens_while_redis_is_away(away, cast, signed_in):
    assert signed_in(cast.amina).get("/").status_code == 200


def test_attempts_are_counted_all_the_same_in_this_process(away, settings, cast, mailserver):
    HERE.clear()
    settings.ACCOUNT_RATE_LIMITS = {"request_login_code": "3/m/key"}
    for _time in range(5):
        Client().post(reverse("account_request_login_code"), {"email": cast.amina.email})
    assert len(mailserver.letters) == 3


def test_only_attempts_are_counted_here(away):
    """What is kept in one process only would be old in another: sessions and faces are asked of the database."""
    away.set("django.contrib.sessions.cached_dbx", {"_auth_user_id": 1})
    assert away.get("django.contrib.sessions.cached_dbx") is None
