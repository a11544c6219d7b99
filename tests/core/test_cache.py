"""Without Redis the pages stay: they ask the database."""

import pytest
from django.core.cache import caches

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
