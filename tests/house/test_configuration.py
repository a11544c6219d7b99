"""What the settings read, what the documentation explains, and what compose gives: the same names."""

import os
import re
import subprocess
import sys
from pathlib import PurePosixPath

import pytest
import yaml
from django.conf import settings as configured

from tests.website import BASE

COMPOSE_ONLY = {"POSTGRES_PASSWORD", "OWNER_PASSWORD", "APP_PASSWORD", "REDIS_PASSWORD"}
READ_BY_GUNICORN = {"FORWARDED_ALLOW_IPS"}
GOOD = {
    "SECRET_KEY": "only-for-this-test-9f2c71ab04de58c3b6a7f1e20d94c8ab72f6",
    "BASE_URL": "https://plg.example",
    "EMAIL_URL": "smtp://127.0.0.1:9",
    "DEFAULT_FROM_EMAIL": "noreply@plg.example",
}


def read_by_the_code():
    pattern = r"""(?:environ(?:\.get\(|\[)|flag\()["']([A-Z_]+)["']"""
    paths = [BASE / "plg_platform" / name for name in ("settings.py", "gunicorn.py", "health/probe.py")]
    return {name for path in paths for name in re.findall(pattern, path.read_text())}


def documented():
    page = (BASE / "docs" / "configuration.md").read_text()
    return set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((BASE / "docker-compose.yml").read_text())


def test_each_setting_is_explained_and_each_explanation_has_its_setting():
    assert documented() == read_by_the_code() | COMPOSE_ONLY | READ_BY_GUNICORN


def test_compose_gives_only_what_is_explained(compose):
    given = {name for service in compose["services"].values() for name in service.get("environment", {})}
    assert given <= documented()


def test_compose_runs_every_process(compose):
    expected = {"web", "stream", "worker", "beat", "migrate", "postgres", "redis", "mail"}
    assert set(compose["services"]) == expected
    commands = {name: " ".join(service.get("command", [])) for name, service in compose["services"].items()}
    assert "plg_platform.wsgi" in commands["web"]
    assert "asgi" in commands["stream"]
    assert compose["services"]["stream"]["environment"]["STREAMING"] == "1"


def test_compose_keeps_what_beat_did_and_declares_every_volume(compose):
    used = {name: service.get("volumes", []) for name, service in compose["services"].items()}
    named = {volume.split(":")[0] for volumes in used.values() for volume in volumes if not volume.startswith(".")}
    assert named == set(compose["volumes"])
    option = "--schedule="
    [schedule] = [part.removeprefix(option) for part in compose["services"]["beat"]["command"] if option in part]
    kept = [volume.split(":")[1] for volume in used["beat"]]
    assert str(PurePosixPath(schedule).parent) in kept
    assert f"{PurePosixPath(schedule).parent} " in (BASE / "Dockerfile").read_text()


def test_compose_has_a_default_for_nothing_secret(compose):
    text = (BASE / "docker-compose.yml").read_text()
    for name, default in re.findall(r"\$\{([A-Z_]+):?-([^}]*)\}", text):
        assert not re.search("SECRET|PASSWORD|_URL$", name) or not default, name
    for name in COMPOSE_ONLY | {"SECRET_KEY"}:
        assert f"${{{name}:?}}" in text


def test_only_the_migration_gets_the_owners_address(compose):
    holders = {
        name for name, service in compose["services"].items() if "DATABASE_OWNER_URL" in service.get("environment", {})
    }
    assert holders == {"migrate"}


def test_compose_waits_for_what_it_needs_and_watches_its_health(compose):
    for name, service in compose["services"].items():
        for needed, how in service.get("depends_on", {}).items():
            if how["condition"] == "service_healthy":
                assert "healthcheck" in compose["services"][needed], f"{name} waits for {needed}"


def test_the_files_that_compose_and_the_image_name_are_there(compose):
    mounts = [mount for service in compose["services"].values() for mount in service.get("volumes", [])]
    for mount in mounts:
        if mount.startswith("./"):
            assert (BASE / mount.split(":")[0]).is_file(), mount
    assert "USER plg" in (BASE / "Dockerfile").read_text()


@pytest.fixture
def check(django_db_setup):
    """Django's own checks of production, with some settings changed or (None) left out."""
    return lambda **changes: check_production({**configured.SLOT.environment, **GOOD, **changes})


def check_production(settings):
    hidden = {
        *GOOD,
        *configured.SLOT.environment,
        "DEBUG",
        "DEMO",
        "TESTING",
        "DJANGO_ALLOW_ASYNC_UNSAFE",
        "ALLOWED_HOSTS",
        "DJANGO_SETTINGS_MODULE",
    }
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    given = {name: value for name, value in settings.items() if value is not None}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    return subprocess.run(command, cwd=BASE, env={**environment, **given}, capture_output=True, text=True, check=False)


def test_production_settings_are_safe(check):
    done = check()
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "BASE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL"])
def test_production_refuses_to_start_without(check, name):
    done = check(**{name: None})
    assert done.returncode != 0
    assert f"Set {name}" in done.stderr


def test_production_refuses_a_short_key_and_a_plain_address(check):
    assert "Set SECRET_KEY" in check(SECRET_KEY="short").stderr
    assert "Set BASE_URL" in check(BASE_URL="http://plg.example").stderr
