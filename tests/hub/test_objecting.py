"""Something is not right: it is told to who looks after it, hidden where needed, and settled."""

import pytest

from activity.models import Ask, Notification
from core.refusals import Refused
from knowledgehub import registry
from knowledgehub.actions import adapting, closing, making, objecting, publishing
from knowledgehub.models import Objection, Resource, ResourceFile
from tests import cast as make


@pytest.fixture
def lesson(cast):
    return make.resource(cast.amina, audience="plg", of=cast.maths)


def report(lesson, by):
    return objecting.report(lesson, by=by, what="pupils", reason="Op de foto herken je twee kinderen.")


def asked(person):
    return Ask.objects.open().filter(person=person, kind=objecting.ASKED).exists()


def told(person, kind):
    return Notification.objects.filter(person=person, activity__kind=f"knowledgehub.{kind}").exists()


def finds(person, lesson):
    return Resource.objects.found_by(person).filter(pk=lesson.pk).exists()


def test_tom_reports_fatima_hides_and_amina_puts_it_right(cast, lesson):
    objection = report(lesson, cast.tom)
    assert asked(cast.fatima)
    assert not told(cast.amina, "objected")
    objecting.hide(objection, by=cast.fatima, outcome="De foto moet eruit.")
    assert not asked(cast.fatima)
    for person in (cast.amina, cast.tom, cast.fatima):
        assert not finds(person, lesson), "nowhere found"
    assert told(cast.amina, "hidden")
    assert told(cast.tom, "settled")
    seen = Resource.objects.filter(pk=lesson.pk)
    assert seen.allowing(cast.amina, "view").exists(), "its makers go on seeing it"
    assert seen.allowing(cast.fatima, "view").exists(), "and so does who can show it again"
    assert not seen.allowing(cast.tom, "view").exists()
    objecting.show_again(lesson, by=cast.fatima)
    assert finds(cast.tom, lesson)
    assert told(cast.amina, "shown_again")


def test_what_keeps_a_copy_hears_of_it(cast, lesson, monkeypatch):
    heard = []
    monkeypatch.setitem(registry.changed, "test", lambda *rows: heard.extend(row.hidden_at is None for row in rows))
    objecting.hide(report(lesson, cast.tom), by=cast.fatima, outcome="De foto moet eruit.")
    objecting.show_again(lesson, by=cast.fatima)
    assert heard == [False, True]


def test_it_may_stay_and_who_reported_it_reads_why(cast, lesson):
    objection = report(lesson, cast.tom)
    with pytest.raises(Refused) as refused:
        objecting.settle(objection, by=cast.fatima, outcome="")
    assert refused.value.field == "outcome"
    objecting.settle(objection, by=cast.fatima, outcome="De ouders weten ervan.")
    assert finds(cast.tom, lesson)
    assert told(cast.tom, "settled")
    with pytest.raises(Refused):
        objecting.settle(objection, by=cast.fatima, outcome="Nog eens.")


def test_nobody_settles_what_she_made_and_nobody_reports_it_twice(cast):
    lesson = make.resource(cast.fatima, audience="plg", of=cast.maths)
    objection = report(lesson, cast.tom)
    with pytest.raises(Refused):
        objecting.settle(objection, by=cast.fatima, outcome="Niets aan de hand.")
    with pytest.raises(Refused):
        report(lesson, cast.tom)
    with pytest.raises(Refused):
        report(lesson, cast.fatima)


def test_where_nobody_looks_after_it_the_platform_does(cast):
    lesson = make.resource(cast.amina, audience="network", of=cast.network)
    objection = report(lesson, cast.tom)
    assert asked(cast.paula)
    seen = Resource.objects.filter(pk=lesson.pk)
    assert seen.allowing(cast.paula, "view").exists(), "to judge it"
    assert Objection.objects.allowing(cast.paula, "settle").get() == objection
    objecting.settle(objection, by=cast.paula, outcome="Het kan zo.")
    assert not seen.allowing(cast.paula, "view").exists(), "and no longer"


