"""Whoever keeps a programme writes what its pages ask, in the words of the files that come with the platform."""

import pytest
from django.urls import reverse

from core.refusals import Refused
from tests.training import world
from training import asking
from training.actions import programmes
from training.content import loading
from training.models import Module, Page, Question

FILM = """### 0:05 Wie spreekt hier eerst?
- [x] Noor
  > Dat kon je horen.
- [ ] Sem
> Luister het nog eens terug."""


@pytest.fixture
def module(cast):
    return Module.objects.filter(version=programmes.new_version(world.programme(), by=cast.paula)).first()


def written(question):
    return question.kind, question.text, question.at_s, question.options, question.says


def add(client, module, **said):
    said = {"title": "Kijk mee", "kind": "video", "text": "", "minutes": "5"} | said
    return client.post(reverse("training:add_page", args=[module.pk]), said)


def test_a_film_asks_at_its_moment(cast, module, signed_in):
    link = "https://films.example/nabespreken"
    assert add(signed_in(cast.paula), module, link=link, questions=FILM).status_code == 302
    page = Page.objects.get(title="Kijk mee")
    [question] = page.questions.all()
    assert (question.at_s, question.kind, question.text) == (5, "one", "Wie spreekt hier eerst?")
    assert [option["right"] for option in question.options] == [True, False]
    assert question.says == "Luister het nog eens terug."
    shown = signed_in(cast.paula).get(reverse("training:edit_page", args=[page.pk])).content.decode()
    assert "### 0:05 Wie spreekt hier eerst?" in shown


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"questions": FILM}, "Zeg welke film."),
        ({"questions": FILM.replace("0:05 ", ""), "link": "https://films.example/x"}, "moment"),
        ({"questions": "Wie spreekt er?", "link": "https://films.example/x"}, "###"),
        ({"kind": "test", "questions": ""}, "Schrijf eerst een vraag."),
        ({"kind": "test", "questions": FILM}, "Laat het weg."),
        ({"kind": "test", "questions": "### Wie?\n- Noor"}, "begint met - [x]"),
        ({"kind": "test", "questions": "### Wie?\n- [ ] Noor"}, "begint met - [x]"),
        ({"kind": "text", "questions": "### Wie?\n- [x] Noor"}, "Alleen een zelftoets of een film"),
    ],
)
def test_what_cannot_be_asked_comes_back_with_a_sentence(cast, module, signed_in, said, sentence):
    answer = add(signed_in(cast.paula), module, **said)
    page = answer.content.decode()
    assert answer.status_code == 422 and sentence in page
    assert said["questions"].splitlines()[:1] == [] or said["questions"].splitlines()[0] in page
    assert not Page.objects.filter(title="Kijk mee").exists()


def test_every_question_that_comes_with_the_platform_is_written_and_read_as_it_is(db):
    loading.load()
    asked = 0
    for page in Page.objects.filter(questions__isnull=False).distinct().prefetch_related("questions"):
        kept = list(page.questions.all())
        assert [written(each) for each in asking.questions_of(asking.lines_of(kept), is_film=False)] == [
            written(each) for each in kept
        ]
        asked += len(kept)
    assert asked > 40


def test_a_question_that_is_changed_takes_the_place_of_the_old_one(cast, module, signed_in):
    add(signed_in(cast.paula), module, kind="test", questions="### Wie?\n- [x] Noor\n- [ ] Sem")
    page = Page.objects.get(title="Kijk mee")
    said = {"title": "Kijk mee", "kind": "test", "text": "", "minutes": "5", "questions": "### Wat?"}
    signed_in(cast.paula).post(reverse("training:edit_page", args=[page.pk]), said)
    assert [(each.text, each.kind) for each in Question.objects.filter(page=page)] == [("Wat?", "open")]


def test_a_moment_beyond_the_clock_is_none(db):
    with pytest.raises(Refused):
        asking.questions_of("### 1:75 Wie?\n- [x] Noor", is_film=True)
