"""What stories in a browser share: screens of people's own."""

import pytest
from playwright.sync_api import Browser, Page

from tests.screens import PHONE


@pytest.fixture
def screen(website, browser: Browser):
    """A browser of somebody's own, a phone if nothing else is said; of nobody, who has no account.

    What it complains of stands in `page.complaints`.
    """
    contexts = []

    def open_one(who=None, size=PHONE, **more) -> Page:
        context = browser.new_context(viewport=size, locale="nl-NL", **more)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: message.type == "error" and page.complaints.append(message.text))
        if who:
            website.sign_in(page, who)
        return page

    yield open_one
    for context in contexts:
        context.close()
