"""What becomes found, and what stops being so."""

import pytest

from core.refusals import Refused
from knowledgehub.actions import making, publishing
from knowledgehub.models import Resource
from tests import cast as make


def found_by(user):
    return set(Resource.objects.found_by(user).values_list("title", flat=True))


def test_a_lesson_is_found_behind_its_door_and_nowhere_else(cast):
    make.resource(cast.amina, title="Voor ons", audience="plg", of=cast.maths)
    make.resource(cast.amina, title="Voor allen", audience="members")
    make.resource(cast.amina, title="Nog niet klaar", published=False)
    assert found_by(cast.tom) == {"Voor ons", "Voor allen"}
    assert found_by(cast.dele) == {"Voor allen"}


def test_what_is_published_never_changes(cast):
    lesson = make.resource(cast.amina)
    with pytest.raises(Refused):
        making.edit(lesson.current, by=cast.amina, title="Anders")
    concept = making.new_version(lesson, by=cast.amina)
    making.edit(concept, by=cast.amina, title="Stroken met kleur")
    lesson.refresh_from_db()
    assert lesson.title == "Breuken leggen met stroken"
    publishing.publish(concept, by=cast.amina)
    lesson.refresh_from_db()
    assert (lesson.title, lesson.current.number, lesson.versions.count()) == ("Stroken met kleur", 2, 2)


def test_what_describes_it_changes_only_with_the_new_version(cast, words):
    lesson = make.resource(cast.amina, tags=["breuken"])
    concept = making.new_version(lesson, by=cast.amina)
    group = words.get(label="Groep 5")
    making.edit(concept, by=cast.amina, kind="tool", theme="maths", terms=[group], tags=["stroken"])
    lesson.refresh_from_db()
    assert (lesson.kind, list(lesson.terms.all()), [tag.name for tag in lesson.tags.all()]) == (
        "lesson",
        [],
        ["breuken"],
    )
    publishing.publish(concept, by=cast.amina)
    lesson.refresh_from_db()
    assert (lesson.kind, lesson.theme) == ("tool", "maths")
    assert (list(lesson.terms.all()), [tag.name for tag in lesson.tags.all()]) == ([group], ["stroken"])


@pytest.mark.parametrize("missing", ["kind", "licence", "origin", "pupils", "text"])
def test_nothing_is_published_before_it_is_complete(cast, missing):
    version = make.resource(cast.amina, published=False, **{missing: ""}).versions.get()
    with pytest.raises(Refused):
        publishing.publish(version, by=cast.amina)


def test_withdrawn_is_found_by_nobody_and_says_why(cast):
    lesson = make.resource(cast.amina)
    with pytest.raises(Refused):
        publishing.withdraw(lesson, by=cast.amina, why=" ")
    publishing.withdraw(lesson, by=cast.amina, why="Er staat een fout in het antwoordblad.")
    assert not found_by(cast.tom)
    lesson.refresh_from_db()
    assert lesson.withdrawn_why.startswith("Er staat")
