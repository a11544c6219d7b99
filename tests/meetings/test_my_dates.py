"""My dates of all PLGs on a phone: a few months, more at one tap, and what has been behind a link."""

import re

import pytest
from django.urls import reverse

from tests.cast import meeting as make_meeting

AGENDA = reverse("meetings:agenda")


@pytest.fixture
def year(cast, thursday):
    """A date in each of eight months from now (26 November 2026) on, and twelve behind."""
    for n in range(1, 8):
        make_meeting(cast.maths, days=17 + 30 * n, title=f"Later {n}")
    for n in range(12):
        make_meeting(cast.maths, days=-10 - n, title=f"Eerder {n}")


@pytest.fixture
def read(cast, signed_in):
    browser = signed_in(cast.amina)
    return lambda query="": browser.get(AGENDA + query).text


def months(text):
    return re.findall(r'<h3[^>]*id="m-([\d-]+)"', text)


def test_three_months_stand_there_under_their_names(read, year):
    text = read()
    assert months(text) == ["2026-11", "2026-12", "2027-01"]
    assert "November 2026" in text
    assert "Later 2" in text and "Later 3" not in text and "Eerder 0" not in text


def test_more_brings_three_months_more_until_all_is_there(read, year):
    (more,) = re.findall(r'href="(\?months=6#m-2027-02)"', read())
    assert "5 " in read().split(more)[1][:120]  # as many dates follow
    assert len(months(read("?months=6"))) == 6
    last = read("?months=9")
    assert len(months(last)) == 8 and "months=" not in last.replace("?month=", "")


@pytest.mark.parametrize("odd", ["?months=x", "?months=-3", "?months=99999999999999", "?months=٣", "?past=zes&page=x"])
def test_odd_addresses_are_no_error(read, year, odd):
    assert "Agenda" in read(odd)


def test_what_has_been_stands_behind_a_link(read, year):
    assert 'href="?past=1"' in read()
    text = read("?past=1")
    assert "Eerder 0" in text and "Eerder 9" in text and "Eerder 10" not in text and "Later" not in text
    assert "Eerder 11" in read("?past=1&page=2")
    assert f'href="{AGENDA}"' in text


def test_who_has_nothing_ahead_is_told_so(read, cast):
    make_meeting(cast.maths, days=-3)
    text = read()
    assert "Er zijn nog geen data" in text and 'href="?past=1"' in text