def test_a_facilitator_judges_the_files_too(cast, lesson):
    lesson.current.files.create(name="foto.jpg", media_type="image/jpeg", size=1)
    objecting.hide(report(lesson, cast.tom), by=cast.fatima, outcome="De foto moet eruit.")
    assert ResourceFile.objects.allowing(cast.fatima, "view").exists()
    assert not ResourceFile.objects.allowing(cast.tom, "view").exists()


def test_the_pages_of_tom_and_fatima(cast, lesson, signed_in):
    tom, fatima = signed_in(cast.tom), signed_in(cast.fatima)
    assert tom.get(f"/hub/{lesson.pk}/report/").status_code == 200
    empty = tom.post(f"/hub/{lesson.pk}/report/", {"what": "pupils", "reason": ""})
    assert empty.status_code == 422
    said = {"what": "pupils", "reason": "Op de foto herken je twee kinderen."}
    assert tom.post(f"/hub/{lesson.pk}/report/", said).status_code == 302
    objection = Objection.objects.get()
    page = fatima.get(f"/hub/objections/{objection.pk}/")
    assert said["reason"] in page.text
    assert signed_in(cast.amina).get(f"/hub/objections/{objection.pk}/").status_code == 404
    typed = fatima.post(f"/hub/objections/{objection.pk}/", {"outcome": "", "decide": "hide"})
    assert typed.status_code == 422
    done = fatima.post(f"/hub/objections/{objection.pk}/", {"outcome": "De foto moet eruit.", "decide": "hide"})
    assert done.status_code == 302
    assert tom.get(f"/hub/{lesson.pk}/").status_code == 404
    assert fatima.post(f"/hub/{lesson.pk}/show-again/").status_code == 302
    assert tom.get(f"/hub/{lesson.pk}/").status_code == 200


def test_a_new_version_asks_whether_it_can_be_shown_again(cast, lesson):
    objecting.hide(report(lesson, cast.tom), by=cast.fatima, outcome="De foto moet eruit.")
    make.publish(making.new_version(lesson, by=cast.amina), by=cast.amina)
    again = Ask.objects.open().filter(person=cast.fatima, kind=closing.SHOW_AGAIN)
    assert again.exists()
    assert not finds(cast.tom, lesson), "a new version alone shows nothing"
    objecting.show_again(lesson, by=cast.fatima)
    assert not again.exists()


def test_what_is_withdrawn_needs_no_settling(cast, lesson):
    report(lesson, cast.tom)
    publishing.withdraw(lesson, by=cast.amina, why="Er is een betere les.")
    assert not asked(cast.fatima)
    assert told(cast.tom, "settled")


def test_its_makers_read_why_it_is_hidden(cast, lesson, signed_in):
    objecting.hide(report(lesson, cast.tom), by=cast.fatima, outcome="De foto moet eruit.")
    assert "De foto moet eruit." in signed_in(cast.amina).get(f"/hub/{lesson.pk}/").text


def test_when_the_facilitator_made_it_the_platform_settles_and_she_does_not_read_who_reported(cast, signed_in):
    lesson = make.resource(cast.fatima, audience="plg", of=cast.maths)
    objection = report(lesson, cast.tom)
    assert not asked(cast.fatima)
    assert not told(cast.fatima, "objected")
    assert signed_in(cast.fatima).get(objection.get_absolute_url()).status_code == 404
    assert asked(cast.paula)
    client = signed_in(cast.paula)
    assert client.get(objection.get_absolute_url()).status_code == 200
    client.post(objection.get_absolute_url(), {"decide": "hide", "outcome": "De foto moet eruit."})
    assert Resource.objects.get(pk=lesson.pk).hidden_at


def test_what_is_hidden_does_not_come_back_as_a_version_of_ones_own(cast, lesson):
    objecting.hide(report(lesson, cast.tom), by=cast.fatima, outcome="De foto moet eruit.")
    with pytest.raises(Refused):
        adapting.adapt(lesson, by=cast.amina)
