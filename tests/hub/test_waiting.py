"""What waits for an editor: a page of its own, linked for who looks along or settles."""

from django.urls import reverse

from knowledgehub.actions import objecting, reviewing
from tests import cast as make
from tests.hub.test_sharing_pages import queries_of

WAITING = "/hub/waiting/"


def offered(cast, title):
    lesson = make.resource(cast.amina, title=title, audience="plg", of=cast.maths, published=False)
    return reviewing.offer(lesson.versions.get(), by=cast.amina, place=cast.maths)


def test_fatima_finds_what_waits_for_her_and_it_goes_when_she_decided(cast, signed_in):
    client = signed_in(cast.fatima)
    assert "Er wacht nu niets op je" in client.get(WAITING).content.decode()
    review = offered(cast, "Breuken met touw")
    lesson = make.resource(cast.amina, title="Meten in de zandbak", audience="plg", of=cast.maths)
    objection = objecting.report(lesson, by=cast.tom, what="incorrect", reason="De derde stap klopt niet.")
    page = client.get(WAITING).content.decode()
    for each in (review, objection):
        assert each.get_absolute_url() in page
    reviewing.agree(review, by=cast.fatima)
    objecting.settle(objection, by=cast.fatima, outcome="Klopt wel.")
    page = client.get(WAITING).content.decode()
    assert "Breuken met touw" not in page
    assert "Meten in de zandbak" not in page


def test_what_she_made_herself_waits_for_others(cast, signed_in):
    lesson = make.resource(cast.fatima, cast.amina, title="Van Fatima", audience="plg", of=cast.maths, published=False)
    reviewing.offer(lesson.versions.get(), by=cast.amina, place=cast.maths)
    assert "Van Fatima" not in signed_in(cast.fatima).get(WAITING).content.decode()


def test_only_who_looks_along_has_the_link_and_nobody_else_sees_a_title(cast, signed_in):
    offered(cast, "Breuken met touw")
    url = reverse("knowledgehub:waiting")
    assert f'href="{url}"' in signed_in(cast.fatima).get("/hub/").content.decode()
    for person in (cast.tom, cast.els, cast.dele):
        assert f'href="{url}"' not in signed_in(person).get("/hub/").content.decode()
        assert "Breuken met touw" not in signed_in(person).get(url).content.decode()


def test_it_turns_its_pages(cast, signed_in):
    for n in range(21):
        offered(cast, f"Les {n:02}")
    client = signed_in(cast.fatima)
    assert client.get(WAITING).content.decode().count("/hub/reviews/") == 20
    assert client.get(f"{WAITING}?page=2").content.decode().count("/hub/reviews/") == 1


def test_it_asks_as_much_for_three_as_for_one(cast, signed_in):
    client = signed_in(cast.fatima)

    def one_more(n):
        offered(cast, f"Les {n}")
        lesson = make.resource(cast.amina, title=f"Gemeld {n}", audience="plg", of=cast.maths)
        objecting.report(lesson, by=cast.tom, what="incorrect", reason="Klopt niet.")

    one_more(1)
    client.get(WAITING)
    one = queries_of(client, WAITING)
    one_more(2)
    one_more(3)
    assert queries_of(client, WAITING) == one
