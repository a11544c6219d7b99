"""A session on two screens: one clock, and nothing lost when the connection of one of them drops."""

import re
from datetime import time

import pytest
from playwright.sync_api import Page, expect

from communities.meetings.actions import running, seating
from communities.meetings.models import Line, Run
from core.time import today
from tests import cast as people

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def screens(website, page: Page, browser):
    """Fatima at her laptop, Amina on her phone; the session of PLG Rekenen runs."""
    cast = people.cast()
    meeting = people.meeting(cast.maths, held_on=today(), starts=time(0, 0), ends=time(23, 59))
    run = running.start(meeting, by=cast.fatima, plan="simple")
    seating.join_run(run, by=cast.amina)
    phone = browser.new_context(viewport=PHONE).new_page()
    for screen, person in ((page, cast.fatima), (phone, cast.amina)):
        website.sign_in(screen, person)
        screen.goto(f"{website.url}{run.get_absolute_url()}")
        expect(screen.locator("#run-now")).to_have_attribute("data-number", "1")
    yield page, phone, run, cast
    phone.context.close()


def left(screen):
    minutes, seconds = screen.locator("[data-clock]").inner_text().lstrip("+").split(":")
    return int(minutes) * 60 + int(seconds)


def test_both_see_the_same_step_and_the_same_clock(screens):
    lead, phone, run, _cast = screens
    lead.locator("#run-next").click()
    for screen in (lead, phone):
        expect(screen.locator("#run-now")).to_have_attribute("data-number", "2")
    expect(phone.locator("#live")).to_contain_text(run.steps.get(order=1).title)  # told to a screen reader
    assert abs(left(lead) - left(phone)) <= 1  # read one after the other
    offsets = [screen.evaluate("document.querySelector('run-page').offset") for screen in (lead, phone)]
    assert abs(offsets[0] - offsets[1]) < 500  # milliseconds; both stand on one machine
    lead.locator("#run-pause").click()
    expect(phone.locator("#run-now[data-paused]")).to_have_count(1)
    assert lead.evaluate("document.activeElement.id") == "run-pause"  # the cursor stays where it was


def test_a_tap_on_an_old_picture_says_so_and_takes_no_step(screens):
    lead, _phone, run, cast = screens
    lead.route(re.compile("/state/"), lambda route: route.abort())  # she hears of nothing
    running.next_step(run, by=cast.fatima)
    lead.locator("#run-next").click()
    expect(lead.locator("#messages .notice--warning")).to_have_count(1)
    expect(lead.locator("#run-now")).to_have_attribute("data-number", "2")
    assert Run.objects.get().position == 1


def test_what_is_typed_without_a_connection_arrives_once_and_in_order(screens):
    lead, phone, run, _cast = screens
    phone.context.set_offline(True)
    phone.locator("[data-open=capture-insight]").click()
    for n in (1, 2, 3):
        phone.locator("#write-insight-text").fill(f"Inzicht {n}")
        phone.locator("#write-insight button").click()
    phone.locator("#run-own").fill("Alleen voor mij")
    expect(phone.locator("[data-pending=kept] li")).to_have_count(3)
    expect(phone.locator("run-page")).to_have_class(re.compile("is-waiting"))
    before = left(phone)
    phone.wait_for_timeout(1500)
    assert left(phone) < before  # its clock goes on
    lead.locator("#run-next").click()
    expect(lead.locator("#run-now")).to_have_attribute("data-number", "2")
    phone.context.set_offline(False)
    expect(phone.locator("[data-pending=kept] li")).to_have_count(0)
    expect(phone.locator("#run-now")).to_have_attribute("data-number", "2")
    expect(lead.locator("#run-kept")).to_contain_text("Inzicht 3")
    assert list(Line.objects.filter(kind="insight").values_list("text", flat=True)) == [
        "Inzicht 1", "Inzicht 2", "Inzicht 3",
    ]  # fmt: skip
    expect(phone.locator("[data-own-saved]")).not_to_be_empty()
    assert Line.objects.get(kind="own", run=run).text == "Alleen voor mij"


def test_what_waits_survives_a_closed_tab(screens, website):
    _lead, phone, run, _cast = screens
    phone.route(re.compile("/write/"), lambda route: route.abort())
    phone.locator("[data-open=write-parked]").click()
    phone.locator("#write-parked-text").fill("Later verder")
    phone.locator("#write-parked button").click()
    expect(phone.locator("[data-pending=parked] li")).to_have_count(1)
    phone.goto("about:blank")
    phone.unroute(re.compile("/write/"))
    phone.goto(f"{website.url}{run.get_absolute_url()}")
    expect(phone.locator("#run-parked")).to_contain_text("Later verder")
    assert Line.objects.filter(kind="parked").count() == 1


def test_a_refused_line_is_given_back_with_the_reason(screens):
    _lead, phone, _run, _cast = screens
    phone.locator("[data-open=capture-decision]").click()
    text = "a" * 10_001
    phone.locator("#write-decision-text").fill(text)
    phone.locator("#write-decision button").click()
    expect(phone.locator("#write-decision [data-error]")).to_contain_text("10001")
    expect(phone.locator("#write-decision-text")).to_have_value(text)
    expect(phone.locator("[data-pending=kept] li")).to_have_count(0)


def test_without_the_stream_it_asks_every_few_seconds(website, page: Page):
    cast = people.cast()
    meeting = people.meeting(cast.maths, held_on=today(), starts=time(0, 0), ends=time(23, 59))
    run = running.start(meeting, by=cast.fatima, plan="simple")
    page.route(re.compile("/stream/"), lambda route: route.abort())
    website.sign_in(page, cast.amina)
    page.goto(f"{website.url}{run.get_absolute_url()}")
    expect(page.locator("#run-now")).to_have_attribute("data-number", "1")
    running.next_step(run, by=cast.fatima)
    expect(page.locator("#run-now")).to_have_attribute("data-number", "2")


def test_who_is_removed_is_told_and_sees_nothing_more(screens):
    from communities import actions

    _lead, phone, run, cast = screens
    actions.remove(cast.maths.memberships.get(person=cast.amina), by=cast.fatima)
    expect(phone.locator("#messages .notice--error")).to_have_count(1)
    running.next_step(run, by=cast.fatima)
    phone.wait_for_timeout(1000)
    expect(phone.locator("#run-now")).to_have_attribute("data-number", "1")


def test_when_it_ends_all_come_to_the_two_questions(screens):
    lead, phone, _run, _cast = screens
    lead.get_by_role("link", name=re.compile("Afronden|Round off")).first.click()
    lead.locator("main form button.btn-primary").click()
    for screen in (lead, phone):
        expect(screen.locator("[name=worth]")).to_have_count(5)
