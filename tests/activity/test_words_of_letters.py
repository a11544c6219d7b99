"""The words of all letters keep to the few tags and classes that the dresser knows."""

import re

import pytest
from django.conf import settings

from activity.markup import BOXES, LOOKS

NOTICES = sorted((settings.BASE_DIR / "templates").glob("*/notices/*.html"))
TAG = re.compile(r'<(\w+)(?:[^>]*? class="([\w ]*))?')
TAGS = {name.split()[-1].partition(".")[0] for name in LOOKS} | {"div", "b", "strong", "br"}
CLASSES = {name.partition(".")[2] for name in LOOKS} | set(BOXES) | {"ask"}


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: f"{path.parent.parent.name}.{path.stem}")
def test_no_letter_uses_what_is_not_dressed(path):
    for tag, classes in TAG.findall(path.read_text()):
        assert tag in TAGS, tag
        assert set(classes.split()) <= CLASSES, classes
