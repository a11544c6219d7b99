"""What letters about a cycle say: its title, its phase and its dates, never what its team wrote."""

import pytest
from django.utils import translation

from tests.activity._every_letter import every_ask, every_letter, everything


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_letter_says_what_a_team_wrote(cast, language):
    secret = everything(cast)
    with translation.override(language):
        made = [pair for pair in [*every_letter(cast.amina), *every_ask(cast.amina)] if "lessonstudy" in pair[0].name]
    assert {kind.name: letter.trouble for kind, letter in made if letter.trouble} == {}
    assert len(made) >= 7
    for kind, letter in made:
        assert secret.in_(str(vars(letter.letter) if letter.letter else vars(letter))) == [], kind.name
