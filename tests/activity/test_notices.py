"""The house's own kinds: every one that is told has its words, and tells them in every voice."""

import ast
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.template.loader import get_template

from activity import words
from activity.kinds import ask_kinds, kinds

BASE = Path(__file__).resolve().parents[2]
OURS = [app.name.replace(".", "/") for app in apps.get_app_configs() if Path(app.path).is_relative_to(BASE)]


@pytest.mark.parametrize("name", sorted(kinds))
def test_every_kind_has_its_three_voices(name):
    for voice in ("subject", "email", *(["line"] if kinds[name].told else [])):
        get_template(f"{kinds[name].template}#{voice}")


@pytest.mark.parametrize("name", sorted(ask_kinds))
def test_every_request_has_its_words(name):
    get_template(f"{ask_kinds[name].template}#ask")


def told():
    """Names of kinds that some deed tells somebody about, or lays in the outbox."""
    for app in OURS:
        for path in (BASE / app).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                    called = getattr(node.func, "id", getattr(node.func, "attr", ""))
                    keywords = {keyword.arg for keyword in node.keywords}
                    if (called == "record" and keywords & {"tell", "addresses"}) or (
                        called == "put" and "occasion" in keywords
                    ):
                        yield node.args[0].value, path.relative_to(BASE)


def test_whatever_is_told_is_a_known_kind():
    unknown = sorted({f"{name} ({path})" for name, path in told() if name not in kinds})
    assert not unknown


def test_a_line_builds_nothing_of_the_letter_that_it_does_not_use(cast):
    """Also where the words name something: they look among their own variables first."""
    built = []
    kind = replace(kinds["meetings.agreed"], context=lambda about, person, facts: built.append(person) or {})
    row = SimpleNamespace(about=SimpleNamespace(community=cast.maths), community_id=cast.maths.pk, facts={})
    said = words.say(kind, "line", words.context_of(kind, row, cast.amina))
    assert "PLG Rekenen" in said
    assert built == []
