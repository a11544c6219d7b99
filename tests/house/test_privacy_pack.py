"""The privacy officer's pack stays true: it names all that is kept, for how long, and tests that exist."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from core.registry import exports, terms
from core.terms import in_words

BASE = Path(__file__).resolve().parent.parent.parent
PACK = BASE / "docs" / "privacy"
PAGES = ["README", "register", "dpia", "subverwerkers", "verantwoordelijkheid", "instemming", "startlijst", "normen"]


def said(page):
    return (PACK / f"{page}.md").read_text()


@pytest.mark.parametrize("name", list(exports))
def test_the_register_names_each_section(name):
    with translation.override("nl"):
        assert f"**{exports[name].title}**" in said("register")


@pytest.mark.parametrize("name", list(terms))
def test_the_register_says_how_long(name):
    with translation.override("nl"):
        title, usual = str(terms[name].title), in_words(terms[name].days)
    assert f"| {title} | {usual} |" in said("register")


def test_each_test_that_a_norm_names_exists():
    named = re.findall(r"`(tests/[^`]+)`", said("normen"))
    assert len(named) > 20
    assert [each for each in named if not (BASE / each).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_its_links_lead_somewhere(page):
    for target in re.findall(r"\]\(([^)#]+\.md)", said(page)):
        assert (PACK / target).exists(), target
