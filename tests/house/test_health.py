"""The pages that guards look at."""

import pytest

from plg_platform.health import checks


def test_alive_depends_on_nothing(client):
    assert client.get("/health/live").json() == {"status": "ok"}


@pytest.mark.django_db
def test_ready_tells_what_stands_behind(client, valkey):
    from django.core.cache import cache
    from django.utils import timezone

    cache.set(checks.LAST_TICK, timezone.now().timestamp() - 30)
    answer = client.get("/health/ready")
    assert answer.status_code == 200
    told = answer.json()
    assert 30 <= told.pop("last_tick_seconds") < 120
    assert told == {"status": "ok", "database": "ok", "broker": "ok"}


@pytest.mark.django_db
def test_a_late_tick_is_degraded_but_not_down(client):
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "degraded")


@pytest.mark.django_db
def test_a_broken_broker_is_degraded_but_not_down(client, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["broker"]) == (200, "down")
    assert answer.json()["status"] == "degraded"
