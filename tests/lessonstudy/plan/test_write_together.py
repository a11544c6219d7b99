"""Several members write in one plan: nothing is lost, and nothing counts twice."""

import base64
import uuid

import pytest

from lessonstudy import documents, plans
from lessonstudy.choices import Halt
from lessonstudy.models import Change, Prediction
from tests.lessonstudy.plan.writing import Writer


@pytest.fixture
def writers(design, signed_in):
    return [Writer(signed_in(person), design.plan) for person in (design.amina, design.tom)]


def test_two_write_in_the_same_sentence_and_both_are_kept(design, writers):
    amina, tom = writers
    uid = design.first.uid
    before = amina.text(uid, "teacher_does")
    one = amina.write(uid, teacher_does=f"Eerst dit. {before}")
    other = tom.write(uid, teacher_does=f"{before} Daarna dat.")
    amina.take(amina.push(one))
    tom.take(tom.push(other))
    amina.pull()
    assert amina.text(uid, "teacher_does") == tom.text(uid, "teacher_does") == f"Eerst dit. {before} Daarna dat."
    design.first.refresh_from_db()
    assert design.first.teacher_does == f"Eerst dit. {before} Daarna dat."


def test_both_say_what_they_expect_of_the_same_pupil_for_the_first_time(design, writers):
    amina, tom = writers
    pupil = design.cycle.pupils.create(code="D")
    for writer, words in ((amina, "vouwt"), (tom, "knipt")):
        writer.push(
            writer.change(
                lambda each, words=words: documents.write(each, design.first.uid, {f"{pupil.pk}/expected": words})
            )
        )
    row = Prediction.objects.get(pupil=pupil)
    assert sorted([row.expected[:5], row.expected[5:]]) == ["knipt", "vouwt"]


def test_a_change_sent_twice_counts_once(design, writers):
    amina, _tom = writers
    change = amina.write(design.first.uid, title="Eerlijk delen")
    count = Change.objects.count()
    assert amina.push(change).status_code == 200
    assert amina.push(change).status_code == 200
    assert Change.objects.count() == count + 1


def test_changes_in_the_wrong_order_are_read_when_both_are_there(design, writers):
    amina, tom = writers
    first = amina.write(design.first.uid, materials="Schaar")
    second = amina.write(design.first.uid, materials="Schaar en lijm")
    amina.push(second)
    amina.push(first)
    for _each in range(plans.MERGE_EVERY + 2):  # also through the merged document
        tom.push(tom.write(design.first.uid, response=tom.text(design.first.uid, "response") + "!"))
    tom.pull()
    assert "Schaar en lijm" in tom.text(design.first.uid, "materials")
    design.plan.refresh_from_db()
    assert design.plan.merged
    assert Writer(tom.client, design.plan).text(design.first.uid, "materials") == tom.text(
        design.first.uid, "materials"
    )


def test_a_part_taken_away_comes_back_with_what_another_wrote_in_it_meanwhile(design, writers):
    amina, tom = writers
    uid = design.first.uid
    amina.push(amina.change(lambda each: documents.set_fact(each, uid, "gone", True)))
    assert not design.plan.stages.filter(uid=uid).exists()
    tom.push(tom.write(uid, look_for="Wie telt hardop?"))
    amina.push(amina.change(lambda each: documents.set_fact(each, uid, "gone", False)))
    assert design.plan.stages.get(uid=uid).look_for == "Wie telt hardop?"


def test_a_fixed_plan_takes_nothing_but_what_it_has_already(design, writers):
    amina, tom = writers
    known, late = amina.write(design.first.uid, title="Op tijd"), tom.write(design.first.uid, title="Te laat")
    amina.push(known)
    plans.freeze(design.plan, design.fatima)
    assert amina.push(known).status_code == 200
    answer = tom.push(late)
    assert answer.status_code == 409
    assert answer.json()["sentence"] == design.plan.__class__.objects.get(pk=design.plan.pk).why_not_edit
    design.first.refresh_from_db()
    assert design.first.title == "Op tijd"


