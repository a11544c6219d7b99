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


def lines(page):
    """What stands in the main menu, line by line."""
    return re.findall(r'<li[^>]*><a href="([^"]*)"', page.text.split("<main")[0].split('class="phone-only"')[0])


def test_a_teacher_has_nine_lines_and_who_leads_also_her_tools(cast, signed_in):
    names = ["home", "communities:index", "finding:index", "lessonstudy:index", "events:index"]
    names += ["meetings:agenda", "meetings:my_action_points", "training:index", "communities:directory"]
    assert lines(signed_in(cast.amina).get("/")) == [reverse(name) for name in names]
    of_leader = lines(signed_in(cast.fatima).get("/"))
    assert {reverse("meetings:cockpit"), reverse("meetings:protocols")} <= set(of_leader)


def test_ones_hours_stand_beneath_ones_name_and_on_the_profile(cast, signed_in):
    page = signed_in(cast.amina).get(reverse("people:profile"))
    hours, frame = reverse("organisations:my_hours"), page.text.split("<main")
    assert hours not in lines(page)
    assert hours in frame[0]
    assert hours in frame[1]


def test_the_short_address_of_the_screen_leads_to_the_code(cast, signed_in):
    assert signed_in(cast.amina).get("/mee/")["Location"] == reverse("meetings:run_join")
