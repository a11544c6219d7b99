"""A kind of news that belongs to no app, with words of its own."""

from dataclasses import replace
from pathlib import Path

import pytest

from activity.kinds import ask_kinds, kinds, register, register_ask
from communities.models import Community

TEMPLATES = Path(__file__).parent / "templates"


@pytest.fixture
def news(settings):
    """`tests.happened`: something happened in a PLG; returns a function that changes the kind."""
    dirs = [TEMPLATES, *settings.TEMPLATES[0]["DIRS"]]
    settings.TEMPLATES = [settings.TEMPLATES[0] | {"DIRS": dirs}]
    register("tests.happened", "iets nieuws in je PLG", wait=False, power="enter", related=["owner_school"])
    register_ask("tests.asked", related=["owner_school"])

    def change(**fields):
        kinds["tests.happened"] = replace(kinds["tests.happened"], **fields)

    yield change
    del kinds["tests.happened"], ask_kinds["tests.asked"]


@pytest.fixture
def record_news(news, cast, commits):
    """record_news(people…): something happened in PLG Rekenen, and they are told."""
    from activity.journal import record

    def record_it(*people, **more):
        about = more.pop("about", cast.maths)
        community = about if isinstance(about, Community) else None
        return record("tests.happened", by=cast.fatima, about=about, tell=people, community=community, **more)

    return record_it
