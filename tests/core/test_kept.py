"""A part of a page that is kept is drawn from its values and nothing else."""

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import mark_safe

from communities.models import Community, Membership


@pytest.fixture
def drawn():
    """How often a part was drawn, and a way to draw it."""
    part = '{{ thing }}{{ count }}{{ hidden }}{% translate "Members" %}'
    template = Template(f"{{% kept thing count %}}{part}{{% endkept %}}")

    class Counter:
        count = 0

        def __str__(self):
            self.count += 1
            return ""

    counter = Counter()
    counter.draw = lambda thing: template.render(Context({"thing": thing, "count": counter, "hidden": "hidden"}))
    return counter


def test_it_is_drawn_once_for_the_same_values(drawn):
    assert drawn.draw("a") == drawn.draw("a")
    assert drawn.count == 1
    assert drawn.draw("b").startswith("b")
    assert drawn.count == 2


def test_it_sees_nothing_but_what_it_is_kept_by(drawn):
    assert "hidden" not in drawn.draw("a")


def test_another_language_is_another_part(drawn):
    with translation.override("nl"):
        dutch = drawn.draw("a")
    with translation.override("en"):
        assert drawn.draw("a") != dutch


def test_a_row_that_changed_is_drawn_anew(cast, drawn):
    assert "wiskunde" not in drawn.draw(cast.maths)
    Community.objects.filter(pk=cast.maths.pk).update(name="Rekenen en wiskunde")
    assert "Rekenen en wiskunde" in drawn.draw(Community.objects.get(pk=cast.maths.pk))


def test_so_is_one_of_which_what_came_along_changed(cast, drawn):
    def rows():
        return list(Membership.objects.for_overview(cast.maths))

    drawn.draw(rows())
    drawn.draw(rows())
    assert drawn.count == 1
    person = rows()[0].person
    person.name = "Somebody Else"
    person.save()
    drawn.draw(rows())
    assert drawn.count == 2


def test_a_name_with_marks_never_takes_the_place_of_markup(drawn):
    assert drawn.draw(mark_safe("<b>x</b>")).startswith("<b>")
    assert drawn.draw("<b>x</b>").startswith("&lt;b&gt;")


def test_what_cannot_be_compared_is_an_error(drawn):
    with pytest.raises(TypeError, match="unhashable"):
        drawn.draw(bytearray(b"x"))
