"""The check that holds templates against the floors finds what looks upward, and nothing else."""

import importlib.util

import pytest

from tests.website import BASE


@pytest.fixture(scope="module")
def floors():
    spec = importlib.util.spec_from_file_location("template_floors", BASE / "tools" / "template_floors.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("path", "text", "refused"),
    [
        ("people/profile.html", "{% url 'communities:detail' 1 %}", True),
        ("communities/detail.html", "{% url 'people:profile' %}", False),
        ("communities/detail.html", "{% url 'meetings:detail' 1 %}", True),
        ("communities/detail.html", '{% include "meetings/card.html" %}', True),
        ("meetings/detail.html", '{% include "communities/card.html" %}', False),
        ("meetings/detail.html", '{% extends "base.html" %}', False),
        ("ui/card.html", '{% include "people/card.html" %}', True),
        ("base.html", "{% url 'communities:index' %}", False),
        ("activity/notices/a.html", "{%- comment -%}{% include which %}", False),
    ],
)
def test_a_template_looks_only_downward(floors, tmp_path, path, text, refused):
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text(f"line one\n{text}\n")
    found = list(floors.upward(tmp_path))
    assert bool(found) == refused
    if refused:
        assert f"templates/{path}:2:" in found[0]


def test_our_own_templates_look_only_downward(floors):
    assert list(floors.upward()) == []
