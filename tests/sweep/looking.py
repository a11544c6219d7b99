"""Look at one page as a browser shows it, and say what is wrong with it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Self

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Error

from tests.sweep.demosite import DemoSite
from tests.sweep.dutch import english_in
from tests.sweep.walking import Example

PHONE, WIDE = {"width": 360, "height": 780}, {"width": 1320, "height": 900}
HEAVIEST = 60_000  # bytes of HTML
OURS = (Path(__file__).parent / "page.js").read_text()
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"runOnly": LEVELS, "rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
ANSWERS_TO_MISTAKES = {200, 302, 422}  # 200: the pages of allauth; 302: a choice of one field, back with a warning
TOO_MANY_STOPS = 250


class Look:
    """One page in one browser; `faults` are sentences."""

    def __init__(self, site: DemoSite, browser: Any, example: Example, language: str) -> None:
        self.site, self.example, self.language = site, example, language
        self.context = site.context(browser, example.who, language)
        self.page = self.context.new_page()
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.say(f"script: {error}"))
        self.state = ""
        self.forgiven = ["(Not Found)"] if example.view == "nowhere" else []
        self.expected = 404 if example.view == "nowhere" else 200
        self.faults: list[str] = []

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *error: object) -> None:
        self.context.close()

    def hear(self, message: Any) -> None:
        if message.type == "error" and not any(known in message.text for known in self.forgiven):
            self.say(f"console: {message.text}")

    def say(self, fault: str) -> None:
        sentence = f"{self.example} {self.language}{self.state}: {fault}"
        if sentence not in self.faults:
            self.faults.append(sentence)

    def open(self) -> None:
        self.status = self.page.goto(self.site.website.url + self.example.address).status
        self.bring()

    def bring(self) -> None:
        self.page.wait_for_load_state("load")
        self.page.evaluate(AXE_SCRIPT)
        self.page.evaluate(OURS)

    def ask(self, name: str) -> Any:
        return self.page.evaluate(f"sweep.{name}()")

    # What is looked at ---------------------------------------------------------------------------

    def everything(self) -> list[str]:
        """In Dutch all of it; in English what depends on the words."""
        if self.status != self.expected:
            self.say(f"answers {self.status}")
        elif self.language == "nl":
            self.weight()
            self.dutch()
            self.appearances()
            self.keyboard()
            self.states()
        else:
            self.appearances(schemes=["light"])
        return self.faults

    def weight(self) -> None:
        if (size := len(self.example.html.encode())) > HEAVIEST:
            self.say(f"weighs {size / 1000:.0f} kB")

    def dutch(self) -> None:
        for words in english_in(self.ask("words")):
            self.say(f"English: {words}")

    def appearances(self, schemes: tuple[str, ...] | list[str] = ("light", "dark")) -> None:
        """Wide and on a phone, in the light and in the dark."""
        for viewport in (WIDE, PHONE):
            self.page.set_viewport_size(viewport)
            for scheme in schemes:
                self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                options = ALL_RULES if scheme == "light" else COLOURS
                for fault in axe(self.page, options):
                    self.say(f"{viewport['width']} {scheme}: {fault}")
            for fault in self.ask("wide"):
                self.say(f"{viewport['width']}: scrolls sideways, {fault}")
        for fault in self.ask("small"):
            self.say(f"too small to touch: {fault}")
        self.page.set_viewport_size(WIDE)
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")

    def keyboard(self) -> None:
        """Tab through the page: every stop is reached, and one sees where one is."""
        stops = self.ask("begin")
        missed, unseen = set(range(len(stops))), set()
        for _press in range(min(4 * len(stops) + 10, TOO_MANY_STOPS)):
            self.page.keyboard.press("Tab")
            here = self.ask("here")
            if here["stop"] is None:
                if not missed:
                    break
                continue
            # A date has up to four stops within; one of them shows the field, the others themselves.
            if here["stop"] in missed and not here["shown"]:
                unseen.add(here["stop"])
            elif here["shown"]:
                unseen.discard(here["stop"])
            missed.discard(here["stop"])
        for stop in sorted(unseen):
            self.say(f"focus cannot be seen on {stops[stop]}")
        for stop in sorted(missed)[:5]:
            self.say(f"not reached by keyboard: {stops[stop]}")

    # States --------------------------------------------------------------------------------------

    def states(self) -> None:
        if self.ask("unfold"):
            self.state = ", unfolded"
            self.appearances()
            self.ask("fold")
        if self.ask("confirming"):
            self.state = ", asked to confirm"
            self.page.locator("dialog[open]").wait_for()
            self.appearances()
            self.page.keyboard.press("Escape")
        self.mistakes()
        if self.example.view == "home":
            self.open()
            self.menu()

    def arrived(self) -> None:
        """Wait for the next page. Asked from outside: what a page evaluates itself, its own policy may refuse."""
        for _n in range(300):
            with contextlib.suppress(Error):  # in between there is no page to ask
                if self.page.evaluate("!window.sweep && document.readyState === 'complete'"):
                    return
            self.page.wait_for_timeout(50)
        self.say("the next page never came")

    def mistakes(self) -> None:
        """Send a form without what it needs: it comes back with its errors, each linked to its field."""
        self.open()
        self.state = ", with errors"
        self.forgiven.append("422")
        if not self.ask("spoil"):
            return
        with self.page.expect_response(lambda answer: answer.request.method == "POST") as answer:
            self.ask("send")
        if answer.value.request.is_navigation_request():  # the new page knows nothing of us yet
            self.arrived()
        self.page.wait_for_load_state("networkidle")
        if answer.value.status not in ANSWERS_TO_MISTAKES:
            self.say(f"an empty form answers {answer.value.status}")
            return
        self.bring()
        if not self.page.locator(
            "main [aria-invalid=true], main .alert, main .ask, main .notice--warning, main .notice--error, main .error"
        ).count():
            self.say("an empty form comes back without errors")
        for field in self.ask("unlinked"):
            self.say(f"error not linked to {field}")
        self.appearances()

    def menu(self) -> None:
        """The menu of the frame: More on a phone, one's own at the side."""
        self.state = ", menu open"
        for viewport, box in ((PHONE, ".phone-only > details"), (WIDE, "details.me")):
            self.page.set_viewport_size(viewport)
            menu = self.page.locator(box)
            if not menu.count() or not menu.first.is_visible():
                continue
            menu.first.locator("summary").click()
            for scheme in ("light", "dark"):
                self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                for fault in axe(self.page, ALL_RULES):
                    self.say(f"{viewport['width']} {scheme}: {fault}")
            self.page.keyboard.press("Escape")


def axe(page: Any, options: dict[str, Any]) -> Iterator[str]:
    """What axe-core finds, one sentence for each element."""
    for violation in page.evaluate("options => axe.run(document, options)", options)["violations"]:
        for node in violation["nodes"]:
            details = [check["message"] for check in (node["any"] + node["all"] + node["none"])[:1]]
            yield " · ".join([violation["id"], node["html"][:160], *details])
