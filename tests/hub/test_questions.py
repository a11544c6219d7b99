"""Questions to a whole network: asked, answered, the one that helped, kept in order, brought to the KennisHub."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from activity.models import Notification
from communities.search import finding
from core import dutch
from core.refusals import Refused
from core.standing import forget
from knowledgehub.models import Author, ResourceVersion
from knowledgehub.questions import actions, similar, views
from knowledgehub.questions.models import Answer, Question, Report
from organisations.choices import RoleKind
from organisations.models import Network
from tests import cast as people


def url(name, *args):
    return reverse(f"questions:{name}", args=[getattr(each, "pk", each) for each in args])


@pytest.fixture
def start(cast):
    """Els asks the network how to begin with fractions."""
    return actions.ask(
        by=cast.els,
        network=cast.network,
        title="Hoe begin je met breuken?",
        text="Zonder **werkblad**.",
        tags=["breuken"],
    )


@pytest.fixture
def connector(cast):
    person = people.person("Vera Blom")
    people.works(person, cast.wissel)
    people.role(person, RoleKind.CONNECTOR, cast.network)
    return person


def found(person, words):
    return finding.find(person, dutch.asked(words)).hits


def told(kind):
    return set(Notification.objects.filter(activity__kind=kind).values_list("person", flat=True))


def test_els_asks_tom_answers_and_what_helped_stands_on_top(cast, connector, signed_in):
    client = signed_in(cast.els)
    said = {
        "network": cast.network.pk,
        "title": "Hoe begin je met breuken?",
        "text": "Zonder **werkblad**.",
        "tags": "Breuken, groep 5",
    }
    client.post(url("ask"), said)
    row = Question.objects.get()
    assert sorted(row.tags.names()) == ["breuken", "groep 5"] and "<strong>werkblad</strong>" in row.html
    assert told("questions.asked") == {connector.pk}
    signed_in(cast.amina).post(url("answer", row), {"text": "Ik begin met verhalen."})
    signed_in(cast.tom).post(url("answer", row), {"text": "Laat ze eerst vouwen."})
    assert told("questions.answered") == {cast.els.pk, cast.amina.pk}, "who answers follows, too"
    helped = Answer.objects.get(author=cast.tom)
    assert signed_in(cast.amina).post(url("accept", helped)).status_code == 403
    client.post(url("accept", helped))
    page = client.get(row.get_absolute_url()).content.decode()
    assert page.index("Laat ze eerst vouwen.") < page.index("Ik begin met verhalen.")
    assert told("questions.accepted") == {cast.tom.pk}


def test_only_who_works_in_the_network_reads_it(cast, start, signed_in):
    for name in ("question", "answer", "report", "edit", "promote"):
        assert signed_in(cast.dele).get(url(name, start)).status_code == 404, name
    assert signed_in(cast.bram).get(url("question", start)).status_code == 200
    assert "breuken" not in signed_in(cast.dele).get(url("index")).content.decode()
    assert not found(cast.dele, "breuken vouwen")
    cast.network.boards.clear()
    forget(cast.bram)
    assert signed_in(cast.bram).get(url("question", start)).status_code == 404


def test_nobody_asks_a_network_of_others(cast, signed_in):
    other = Network.objects.create(name="Elders")
    answer = signed_in(cast.els).post(url("ask"), {"network": other.pk, "title": "Wie?", "text": "Helpt mij iemand?"})
    assert answer.status_code == 422 and "Helpt mij iemand?" in answer.content.decode()
    with pytest.raises(Refused):
        actions.ask(by=cast.els, network=other, title="Wie?", text="Wie?")


@pytest.mark.parametrize(
    ("title", "is_near"),
    [
        ("Breuken beginnen, hoe?", True),
        ("Een begin maken met een breuk", True),
        ("hoe begin je met BREUKENSTROKEN", True),
        ("Hoe plan je een oudergesprek?", False),
        ("", False),
        ("de het een", False),
    ],
)
def test_was_it_asked_already(cast, start, signed_in, title, is_near):
    assert bool(similar.to(title, cast.tom)) == is_near
    assert not similar.to(title, cast.dele)
    part = signed_in(cast.tom).get(url("similar"), {"title": title}).content.decode()
    assert (start.title in part) == is_near


def test_it_is_found_by_the_words_of_its_answers(cast, start):
    said = actions.answer(start, by=cast.tom, text="Wij knippen pannenkoeken.")
    assert [hit.unit_id for hit in found(cast.bram, "pannenkoek")] == [start.pk]
    actions.remove_answer(said, by=cast.tom)
    assert not found(cast.bram, "pannenkoek")


def test_a_removed_answer_helps_nobody_any_more(cast, start):
    said = actions.answer(start, by=cast.tom, text="Laat ze vouwen.")
    actions.accept(said, by=cast.els)
    actions.remove_answer(said, by=cast.tom)
    start.refresh_from_db()
    assert start.accepted is None and start.answers_count == 0
    with pytest.raises(Refused):
        actions.accept(said, by=cast.els)


def test_a_closed_question_takes_no_answer_and_gives_the_words_back(cast, start, signed_in):
    signed_in(cast.els).post(url("close", start))
    answer = signed_in(cast.tom).post(url("answer", start), {"text": "Net te laat bedacht."})
    assert answer.status_code == 422 and "Net te laat bedacht." in answer.content.decode()


def test_a_report_goes_to_the_connectors_who_hide_it(cast, start, connector, signed_in):
    signed_in(cast.tom).post(url("report", start), {"reason": "Hier staat de naam van een kind."})
    assert told("questions.reported") == {connector.pk}
    report = Report.objects.get()
    assert "Hier staat de naam van een kind." in signed_in(connector).get(url("index")).content.decode()
    assert signed_in(cast.tom).post(url("settle", report)).status_code == 404
    signed_in(connector).post(url("settle", report), {"hide": "1"})
    assert signed_in(cast.tom).get(url("question", start)).status_code == 404
    assert signed_in(cast.els).get(url("question", start)).status_code == 200, "who asked reads why nobody answers"
    assert not found(cast.tom, "breuken")
    signed_in(connector).post(url("show_again", start))
    assert signed_in(cast.tom).get(url("question", start)).status_code == 200


def test_a_report_of_an_answer_that_went_meanwhile_is_no_report_of_the_question(cast, start, signed_in):
    said = actions.answer(start, by=cast.amina, text="Met stroken.")
    actions.remove_answer(said, by=cast.amina)
    for pk in (said.pk, "x", 987654):
        signed_in(cast.tom).post(f"{url('report', start)}?answer={pk}", {"reason": "Dit klopt niet."})
    assert not Report.objects.exists()


def test_pages_of_a_tag_keep_it_whatever_stands_in_it(cast, signed_in):
    for n in range(views.PER_PAGE + 1):
        actions.ask(
            by=[cast.els, cast.tom][n % 2], network=cast.network, title=f"Hoe {n}?", text="Hoe?", tags=["r&d #1"]
        )
    page = signed_in(cast.els).get(url("index"), {"tag": "r&d #1"}).text
    assert "?page=2&amp;tag=r%26d+%231" in page


def test_where_nobody_connects_a_report_goes_to_who_keeps_the_platform(cast, start, signed_in):
    paula = signed_in(cast.paula)
    assert paula.get(url("question", start)).status_code == 404
    said = actions.answer(start, by=cast.amina, text="Met stroken.")
    actions.report(start, by=cast.tom, said=said, reason="Hier staat een naam.")
    assert told("questions.reported") == {cast.paula.pk}
    assert "Hier staat een naam." in paula.get(url("index")).text
    assert "Met stroken." in paula.get(url("question", start)).text
    assert paula.post(url("answer", start), {"text": "Ik ook."}).status_code == 403
    paula.post(url("settle", Report.objects.get()), {"hide": "1"})
    assert Answer.objects.get().removed_at
    assert paula.get(url("question", start)).status_code == 404


def test_nobody_settles_what_she_wrote_herself(cast, start, connector, signed_in):
    said = actions.answer(start, by=connector, text="Met stroken.")
    actions.report(start, by=cast.tom, said=said, reason="Dit klopt niet.")
    row = Report.objects.get()
    assert told("questions.reported") == {cast.paula.pk}, "the one connector wrote it"
    assert signed_in(connector).post(url("settle", row)).status_code == 404
    assert "Dit klopt niet." not in signed_in(connector).get(url("index")).text
    signed_in(cast.paula).post(url("settle", row))
    row.refresh_from_db()
    assert row.settled_at


def test_one_reports_once(cast, start):
    actions.report(start, by=cast.tom, reason="Zo niet.")
    with pytest.raises(Refused):
        actions.report(start, by=cast.tom, reason="Zo niet.")


def test_what_helped_becomes_a_concept_of_both(cast, start, signed_in):
    client = signed_in(cast.els)
    assert client.post(url("promote", start)).status_code == 302
    assert not ResourceVersion.objects.exists(), "not before somebody said what helped"
    said = actions.answer(start, by=cast.tom, text="Laat ze vouwen.")
    actions.answer(start, by=cast.amina, text="Iets heel anders.")
    actions.accept(said, by=cast.els)
    page = client.get(url("promote", start)).content.decode()
    assert "Els Jansen en Tom Hendriks worden makers" in page
    client.post(url("promote", start))
    version = ResourceVersion.objects.get()
    assert "Laat ze vouwen." in version.text and "Iets heel anders." not in version.text
    assert set(Author.objects.values_list("person", flat=True)) == {cast.els.pk, cast.tom.pk}
    assert (version.resource.kind, version.resource.state) == ("answer", "concept")
    assert signed_in(cast.amina).get(url("promote", start)).status_code == 403


def test_the_list_asks_as_much_for_three_as_for_one(cast, start, signed_in, django_assert_max_num_queries):
    client = signed_in(cast.tom)
    client.get(url("index"))
    with CaptureQueriesContext(connection) as first:
        client.get(url("index"))
    for title in ("Twee", "Drie"):
        actions.ask(by=cast.els, network=cast.network, title=title, text="?", tags=["x", "y"])
    with django_assert_max_num_queries(len(first)):
        client.get(url("index"))


def test_answers_ask_as_much_for_three_as_for_one(cast, start, signed_in, django_assert_max_num_queries):
    client = signed_in(cast.tom)
    actions.answer(start, by=cast.amina, text="Een")
    client.get(start.get_absolute_url())
    with CaptureQueriesContext(connection) as first:
        client.get(start.get_absolute_url())
    actions.answer(start, by=cast.bram, text="Twee")
    actions.answer(start, by=cast.fatima, text="Drie")
    with django_assert_max_num_queries(len(first)):
        client.get(start.get_absolute_url())


def test_a_hostile_text_is_harmless(cast, start):
    said = actions.answer(
        start, by=cast.tom, text="<script>alert(1)</script> [x](javascript:alert(1)) ![p](http://x/p.png)"
    )
    assert (
        "<script" not in said.html and "javascript:" not in said.html.split("href")[-1][:20] and "<img" not in said.html
    )
