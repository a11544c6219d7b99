"""A row is drawn once for each shape; what is filled in is escaped, and never seen by another row."""

import pytest
from django.template import engines
from django.utils.safestring import mark_safe
from django.utils.translation import override

from core import frames
from core.frames import Frame


@pytest.fixture
def frame(monkeypatch):
    """A frame of a template that is written here."""

    def make(source, *places):
        template = engines["django"].from_string(source)
        monkeypatch.setattr(frames, "get_template", lambda name: template)
        monkeypatch.setattr(frames, "DRAWN", {})
        return Frame("x.html", *places)

    return make


def test_each_row_has_its_own_words_in_the_frame_of_its_shape(frame):
    row = frame('<li{% if is_new %} class="new"{% endif %} id="r{{ pk }}">{{ who }} 100%</li>', "pk", "who")
    found = row.joined([({"is_new": n == 2}, {"pk": n, "who": f"P{n}"}) for n in (1, 2, 3)])
    assert found == '<li id="r1">P1 100%</li><li class="new" id="r2">P2 100%</li><li id="r3">P3 100%</li>'
    assert len(frames.DRAWN) == 2


@pytest.mark.parametrize("word", ["<script>", '" onclick="x', "'", "&", "%(pk)s", "%s", "\ue000pk\ue001", "{{ pk }}"])
def test_what_is_filled_in_is_escaped_and_is_no_place(frame, word):
    row = frame('<a title="{{ who }}">{{ who }}</a>{{ pk }}', "pk", "who")
    found = row.joined([({}, {"pk": 7, "who": word})])
    assert found == f'<a title="{frames.escape(word)}">{frames.escape(word)}</a>7'
    assert row.joined([({}, {"pk": 8, "who": mark_safe("<b>x</b>")})]).count("<b>x</b>") == 2


def test_a_frame_is_of_its_language(frame):
    row = frame("{% translate 'Yes' %}")
    with override("en"):
        assert row.joined([({}, {})]) == "Yes"
    with override("nl"):
        assert row.joined([({}, {})]) == "Ja"
