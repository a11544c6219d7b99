"""Core objectives: chosen on the one screen, of the subjects that are ticked."""

import pytest
from django.urls import reverse

from knowledgehub.choices import Vocabulary
from knowledgehub.models import Term
from tests import cast as make


@pytest.fixture
def words():
    """Two subjects, each with an objective, and an objective that was replaced."""
    maths, dutch = (
        Term.objects.create(vocabulary=Vocabulary.SUBJECT, key=name, label=name) for name in ("Wiskunde", "Taal")
    )

    def objective(prefix, label, parent, **more):
        return Term.objects.create(
            vocabulary=Vocabulary.OBJECTIVE, key=prefix, prefix=prefix, label=label, parent=parent, **more
        )

    return {
        "maths": maths,
        "dutch": dutch,
        "numbers": objective("28", "Getallen", maths),
        "reading": objective("4", "Lezen", dutch),
        "old": objective("23", "Rekentaal", maths, retired_at="2026-01-01T00:00Z"),
    }


@pytest.fixture
def lesson(cast):
    return make.resource(cast.amina, published=False)


def said(lesson, **more):
    return {
        "title": lesson.title, "language": "nl", "door": "-", "kind": "lesson", "licence": "cc-by-sa-40",
        "makers": [lesson.created_by_id], "steps-TOTAL_FORMS": 0, "steps-INITIAL_FORMS": 0,
    } | more  # fmt: skip


def test_amina_ticks_a_subject_and_chooses_from_its_objectives(cast, signed_in, lesson, words):
    client, url = signed_in(cast.amina), reverse("knowledgehub:edit", args=[lesson.pk])
    assert "28 · Getallen" not in client.get(url).content.decode()
    part = client.get(reverse("knowledgehub:objectives", args=[lesson.pk]), {"subjects": words["maths"].pk})
    assert "28 · Getallen" in part.content.decode()
    assert "Lezen" not in part.content.decode()
    assert "Rekentaal" not in part.content.decode()
    chosen = {"subjects": [words["maths"].pk], "objectives": [words["numbers"].pk]}
    assert client.post(url, said(lesson, **chosen)).status_code == 302
    assert set(lesson.terms.all()) >= {words["maths"], words["numbers"]}
    assert "28 · Getallen" in client.get(url).content.decode()


def test_without_script_they_come_after_one_tap(cast, signed_in, lesson, words):
    client, url = signed_in(cast.amina), reverse("knowledgehub:edit", args=[lesson.pk])
    answer = client.post(url, said(lesson, subjects=[words["dutch"].pk], again="objectives", title="Anders"))
    assert answer.url == f"{url}#objectives"
    page = client.get(url).content.decode()
    assert "4 · Lezen" in page
    assert "Anders" in page
    assert client.post(url, said(lesson, title="", subjects=[words["maths"].pk], again="objectives")).status_code == 422


def test_one_that_was_replaced_since_stays_where_it_was_chosen(cast, signed_in, lesson, words):
    lesson.terms.add(words["old"])
    client, url = signed_in(cast.amina), reverse("knowledgehub:edit", args=[lesson.pk])
    assert "23 · Rekentaal" in client.get(url).content.decode()
    client.post(url, said(lesson, objectives=[words["old"].pk]))
    assert words["old"] in lesson.terms.all()
    client.post(url, said(lesson))
    assert words["old"] not in lesson.terms.all()


def test_nobody_else_asks_for_them(cast, signed_in, lesson):
    assert signed_in(cast.tom).get(reverse("knowledgehub:objectives", args=[lesson.pk])).status_code == 404
