"""A version of one's own: the makers stay named, the licence goes along, and one sees where it came from."""

import pytest
from django.core.files.base import ContentFile

from activity.models import Notification
from core.refusals import Refused
from knowledgehub import provenance
from knowledgehub.actions import adapting, making
from knowledgehub.actions.publishing import publish, withdraw
from knowledgehub.models import Resource, ResourceFile
from tests import cast as make


def goes_on(source, by, audience="members", **said):
    """An adaptation of it, published."""
    own = adapting.adapt(source, by=by)
    version = own.versions.get()
    making.edit(version, by=by, audience=audience, pupils="none", **said)
    publish(version, by=by)
    return Resource.objects.get(pk=own.pk)


def test_tom_adapts_aminas_lesson(cast):
    lesson = make.resource(cast.amina, cast.fatima, pupils="consent", terms=[], tags=["breuken"])
    row = ResourceFile(version=lesson.current, name="stroken.txt", media_type="text/plain", size=5)
    row.file.save("stroken.txt", ContentFile(b"strok"))
    own = adapting.adapt(lesson, by=cast.tom)
    assert own.adapted_from == lesson
    assert "Amina Yildiz en Fatima Aydin" in own.adapted_from_says
    assert "CC BY-SA 4.0" in own.adapted_from_says
    assert f"/hub/{lesson.pk}/" in own.adapted_from_says
    assert own.pupils == "", "what parents agreed to was for the makers' own lesson"
    copy = own.versions.get().files.get()
    assert copy.pk != row.pk
    assert copy.file.name == row.file.name, "nothing is stored twice"
    assert not Resource.objects.found_by(cast.amina).filter(pk=own.pk).exists()
    assert adapting.adapt(lesson, by=cast.tom) == own, "twice is once"


def test_the_licence_goes_along(cast):
    lesson = make.resource(cast.amina)
    with pytest.raises(Refused) as refused:
        adapting.adapt(lesson, by=cast.tom, licence="cc-by-40")
    assert refused.value.field == "licence"
    own = adapting.adapt(lesson, by=cast.tom)
    version = own.versions.get()
    making.edit(version, by=cast.tom, licence="cc0-10")
    with pytest.raises(Refused, match="CC BY-SA"):
        publish(version, by=cast.tom)


def test_a_licence_that_changes_later_takes_nothing_back(cast):
    lesson = make.resource(cast.amina, licence="cc-by-40")
    own = adapting.adapt(lesson, by=cast.tom, licence="cc-by-40")
    renewed = making.new_version(lesson, by=cast.amina)
    making.edit(renewed, by=cast.amina, licence="cc-by-nc-nd-40")
    publish(renewed, by=cast.amina)
    publish(own.versions.get(), by=cast.tom)  # what he took, he took under CC BY
    with pytest.raises(Refused):
        adapting.adapt(Resource.objects.get(pk=lesson.pk), by=cast.els)


@pytest.mark.parametrize("code", ["cc-by-nd-40", "cc-by-nc-nd-40"])
def test_what_must_stay_as_it_is_stays_so(cast, code, signed_in):
    lesson = make.resource(cast.amina, licence=code)
    with pytest.raises(Refused):
        adapting.adapt(lesson, by=cast.tom)
    assert signed_in(cast.tom).get(f"/hub/{lesson.pk}/adapt/").status_code == 302


def test_its_makers_hear_that_their_work_goes_on_when_they_may_see_it(cast):
    lesson = make.resource(cast.amina)
    assert not Notification.objects.filter(person=cast.amina).exists()
    goes_on(lesson, cast.tom)
    assert Notification.objects.filter(person=cast.amina, activity__kind="knowledgehub.adapted").exists()


def test_the_tree_shows_each_reader_only_what_she_finds(cast):
    source = make.resource(cast.amina, title="Stroken om te printen")
    lesson = goes_on(source, cast.tom, title="Breuken leggen")
    goes_on(lesson, cast.els, title="Breuken met touw")
    goes_on(lesson, cast.bram, audience="private", title="Alleen van Bram")
    tree = provenance.tree(lesson, cast.dele)
    assert [row.title for row in tree.ancestors] == ["Stroken om te printen"]
    assert [row.title for row in tree.descendants] == ["Breuken met touw"]
    assert {row.title for row in provenance.tree(lesson, cast.bram).descendants} == {
        "Breuken met touw",
        "Alleen van Bram",
    }
    deeper = provenance.tree(source, cast.dele).descendants
    assert [(row.title, row.steps_away) for row in deeper] == [("Breuken leggen", 1), ("Breuken met touw", 2)]


def test_when_the_source_is_withdrawn_what_was_made_of_it_stays(cast, signed_in):
    source = make.resource(cast.amina)
    lesson = goes_on(source, cast.tom)
    withdraw(source, by=cast.amina, why="Er is een betere.")
    tree = provenance.tree(lesson, cast.dele)
    assert not tree.ancestors
    assert tree.is_source_gone
    assert "Amina Yildiz" in tree.says
    page = signed_in(cast.dele).get(f"/hub/{lesson.pk}/")
    assert "Amina Yildiz" in page.text


def test_the_tree_takes_as_many_queries_for_three_as_for_one(cast, django_assert_max_num_queries):
    source = make.resource(cast.amina)
    goes_on(source, cast.tom)
    with django_assert_max_num_queries(9):
        provenance.tree(Resource.objects.get(pk=source.pk), cast.dele)
    goes_on(source, cast.els)
    goes_on(source, cast.bram)
    with django_assert_max_num_queries(9):
        assert len(provenance.tree(Resource.objects.get(pk=source.pk), cast.dele).descendants) == 3


def test_tom_adapts_on_screen(cast, signed_in):
    lesson = make.resource(cast.amina)
    page = signed_in(cast.tom)
    shown = page.get(f"/hub/{lesson.pk}/adapt/").text
    assert "Amina Yildiz" in shown
    assert "cc-by-40" not in shown
    assert page.post(f"/hub/{lesson.pk}/adapt/", {"licence": "cc-by-40"}).status_code == 422
    assert page.post(f"/hub/{lesson.pk}/adapt/", {"licence": "cc-by-sa-40"}).status_code == 302
    assert Resource.objects.get(adapted_from=lesson).created_by == cast.tom
    elsewhere = make.resource(cast.amina, audience="private")
    assert page.get(f"/hub/{elsewhere.pk}/adapt/").status_code == 404


def test_who_made_a_version_hears_that_the_source_is_gone(cast):
    source = make.resource(cast.amina)
    goes_on(source, cast.tom)
    adapting.adapt(source, by=cast.els)  # not published yet, and just as much hers
    withdraw(source, by=cast.amina, why="Er is een betere.")
    for person in (cast.tom, cast.els):
        assert Notification.objects.filter(person=person, activity__kind="knowledgehub.source_gone").exists()
    assert not Notification.objects.filter(person=cast.bram).exists()
