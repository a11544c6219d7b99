"""Who joins the makers of what is published is asked first: until she said yes her name stands nowhere."""

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.refusals import Refused
from knowledgehub import bundle
from knowledgehub.actions import approving, files, making, objecting, reviewing
from knowledgehub.models import Approval, Author, Resource
from knowledgehub.outside.heads import learning_resource
from knowledgehub.outside.oai.formats import names_of
from tests import cast as make

FATIMA, TOM = "Fatima Aydin", "Tom Hendriks"


@pytest.fixture
def lesson(cast):
    """Amina made it and published it for everybody; Fatima works on its next version."""
    lesson = make.resource(cast.amina, audience="public")
    making.edit(making.new_version(lesson, by=cast.amina), by=cast.amina, joining=[cast.fatima])
    return lesson


def anew(lesson):
    return Resource.objects.select_related("current").get(pk=lesson.pk)


def said_to_the_world(lesson, client):
    """Everything in which makers are named for others."""
    found = anew(lesson)
    pages = [client.get(lesson.get_absolute_url()), client.get("/hub/?q=breuken")]
    oai = client.get("/oai?verb=ListRecords&metadataPrefix=oai_dc")
    words = [page.content.decode() for page in [*pages, oai]]
    return " ".join([*words, str(learning_resource(found)), *names_of(found), bundle.attribution(found.current)])


def test_nobody_reads_her_name_before_she_agreed(cast, lesson, client, signed_in):
    assert FATIMA not in said_to_the_world(lesson, client)
    assert FATIMA not in said_to_the_world(lesson, signed_in(cast.tom))
    concept = lesson.versions.get(published_at=None)
    assert not approving.put_forward(concept, by=cast.amina)
    assert FATIMA not in said_to_the_world(lesson, client)
    assert approving.approve(Approval.objects.get(version=concept), by=cast.fatima)
    assert FATIMA in said_to_the_world(lesson, client)


def test_her_silence_is_no_yes(cast, lesson):
    approving.put_forward(lesson.versions.get(published_at=None), by=cast.amina)
    with time_machine.travel("2027-06-01 12:00"):
        assert approving.close_due() == 0
    assert not anew(lesson).authors.filter(person=cast.fatima).exists()


def test_until_then_she_reads_what_she_is_asked_about_and_can_do_no_more(cast, signed_in):
    lesson = make.resource(cast.amina, audience="private")
    concept = making.edit(making.new_version(lesson, by=cast.amina), by=cast.amina, joining=[cast.fatima])
    row = files.add(concept, SimpleUploadedFile("les.txt", b"Leg de stroken."), by=cast.amina)
    client, page = signed_in(cast.fatima), reverse("knowledgehub:file", args=[row.pk])
    assert client.get(page).status_code == 404, "nobody asked her yet"
    approving.put_forward(concept, by=cast.amina)
    approval = Approval.objects.get()
    assert client.get(approval.get_absolute_url()).status_code == 200
    opened = client.get(page)
    assert b"".join(opened.streaming_content) == b"Leg de stroken."
    for name in ("edit", "withdraw", "audience", "links", "discard"):
        assert client.get(reverse(f"knowledgehub:{name}", args=[lesson.pk])).status_code == 404, name
    answer = client.post(approval.get_absolute_url(), {"disagree": "yes", "why": "Ik deed niet mee."})
    assert answer.url == reverse("home")
    assert client.get(page).status_code == 404
    making.edit(concept, by=cast.amina, text="Anders.")
    approving.put_forward(concept, by=cast.amina)
    answer = client.post(Approval.objects.get().get_absolute_url(), {"agree": "yes"})
    assert answer.url == lesson.get_absolute_url()
    assert client.get(reverse("knowledgehub:withdraw", args=[lesson.pk])).status_code == 200, "now she is a maker"


def test_who_is_not_asked_any_more_is_gone(cast, lesson):
    concept = lesson.versions.get(published_at=None)
    making.edit(concept, by=cast.amina, joining=[])
    assert not Author.everyone.filter(person=cast.fatima).exists()
    making.edit(concept, by=cast.amina, joining=[cast.tom])
    making.discard(concept, by=cast.amina)
    assert list(Author.everyone.filter(resource=lesson).values_list("person", flat=True)) == [cast.amina.pk]


def test_who_was_asked_settles_nothing_about_it(cast):
    lesson = make.resource(cast.amina, audience="plg", of=cast.maths)
    objection = objecting.report(lesson, by=cast.tom, what="incorrect", reason="De derde stap klopt niet.")
    concept = making.edit(making.new_version(lesson, by=cast.amina), by=cast.amina, joining=[cast.fatima])
    with pytest.raises(Refused):
        objecting.settle(objection, by=cast.fatima, outcome="Het blijft.")
    with pytest.raises(Refused):
        reviewing.agree(reviewing.offer(concept, by=cast.amina, place=cast.maths), by=cast.fatima)


def test_amina_asks_fatima_on_the_screen_and_reads_that_she_waits(cast, signed_in):
    lesson = make.resource(cast.amina, audience="public")
    client, url = signed_in(cast.amina), reverse("knowledgehub:edit", args=[lesson.pk])
    client.post(reverse("knowledgehub:new_version", args=[lesson.pk]))
    assert f">{FATIMA}<" in client.get(url).content.decode()
    words = {
        "title": lesson.title, "kind": "lesson", "licence": "cc-by-sa-40", "origin": "own", "pupils": "none",
        "language": "nl", "text": "Nieuw.", "joining": [cast.fatima.pk], "publish": "yes",
        "steps-TOTAL_FORMS": 0, "steps-INITIAL_FORMS": 0,
    }  # fmt: skip
    assert client.post(url, words).status_code == 302
    assert FATIMA in client.get(lesson.get_absolute_url()).content.decode(), "her fellow makers see that she is asked"
    page = signed_in(cast.fatima).get(Approval.objects.get().get_absolute_url())
    assert page.status_code == 200
    assert FATIMA not in signed_in(cast.els).get(lesson.get_absolute_url()).content.decode()


def test_what_was_agreed_before_it_was_changed_counts_no_more(cast):
    """Tom says yes, Fatima says no; she goes, the text changes: Tom did not agree with that."""
    lesson = make.resource(cast.amina, cast.tom, cast.fatima, published=False)
    version = lesson.versions.get()
    approving.put_forward(version, by=cast.amina)
    approving.approve(Approval.objects.get(author__person=cast.tom), by=cast.tom)
    approving.disagree(Approval.objects.get(author__person=cast.fatima), by=cast.fatima, why="Zonder mij.")
    making.edit(version, by=cast.amina, makers=[cast.amina, cast.tom], text="Iets heel anders.")
    assert not approving.put_forward(version, by=cast.amina)
    assert Approval.objects.get(author__person=cast.tom).answer == ""
