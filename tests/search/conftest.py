"""What somebody finds, as the page of results has it."""

import pytest

from communities.search import finding
from core import dutch
from core.standing import forget


@pytest.fixture
def finds():
    """`finds(person, "words")`: {(unit, id)} of what this person finds now."""
    return found_by


def found_by(person, words, **wishes):
    forget(person)
    found = finding.find(person, dutch.asked(words), **wishes)
    return {(hit.unit, hit.unit_id) for hit, _shown in finding.read(person, found.hits)}
