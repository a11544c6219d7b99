"""Where one is, as the main menu shows it."""

import re

import pytest
from django.urls import reverse

from tests.cast import meeting as make_meeting


def marked(page):
    """The addresses in the menu that say: you are here."""
    return set(re.findall(r'<a[^>]*href="([^"]*)"[^>]*aria-current="page"', page.text.split("<main")[0]))


@pytest.mark.parametrize("name", ["index", "plan", "add"])
def test_all_dates_of_a_plg_belong_to_my_plgs(cast, signed_in, name):
    page = signed_in(cast.fatima).get(reverse(f"meetings:{name}", args=[cast.maths.pk]))
    assert marked(page) == {reverse("communities:index")}


def test_the_agenda_and_a_meeting_belong_to_the_agenda(cast, signed_in):
    browser = signed_in(cast.fatima)
    for address in (reverse("meetings:agenda"), make_meeting(cast.maths).get_absolute_url()):
        assert marked(browser.get(address)) == {reverse("meetings:agenda")}
