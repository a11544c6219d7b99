"""The main tasks by keyboard alone, on a screen of 360 pixels: from the home page, with Tab, Enter and Space.

Voting on dates stands in `tests/meetings/test_poll_walk.py`; the sweep looks whether every stop of every page is
reached and seen.
"""

from datetime import time, timedelta

import pytest
from playwright.sync_api import Page, expect

from communities.choices import JoinPolicy
from communities.discussions.models import Post
from communities.meetings.actions import action_points
from communities.meetings.choices import RunState
from communities.meetings.models import ActionPoint, Answer, Attendance, Run
from core.time import today
from participation.words import month
from people.calendar import school_year
from tests import cast as people
from tests.participation.figures import closed, counted

pytestmark = pytest.mark.django_db(transaction=True)

SMALL = {"width": 360, "height": 740}
STOPS = 150  # more than any page has
HERE = """() => {
    const it = document.activeElement;
    if (it === document.body) return "";
    const label = [...(it.labels ?? [])].map((each) => each.innerText).join(" ");
    const words = it.getAttribute("aria-label") || label || it.innerText || it.value || it.name || "";
    return words.replace(/\\s+/g, " ").trim();
}"""


class Hands:
    """Somebody with a keyboard and no mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def to(self, words: str) -> None:
        """Tab on until what has the focus is called so."""
        passed = []
        for _stop in range(STOPS):
            self.page.keyboard.press("Tab")
            passed.append(self.page.evaluate(HERE))
            if passed[-1].lower().startswith(words.lower()):
                return
        raise AssertionError(f"“{words}” was not reached; these were: {list(dict.fromkeys(passed))}")

    def press(self, words: str) -> None:
        self.to(words)
        self.page.keyboard.press("Enter")

    def write(self, words: str, text: str) -> None:
        self.to(words)
        self.page.keyboard.type(text)

    def go(self, words: str) -> None:
        """Press what leads to another page."""
        self.to(words)
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")


@pytest.fixture
def cast(website):
    return people.cast()


@pytest.fixture
def hands(website, page: Page):
    def at_home(person) -> Hands:
        page.set_viewport_size(SMALL)
        website.sign_in(page, person)
        page.goto(f"{website.url}/")
        return Hands(page)

    return at_home


def test_join_a_plg(cast, hands):
    reading = people.plg(cast.regenboog, "PLG Lezen", join_policy=JoinPolicy.OPEN)
    people.member(reading, cast.fatima, "facilitator")
    noor = people.person("Noortje Bos")
    people.works(noor, cast.regenboog)
    walk = hands(noor)
    walk.go("Zoek een PLG")
    walk.go("PLG Lezen")
    walk.go("Meedoen")
    walk.go("Ik doe mee")
    expect(walk.page.locator("h1")).to_have_text("PLG Lezen")
    assert reading.memberships.seated().filter(person=noor).exists()


def test_answer_a_meeting(cast, hands):
    people.meeting(cast.maths)
    walk = hands(cast.amina)
    walk.press("Ik ben er")
    expect(walk.page.locator("button[value=room]").first).to_have_attribute("aria-pressed", "true")
    assert Answer.objects.get().person == cast.amina


def test_say_how_a_try_out_went(cast, hands):
    [hers] = cast.maths.memberships.filter(person=cast.amina)
    due_on = today() + timedelta(days=7)
    action_points.agree(cast.maths, by=cast.fatima, holders=[hers], text="Vouw", kind="try_out", due_on=due_on)
    walk = hands(cast.amina)
    walk.go("Vertel")
    walk.write("In één zin", "Ze vouwden meteen door.")
    walk.go("Geprobeerd")
    expect(walk.page.locator("main")).to_contain_text("Ze vouwden meteen door.")
    assert ActionPoint.objects.get().went == "tried"


def test_begin_a_conversation_and_answer_in_it(cast, hands):
    walk = hands(cast.amina)
    walk.go("PLG Rekenen")
    walk.go("Gesprekken")
    walk.go("Begin een gesprek")
    walk.write("Titel", "Breukenstroken")
    walk.write("Je tekst", "Wie gebruikt ze?")
    walk.go("Plaatsen")
    expect(walk.page.locator("h1")).to_have_text("Breukenstroken")
    walk.write("Je tekst", "Ik begin maandag.")
    walk.press("Plaatsen")
    expect(walk.page.locator("#post-2")).to_contain_text("Ik begin maandag.")
    assert Post.objects.count() == 2


def test_run_a_meeting(cast, hands):
    people.meeting(cast.maths, held_on=today(), starts=time(0, 0), ends=time(23, 59))
    walk = hands(cast.fatima)
    walk.go("Start bijeenkomst")
    walk.go("Start bijeenkomst")
    now = walk.page.locator("#run-now")
    expect(now).to_have_attribute("data-number", "1")
    for number in ("2", "3"):
        walk.press("Volgende")
        expect(now).to_have_attribute("data-number", number)
    walk.go("Afronden")
    walk.go("Ja, afronden")
    expect(now).to_have_count(0)
    assert Run.objects.get().state == RunState.ENDED
    assert Attendance.objects.get(was_there=True).person == cast.fatima


def test_read_who_takes_part_as_a_school_leader(cast, hands):
    people.meeting(cast.maths)
    walk = hands(cast.bram)
    walk.go("PLG Rekenen")
    expect(walk.page.locator("h1")).to_have_text("PLG Rekenen")


def test_read_the_dashboard_as_a_school_leader(cast, hands):
    [first, second, *_rest] = closed(last := school_year(today()) - 1)
    counted(cast.regenboog, first, 600)
    counted(cast.regenboog, second, 900, "reading")
    walk = hands(cast.bram)
    walk.press("Meer")
    walk.go("Cijfers")
    walk.go(f"{last}–{last + 1}")
    learned = walk.page.locator("section[aria-labelledby=learned]")
    expect(learned).to_contain_text("leerden jullie 25 uur samen")
    walk.go("Lezen")
    expect(learned).to_contain_text("Hieronder alleen Lezen: 15 uur.")
    expect(learned.get_by_role("row", name=month(second))).to_contain_text("15")
    walk.go("Alle thema's")
    walk.go("Bekijk hun pagina")
    expect(walk.page.locator("h1")).to_have_text("Wat mijn schoolleider ziet")
    assert walk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
