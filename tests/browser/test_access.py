"""A tenth of the sweep in every run, another tenth each day: ten days see every page (all at once: `make sweep`)."""

from zlib import crc32

import pytest
from django.conf import settings as configured

from core.time import today
from tests.sweep.demosite import PUBLIC, DemoSite
from tests.sweep.looking import Look
from tests.sweep.walking import view_names, walk
from tests.website import Website

PARTS = 10
PAGES = 6  # at most; a minute is enough for every run


@pytest.fixture
def site(transactional_db, environment):
    with Website({**environment, **PUBLIC}, configured.SLOT.folder) as website:
        yield DemoSite(website)


def test_todays_tenth_of_the_pages_can_be_used_by_anybody(site, browser):
    part = today().toordinal() % PARTS
    views = {view for view in view_names() if crc32(view.encode()) % PARTS == part}
    found = walk(site, visits=1, keep=1)
    assert not found.dead, "\n" + "\n".join(found.dead)
    examples = [example for view in sorted(views) for example in found.examples.get(view, [])]
    faults = []
    for example in examples[:PAGES]:
        with Look(site, browser, example, "nl") as look:
            faults += look.everything()
    assert not faults, "\n" + "\n".join(faults)
