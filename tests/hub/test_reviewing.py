"""Editors look along before something is published: the version stays as it is, and people talk."""

import pytest

from activity.models import Ask, Notification
from core.refusals import Refused
from knowledgehub.actions import making, reviewing
from knowledgehub.actions.publishing import publish
from knowledgehub.models import Review
from organisations.choices import RoleKind
from tests import cast as make


@pytest.fixture
def concept(cast):
    lesson = make.resource(cast.amina, audience="plg", of=cast.maths, published=False)
    return lesson.versions.get()


def asked(person):
    return Ask.objects.open().filter(person=person, kind=reviewing.ASKED).exists()


def told(person, kind):
    return Notification.objects.filter(person=person, activity__kind=f"knowledgehub.{kind}").exists()


def test_fatima_looks_along_and_says_not_yet_and_then_agrees(cast, concept):
    review = reviewing.offer(concept, by=cast.amina, place=cast.maths, text="Klopt de opbouw?")
    assert asked(cast.fatima)
    assert not asked(cast.tom), "only who facilitates"
    with pytest.raises(Refused):
        making.edit(concept, by=cast.amina, title="Anders")
    with pytest.raises(Refused):
        publish(concept, by=cast.amina)
    with pytest.raises(Refused) as refused:
        reviewing.not_yet(review, by=cast.fatima, text=" ")
    assert refused.value.field == "text"
    reviewing.not_yet(review, by=cast.fatima, text="Begin met een vraag aan de kinderen.")
    assert not asked(cast.fatima)
    assert told(cast.amina, "not_yet")
    making.edit(concept, by=cast.amina, title="Breuken: wie heeft meer?")
    concept.refresh_from_db()
    again = reviewing.offer(concept, by=cast.amina, place=cast.maths)
    assert again.pk == review.pk, "the conversation goes on"
    assert again.remarks.count() == 2
    assert asked(cast.fatima)
    reviewing.agree(again, by=cast.fatima)
    assert told(cast.amina, "agreed")
    publish(concept, by=cast.amina)
    concept.resource.refresh_from_db()
    assert concept.resource.is_published


def test_taken_back_it_can_be_changed_and_nobody_is_asked_any_more(cast, concept):
    review = reviewing.offer(concept, by=cast.amina, place=cast.maths)
    reviewing.take_back(review, by=cast.amina)
    assert not asked(cast.fatima)
    making.edit(concept, by=cast.amina, title="Anders")
    with pytest.raises(Refused):
        reviewing.agree(review, by=cast.fatima)


def test_connectors_look_along_for_their_network(cast, concept):
    make.role(cast.els, RoleKind.CONNECTOR, cast.network)
    review = reviewing.offer(concept, by=cast.amina, place=cast.network)
    assert asked(cast.els)
    assert Review.objects.allowing(cast.els, "decide").get() == review
    assert not Review.objects.allowing(cast.ben, "view").exists()


def test_nobody_agrees_with_her_own_work(cast):
    lesson = make.resource(cast.amina, cast.fatima, audience="plg", of=cast.maths, published=False)
    make.member(cast.maths, cast.els, in_role="co_facilitator")
    review = reviewing.offer(lesson.versions.get(), by=cast.amina, place=cast.maths)
    with pytest.raises(Refused):
        reviewing.agree(review, by=cast.fatima)
    reviewing.agree(review, by=cast.els)


def test_the_pages_of_amina_and_fatima(cast, concept, signed_in):
    amina, fatima = signed_in(cast.amina), signed_in(cast.fatima)
    path = f"/hub/{concept.resource_id}/offer/"
    assert "Fatima" in amina.get(path).text
    assert amina.post(path, {"place": "community-0"}).status_code == 422
    assert amina.post(path, {"place": f"community-{cast.maths.pk}", "text": "Klopt dit?"}).status_code == 302
    review = Review.objects.get()
    page = fatima.get(f"/hub/reviews/{review.pk}/")
    assert concept.title in page.text
    assert "Klopt dit?" in page.text
    assert fatima.post(f"/hub/reviews/{review.pk}/not-yet/", {"text": ""}).status_code == 422
    assert fatima.post(f"/hub/reviews/{review.pk}/remark/", {"text": "Mooi begin."}).status_code == 302
    assert "Mooi begin." in amina.get(f"/hub/reviews/{review.pk}/").text
    assert amina.post(f"/hub/reviews/{review.pk}/agree/", {"text": ""}).status_code == 403
    assert signed_in(cast.tom).get(f"/hub/reviews/{review.pk}/").status_code == 404
    assert fatima.post(f"/hub/reviews/{review.pk}/agree/", {"text": ""}).status_code == 302
    assert fatima.post(f"/hub/reviews/{review.pk}/remark/", {"text": "Nog iets"}).status_code == 404, "hers no more"
