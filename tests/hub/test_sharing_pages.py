"""Lists of sharing ask as much of the database for three rows as for one; what people wrote can be taken out."""

from datetime import timedelta

from core.privacy import take_out
from core.time import today
from knowledgehub.actions import adapting, links, objecting, reviewing
from knowledgehub.models import Resource
from tests import cast as make


def queries_of(page, path, most=80):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        assert page.get(path).status_code == 200
    assert len(asked) < most
    return len(asked)


def test_links_take_no_query_each(cast, signed_in):
    lesson = make.resource(cast.amina)
    page, path = signed_in(cast.amina), f"/hub/{lesson.pk}/links/"

    def share():
        links.share(lesson, by=cast.amina, said="ouderraad", expires_on=today() + timedelta(days=9))

    share()
    page.get(path)
    one = queries_of(page, path)
    share()
    share()
    assert queries_of(page, path) == one


def test_remarks_take_no_query_each(cast, signed_in):
    lesson = make.resource(cast.amina, audience="plg", of=cast.maths, published=False)
    review = reviewing.offer(lesson.versions.get(), by=cast.amina, place=cast.maths, text="Klopt dit?")
    page, path = signed_in(cast.fatima), f"/hub/reviews/{review.pk}/"
    page.get(path)
    one = queries_of(page, path)
    reviewing.remark(review, by=cast.fatima, text="Mooi begin.")
    reviewing.remark(review, by=cast.amina, text="Dank je.")
    assert queries_of(page, path) == one


def test_the_page_of_a_resource_takes_no_query_for_each_adaptation(cast, signed_in):
    lesson = make.resource(cast.amina)
    page, path = signed_in(cast.dele), f"/hub/{lesson.pk}/"

    def adapt(by):
        own = adapting.adapt(lesson, by=by)
        Resource.objects.filter(pk=own.pk).update(audience="members")
        make.publish(own.versions.get(), by=by)

    adapt(cast.tom)
    page.get(path)
    one = queries_of(page, path)
    adapt(cast.els)
    adapt(cast.bram)
    assert queries_of(page, path) == one


def test_who_leaves_goes_out_of_what_others_wrote_of_her(cast):
    lesson = make.resource(cast.amina)
    own = adapting.adapt(lesson, by=cast.tom)
    objection = objecting.report(lesson, by=cast.els, what="rights", reason="Amina Yildiz nam dit over van mij.")
    take_out(cast.amina, ["Amina Yildiz"])
    own.refresh_from_db()
    objection.refresh_from_db()
    assert "Amina" not in own.adapted_from_says
    assert "oud-lid" in own.adapted_from_says
    assert "Amina" not in objection.reason
