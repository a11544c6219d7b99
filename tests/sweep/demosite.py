"""The platform filled with the demo, and everybody whose pages are worth a look."""

from datetime import time
from functools import cached_property
from typing import Any

from django.conf import settings
from django.test import Client, override_settings

from communities.meetings.actions import running
from communities.models import Community
from organisations import actions
from organisations.models import Network, School
from people.models import User
from plg_platform.demo import build, staff
from tests.cast import meeting
from tests.sweep.lab_day import going_on
from tests.sweep.whole_year import in_the_making
from tests.website import Website

STRANGER = "stranger"
PEOPLE = [STRANGER, *staff.MAIN]


#: Pages as in production, with the errors that people see; the demo's buttons are there.
PUBLIC = {"DEBUG": "", "TESTING": "1", "DEMO": "1"}


def a_request() -> None:
    """In the demo everybody was asked before; here a network still waits for an answer."""
    network, school = Network.objects.get(), School.objects.get(name="De Regenboog")
    actions.ask_to_join(network, school, by=User.objects.get(email=staff.main_address("network_admin")))


def a_session() -> None:
    """A meeting of PLG Rekenen that is held at this moment: its clock, its notes, the screen in the room."""
    group = Community.objects.get(name="PLG Rekenen")
    now_held = meeting(group, days=0, starts=time(0, 0), ends=time(23, 59))
    running.start(now_held, by=User.objects.get(email=staff.main_address("facilitator")), plan="simple")


class DemoSite:
    """Somebody's pages on `website`, without a browser (`client`) and within one (`sign_in`)."""

    def __init__(self, website: Website) -> None:
        self.website = website
        with override_settings(DEMO=True):
            build.fill()
            a_request()
            a_session()
            in_the_making()
            going_on()

    @cached_property
    def clients(self) -> dict[str, Client]:
        return {who: self._client(who) for who in PEOPLE}

    @cached_property
    def person(self) -> dict[str, Any]:
        return {who: User.objects.get(email=staff.main_address(who)) for who in staff.MAIN}

    def _client(self, who: str) -> Client:
        client = Client(raise_request_exception=False)
        if who != STRANGER:
            client.force_login(self.person[who], backend="people.backends.PersonBackend")
            session = client.session
            session["demo"] = True  # as the buttons of a demo do: no second step is asked
            session.save()
        return client

    def get(self, who: str, address: str) -> Any:
        with override_settings(DEMO=True):
            return self.clients[who].get(address)

    def cookies(self, who: str, language: str) -> list[dict[str, str]]:
        """What a browser brings along to be this person, reading this language."""
        if who != STRANGER:
            User.objects.filter(pk=self.person[who].pk).update(language=language)
        named = {name: morsel.value for name, morsel in self.clients[who].cookies.items()}
        named[settings.LANGUAGE_COOKIE_NAME] = language
        return [{"name": name, "value": value, "url": self.website.url} for name, value in named.items()]

    def context(self, browser: Any, who: str, language: str) -> Any:
        """A context of the browser in which this person is signed in."""
        context = browser.new_context(locale=language, reduced_motion="reduce", viewport={"width": 1320, "height": 900})
        context.add_cookies(self.cookies(who, language))
        return context
