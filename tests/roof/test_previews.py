"""Every kind of letter has a preview on the demo, in both languages."""

import pytest
from django.utils import translation

from activity.kinds import kinds
from people.models import User
from plg_platform.demo import build, staff
from plg_platform.development import preview_of


@pytest.fixture
def sanne(db, settings):
    settings.DEMO = True
    build.fill()
    return User.objects.get(email=staff.main_address("facilitator"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_kind_shows_its_words_with_demo_data(sanne, language):
    with translation.override(language):
        made = {name: preview_of(kind, sanne, whole=True) for name, kind in kinds.items()}
    assert {name: each.trouble for name, each in made.items() if each.trouble or not each.letter} == {}
    assert all(each.letter.subject and each.letter.text for each in made.values())
