"""Using the KennisHub and its way outside, in states to which no link of the demo leads."""

import pytest
from django.urls import resolve

from tests.sweep import shelves
from tests.sweep.looking import Look
from tests.sweep.walking import Example


@pytest.fixture(scope="module")
def addresses(site):
    return shelves.begin()


@pytest.mark.parametrize("state", shelves.STATES)
def test_anybody_can_use_the_kennishub_at(state, addresses, site, browser, record_property):
    who, address = shelves.STATES[state], addresses[state]
    view = resolve(address.partition("?")[0]).view_name
    html = site.get(who, address).content.decode()
    faults = []
    for language in ("nl", "en"):
        with Look(site, browser, Example(view, address, who, html), language) as look:
            faults += look.everything()
    record_property("pages", 1)
    record_property("violations", len(faults))
    assert not faults, "\n" + "\n".join(faults)
