"""The KennisHub in its states, looked at with a browser: no link leads to all of them."""

import pytest
from django.urls import resolve

from tests.sweep import library
from tests.sweep.looking import Look
from tests.sweep.walking import Example


@pytest.fixture(scope="module")
def addresses(site):
    return library.begin()


@pytest.mark.parametrize("state", library.STATES)
def test_anybody_can_use_a_resource_that_is(state, addresses, site, browser, record_property):
    who, address = library.STATES[state], addresses[state]
    view = resolve(address.partition("?")[0]).view_name
    html = site.get(who, address).content.decode()
    faults = []
    for language in ("nl", "en"):
        look = Look(site, browser, Example(view, address, who, html), language)
        if state.startswith("withdrawn"):
            look.expected, look.forgiven = 410, ["(Gone)"]
        with look:
            faults += look.everything()
    record_property("pages", 1)
    record_property("violations", len(faults))
    assert not faults, "\n" + "\n".join(faults)