def test_what_was_written_after_fixing_goes_into_the_next_version(design, writers):
    _amina, tom = writers
    late = tom.write(design.first.uid, teacher_does=f"{tom.text(design.first.uid, 'teacher_does')} En dan dit.")
    fixed = plans.freeze(design.plan, design.fatima)
    following = plans.copy(fixed, 2, by=design.fatima)
    assert tom.push(late).json()["next_push"] == f"/lessonstudy/{design.cycle.pk}/plan/2/push/"
    assert Writer(tom.client, following).push(late).status_code == 200
    assert following.stages.get(uid=design.first.uid).teacher_does.endswith("En dan dit.")
    assert not fixed.stages.get(uid=design.first.uid).teacher_does.endswith("En dan dit.")


def test_a_cycle_that_rests_takes_nothing(design, writers):
    design.cycle.halt = Halt.PAUSED
    design.cycle.save()
    assert writers[0].push(writers[0].write(design.first.uid, title="Toch")).status_code == 409


@pytest.mark.parametrize("who", ["els", "bram", "noor", "paula", "dele"])
def test_who_is_not_of_the_team_finds_no_plan(design, signed_in, who):
    client = signed_in(getattr(design, who))
    address = f"/lessonstudy/{design.cycle.pk}/plan/1/"
    assert client.get(address).status_code == 404
    assert client.get(f"{address}pull/").status_code == 404
    assert client.post(f"{address}push/", "{}", content_type="application/json").status_code == 404


# What comes is not trusted -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "body", ["", "[]", "nul", '{"changes": 3}', '{"changes": [{}]}', '{"changes": [{"key": "x", "update": ""}]}']
)
def test_what_is_not_from_our_script_is_refused(design, signed_in, body):
    client = signed_in(design.amina)
    answer = client.post(f"/lessonstudy/{design.cycle.pk}/plan/1/push/", body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["sentence"]


@pytest.mark.parametrize("update", [b"\xff" * 40, b"", b"\x01\x01\x01", bytes(range(7, 200)), b"\x05" * 3])
def test_bytes_that_are_no_change_change_nothing(design, writers, update):
    amina, _tom = writers
    before = list(design.plan.stages.values())
    bad = {"key": str(uuid.uuid4()), "update": base64.b64encode(update).decode()}
    assert amina.push(bad).status_code == 422
    assert list(design.plan.stages.values()) == before


def test_a_change_of_another_plan_is_not_taken_for_known(design, writers, signed_in):
    amina, tom = writers
    change = amina.write(design.first.uid, title="Van hier")
    amina.push(change)
    plans.freeze(design.plan, design.fatima)
    following = plans.copy(design.plan, 2)
    assert Writer(tom.client, following).push(change).status_code == 422


def test_absurd_things_are_cut_to_what_a_lesson_can_be(design, writers):
    amina, _tom = writers

    def absurd(document):
        for _each in range(300):
            documents.add(document, minutes=10**9)
        documents.set_fact(document, "no-name", "order", 1.0)
        documents.set_fact(document, design.first.uid, "order", float("nan"))
        documents.write(document, design.first.uid, {"title": "<script>\n\x00x" * 200, "other": "?"})

    assert amina.push(amina.change(absurd)).status_code == 200
    assert design.plan.stages.count() == documents.MOST_STAGES
    assert max(design.plan.stages.values_list("minutes", flat=True)) == documents.MOST_MINUTES
    page = amina.client.get(amina.address).content.decode()
    assert "<script>\n" not in page
    assert "&lt;script&gt;" in page


def test_a_change_that_is_too_large_is_refused_with_a_sentence(design, writers):
    amina, _tom = writers
    change = amina.change(lambda each: documents.rewrite(each.get("rubbish", type=documents.Text), "x" * 450_000))
    answer = amina.push(change)
    assert answer.status_code == 422
    assert answer.json()["sentence"]


# Who is here -------------------------------------------------------------------------------------


def test_one_sees_where_another_writes(design, writers):
    amina, tom = writers
    tom.push(visitor="page-of-tom", place=f"{design.first.uid}/title")
    here = amina.pull()["here"]
    assert [(each["name"], each["place"]) for each in here] == [("Tom Hendriks", f"{design.first.uid}/title")]
    tom.push(visitor="page-of-tom", leaves=True)
    assert amina.pull()["here"] == []
