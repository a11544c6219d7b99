"""Sizes of screens, and pictures of moments in a story (`var/shots`), for whoever wants to look."""

from pathlib import Path

PHONE, DESKTOP, BOARD = (
    {"width": 390, "height": 844},
    {"width": 1320, "height": 900},
    {"width": 1920, "height": 1080},
)
SHOTS = Path(__file__).resolve().parent.parent / "var" / "shots"


def seen(page, name):
    """Keep a picture of this moment: `story/moment`."""
    picture = SHOTS / f"{name}.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=picture, full_page=True)


def is_narrow(page):
    """Whether the page is no wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
