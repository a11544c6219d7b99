"""What people hear of sharing, in both languages: titles, and never who reported something."""

from types import SimpleNamespace

import pytest
from django.utils.translation import override

from activity import asks, words
from activity.kinds import ask_kinds, kinds
from knowledgehub.actions import adapting, objecting, reviewing
from tests import cast as make

OF_REVIEW = ["offered", "remarked", "agreed", "not_yet"]
OF_OBJECTION = ["objected", "settled", "hidden"]
OF_RESOURCE = ["audience_changed", "adapted", "shown_again", "put_right"]
REPORTED_BY = "Tom Hendriks"


@pytest.fixture
def rows(cast):
    lesson = make.resource(cast.amina, audience="plg", of=cast.maths)
    concept = make.resource(cast.amina, title="Breuken met touw", audience="plg", of=cast.maths, published=False)
    review = reviewing.offer(concept.versions.get(), by=cast.amina, place=cast.maths)
    objection = objecting.report(lesson, by=cast.tom, what="pupils", reason="Je herkent twee kinderen.")
    return SimpleNamespace(lesson=lesson, review=review, objection=objection)


def about(rows, name):
    return {**dict.fromkeys(OF_REVIEW, rows.review), **dict.fromkeys(OF_OBJECTION, rows.objection)}.get(
        name, rows.lesson
    )


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", OF_REVIEW + OF_OBJECTION + OF_RESOURCE)
def test_each_letter_can_be_said(cast, rows, name, language):
    row = about(rows, name)
    kind = kinds[f"knowledgehub.{name}"]
    title = "Breuken met touw" if name in OF_REVIEW else rows.lesson.title
    with override(language):
        told = SimpleNamespace(kind=kind.name, about=row, by=cast.fatima, facts={}, community_id=None)
        context = words.context_of(kind, told, cast.amina, by=cast.fatima)
        for voice in ("subject", "line", "email"):
            said = words.say(kind, voice, context)
            assert title in said
            assert REPORTED_BY not in said
        assert kind.url(row, cast.amina, {})


@pytest.mark.parametrize("hidden", [True, False])
def test_who_made_a_version_reads_of_what_it_was_made(cast, rows, hidden):
    lesson = make.resource(cast.els, title="Breuken om te printen")
    own = adapting.adapt(lesson, by=cast.tom)
    kind = kinds["knowledgehub.source_gone"]
    told = SimpleNamespace(kind=kind.name, about=own, by=cast.els, facts={"hidden": hidden}, community_id=None)
    context = words.context_of(kind, told, cast.tom, by=cast.els)
    assert "verborgen" in words.say(kind, "line", context) or not hidden
    assert lesson.title in words.say(kind, "email", context)


def test_requests_stand_on_vandaag_and_go_when_done(cast, rows):
    def asked():
        return {ask.kind for ask in asks.for_today(type(cast.fatima).objects.get(pk=cast.fatima.pk), limit=20)}

    assert {reviewing.ASKED, objecting.ASKED} <= asked()
    assert set(ask_kinds) >= {reviewing.ASKED, objecting.ASKED}
    reviewing.agree(rows.review, by=cast.fatima)
    objecting.settle(rows.objection, by=cast.fatima, outcome="De ouders weten ervan.")
    assert not {reviewing.ASKED, objecting.ASKED} & asked()


def test_who_is_told_may_see_it(cast, rows):
    assert kinds["knowledgehub.offered"].may_see(rows.review, cast.fatima)
    assert not kinds["knowledgehub.offered"].may_see(rows.review, cast.tom)
    assert kinds["knowledgehub.hidden"].may_see(rows.objection, cast.amina)
    assert not kinds["knowledgehub.hidden"].may_see(rows.objection, cast.fatima)
    assert kinds["knowledgehub.settled"].may_see(rows.objection, cast.tom)
    assert not kinds["knowledgehub.settled"].may_see(rows.objection, cast.amina)
