"""Phones of observers: each a browser of its own, whose network really goes and whose battery really gives out."""

import contextlib
import os
import signal
import time
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import expect

from tests.conftest import CHROMIUM_ARGUMENTS, chromium

PHONE = {"width": 390, "height": 844}


class Device:
    """A phone with a browser of its own, which can be killed and keeps what a disk keeps."""

    def __init__(self, playwright, cable, folder):
        self.playwright, self.cable, self.folder = playwright, cable, folder
        self.person = None
        self.start()

    def start(self):
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.folder), executable_path=chromium(), args=CHROMIUM_ARGUMENTS, viewport=PHONE, locale="nl-NL"
        )
        self.page = self.context.pages[0]
        self.faults = []
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        if self.person:
            self.sign_in(self.person)

    def sign_in(self, person):
        """Her session; on her own phone it lasts for months."""
        from django.test import Client

        self.person, client = person, Client()
        client.force_login(person, backend="people.backends.PersonBackend")
        session = client.cookies["sessionid"].value
        cookie = {"name": "sessionid", "value": session, "url": self.cable.url, "expires": time.time() + 90 * 86400}
        self.context.add_cookies([cookie])

    def lose_network(self):
        self.cable.pull()
        self.context.set_offline(True)

    def find_network(self):
        self.cable.plug()
        self.context.set_offline(False)

    def kill(self):
        """As an empty battery: no process of the browser is asked anything."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                told = (folder / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if f"--user-data-dir={self.folder}".encode() in told and not any(b"--type=" in each for each in told):
                os.kill(int(folder.name), signal.SIGKILL)
        with contextlib.suppress(PlaywrightError):
            self.context.close()
        for name in ("SingletonLock", "SingletonSocket", "SingletonCookie"):
            (self.folder / name).unlink(missing_ok=True)

    def open(self, lesson):
        self.page.goto(f"{self.cable.url}/lessonstudy/observe/{lesson.pk}/", wait_until="domcontentloaded")

    def ready(self):
        """It has everything, and said so to the server."""
        expect(self.page.locator("observe-page[data-kept]")).to_be_attached()
        expect(self.page.get_by_text("Klaar: deze pagina werkt ook zonder internet")).to_be_visible()

    def write(self, words, code="B", mark="Anders"):
        self.page.locator(".o-pupils").get_by_text(code, exact=True).click()
        self.page.locator("[data-name=fact]").fill(words)
        self.page.get_by_role("button", name=mark, exact=True).click()
        expect(self.page.locator(".o-notes li", has_text=words)).to_be_visible()
