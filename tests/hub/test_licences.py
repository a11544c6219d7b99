"""What licences allow of each other, along any line of adaptations."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledgehub import licences
from knowledgehub.choices import LICENCES

CODES = st.sampled_from(list(LICENCES))


@given(CODES, st.lists(st.integers(0, 8), max_size=6))
def test_along_a_line_of_versions_nothing_is_given_away_that_was_not_given(first, picks):
    line = [first]
    for pick in picks:
        allowed = licences.of_adaptations(line[-1])
        if not allowed:
            assert not LICENCES[line[-1]].may_adapt
            break
        line.append(allowed[pick % len(allowed)])
    was, became = LICENCES[line[0]], LICENCES[line[-1]]
    assert became.sells <= was.sells, "what may not be sold is never sold further on"
    assert became.names_makers >= was.names_makers, "the makers are never forgotten"
    assert became.is_open <= was.is_open, "what stays here never leaves"
    if was.shares_alike:
        assert set(line) == {was.code}
    # A shorter way to the same end is allowed as well
    assert len(line) == 1 or line[-1] in licences.of_adaptations(line[0])


@pytest.mark.parametrize(
    ("source", "allowed"),
    [
        ("cc-by-nd-40", []),
        ("cc-by-nc-nd-40", []),
        ("cc-by-sa-40", ["cc-by-sa-40"]),
        ("cc-by-nc-sa-40", ["cc-by-nc-sa-40"]),
        ("cc-by-nc-40", ["cc-by-nc-40", "cc-by-nc-sa-40", "cc-by-nc-nd-40", "here"]),
        ("here", ["here"]),
        ("", []),
    ],
)
def test_the_table_of_creative_commons(source, allowed):
    assert list(licences.of_adaptations(source)) == allowed


def test_what_is_free_stays_free_to_choose():
    assert set(licences.of_adaptations("pdm-10")) == set(LICENCES)
    assert "pdm-10" not in licences.of_adaptations("cc0-10")


def test_makers_choose_freely_but_what_was_given_stays_given(cast):
    from tests import cast as make

    lesson = make.resource(cast.amina, licence="cc-by-40")
    assert set(licences.of_versions(lesson)) == set(LICENCES)
    assert "CC BY 4.0" in licences.said_of_older(lesson, "cc-by-nc-40")
    assert not licences.said_of_older(lesson, "cc0-10")
    assert not licences.said_of_older(lesson, "cc-by-40")
