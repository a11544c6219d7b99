"""The plan as plain forms, beside another version, and on paper."""

import re

import pypdfium2
import pytest

from lessonstudy import documents, plans
from lessonstudy.actions import plans as actions
from lessonstudy.models import Comment, Observation, Revision
from tests.lessonstudy import world
from tests.lessonstudy.plan.writing import Writer


@pytest.fixture
def amina(design, signed_in):
    return signed_in(design.amina)


def form_of(page, uid):
    """The fields of a stage, as a browser would send them."""
    html = page.content.decode()
    part = html[html.index(f'id="stage-{uid}"') :]
    part = part[: part.index("</form>")]
    fields = dict(re.findall(r'<input[^>]*name="(\w+)"[^>]*value="([^"]*)"', part))
    fields |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>', part, re.DOTALL))
    fields.pop("csrfmiddlewaretoken", None)
    return fields


def test_a_form_is_merged_with_what_another_wrote_meanwhile(design, amina, signed_in):
    address = f"/lessonstudy/{design.cycle.pk}/plan/1/"
    fields = form_of(amina.get(address), design.first.uid)
    tom = Writer(signed_in(design.tom), design.plan)
    tom.push(tom.write(design.first.uid, teacher_does=f"Eerst stil. {design.first.teacher_does}", materials="Papier"))
    fields["teacher_does"] += "\r\nDan samen."
    fields["do"] = "save"
    assert amina.post(f"{address}write/", fields).status_code == 302
    design.first.refresh_from_db()
    assert design.first.teacher_does.startswith("Eerst stil. ")
    assert design.first.teacher_does.endswith("\nDan samen.")
    assert design.first.materials == "Papier"


def test_all_fields_stay_when_nothing_was_typed(design, amina):
    address = f"/lessonstudy/{design.cycle.pk}/plan/1/"
    before = list(design.plan.stages.values()), design.plan.changes.count()
    amina.post(f"{address}write/", form_of(amina.get(address), design.first.uid) | {"do": "save"})
    assert list(design.plan.stages.values()) == before[0]


@pytest.mark.parametrize(("deed", "titles"), [
    ("down", ["Vergelijken in tweetallen", "Anders genoemd", "Samen nabespreken"]),
    ("remove", ["Vergelijken in tweetallen", "Samen nabespreken"]),
])  # fmt: skip
def test_moving_and_taking_away_keep_what_was_typed(design, amina, deed, titles):
    address = f"/lessonstudy/{design.cycle.pk}/plan/1/"
    fields = form_of(amina.get(address), design.first.uid) | {"title": "Anders genoemd", "do": deed}
    amina.post(f"{address}write/", fields)
    assert list(design.plan.stages.values_list("title", flat=True)) == titles
    if deed == "remove":
        assert "Anders genoemd" in amina.get(address).content.decode()
        amina.post(f"{address}write/", {"uid": design.first.uid, "do": "restore"})
        assert design.plan.stages.first().title == "Anders genoemd"
        assert design.plan.stages.first().teacher_does == design.first.teacher_does


def test_a_part_is_added_and_moved_to_the_top(design, amina):
    address = f"/lessonstudy/{design.cycle.pk}/plan/1/write/"
    amina.post(address, {"do": "add"})
    last = design.plan.stages.last()
    for _each in range(60):  # halving the room between two leaves none in the end
        actions.move_stage(design.plan, last.uid, -1, by=design.amina)
        actions.move_stage(design.plan, last.uid, 1, by=design.amina)
    for _each in range(3):
        amina.post(address, {"do": "up", "uid": str(last.uid), "title": "Begin", "minutes": "5"})
    assert list(design.plan.stages.values_list("title", flat=True))[:2] == ["Begin", design.first.title]


def test_a_form_for_a_fixed_plan_gives_back_all_that_was_typed(design, amina):
    address = f"/lessonstudy/{design.cycle.pk}/plan/1/"
    fields = form_of(amina.get(address), design.first.uid) | {"response": "Dit mag niet weg.", "do": "save"}
    plans.freeze(design.plan, design.fatima)
    answer = amina.post(f"{address}write/", fields)
    assert answer.status_code == 422
    assert "Dit mag niet weg." in answer.content.decode()
    assert "vastgezet" in answer.content.decode()


def test_minutes_that_are_no_number_are_refused_with_what_was_typed(design, amina):
    address = f"/lessonstudy/{design.cycle.pk}/plan/1/"
    fields = form_of(amina.get(address), design.first.uid) | {"minutes": "veel", "response": "Blijft staan."}
    answer = amina.post(f"{address}write/", fields)
    assert answer.status_code == 422
    assert "Blijft staan." in answer.content.decode()


# Remarks -----------------------------------------------------------------------------------------


def test_a_remark_is_made_settled_and_taken_back_by_its_author_alone(design, amina, signed_in):
    address = f"/lessonstudy/{design.cycle.pk}/plan/1/"
    amina.post(f"{address}comment/", {"text": "Is dit genoeg tijd?", "stage_uid": design.first.uid})
    row = Comment.objects.get()
    assert "Is dit genoeg tijd?" in signed_in(design.tom).get(address).content.decode()
    signed_in(design.tom).post(f"/lessonstudy/plan-remarks/{row.pk}/settle/", {"on": "1"})
    row.refresh_from_db()
    assert row.settled_at
    assert signed_in(design.tom).post(f"/lessonstudy/plan-remarks/{row.pk}/withdraw/").status_code == 403
    amina.post(f"/lessonstudy/plan-remarks/{row.pk}/withdraw/")
    assert not Comment.objects.exists()


@pytest.mark.parametrize("place", ["the plan", "a stage"])
@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}], ids=["without", "with script"])
def test_a_refused_remark_comes_back_where_it_was_written(design, amina, place, headers):
    uid = "" if place == "the plan" else str(design.first.uid)
    address, long = f"/lessonstudy/{design.cycle.pk}/plan/1/comment/", "Te lang. " * 300
    for text in (" ", long):
        answer = amina.post(address, {"text": text, "stage_uid": uid}, headers=headers)
        assert answer.status_code == 422
        talk = answer.text.split(f'id="talk-{uid or "plan"}"')[1].split("</form>")[0]
        assert "aria-invalid" in talk and text.strip() in talk
        assert ("<main" in answer.text) is not bool(headers)


# Versions ----------------------------------------------------------------------------------------


def test_versions_stand_beside_each_other_with_what_was_seen(cast, signed_in):
    cycle = world.a_cycle(cast, "redesigning")
    before, after = cycle.plans.order_by("number")
    uid = before.stages.first().uid
    revision = Revision.objects.get()
    actions.put_in(after, uid, revision.field, revision.becomes, by=cast.fatima)
    actions.put_away(after, before.stages.last().uid, by=cast.fatima)
    actions.add_stage(after, by=cast.fatima)
    page = signed_in(cast.amina).get(f"/lessonstudy/{cycle.pk}/plan/compare/").content.decode()
    assert "<ins>Laat</ins>" in page or "<ins>Laat eerst schatten" in page
    assert page.count("<del>") >= 2
    assert Observation.objects.filter(revisions=revision).first().fact in page
    assert "weggehaald" in page
    assert "nieuw" in page


def test_a_copy_says_the_same_and_changes_alone(design):
    fixed = plans.freeze(design.plan, design.fatima)
    following = plans.copy(fixed, 2, by=design.fatima)
    values = ["uid", "order", "title", "minutes", *documents.FIELDS]
    assert list(following.stages.values(*values)) == list(fixed.stages.values(*values))
    assert following.parent == fixed
    actions.put_in(following, design.first.uid, "title", "Anders", by=design.fatima)
    assert fixed.stages.first().title == design.first.title
    assert plans.copy(fixed, 2) == following, "one open version is enough"


def test_the_plan_stands_on_one_sheet_of_a3_however_much_was_written(design, amina):
    for part in design.stages:
        words = "Waarom is een derde meer dan een kwart? " * 12
        actions.write_stage(design.plan, part.uid, {"anticipated": words, "response": words}, 10, by=design.tom, seen=0)
    answer = amina.get(f"/lessonstudy/{design.cycle.pk}/plan/1/paper/")
    assert answer["Content-Type"] == "application/pdf"
    paper = pypdfium2.PdfDocument(answer.content)
    assert len(paper) == 1
    assert [round(each / 72 * 25.4) for each in paper[0].get_size()] == [420, 297]
    assert "waarom is een derde" in paper[0].get_textpage().get_text_range().lower().replace("\r\n", " ")
    assert paper.is_tagged()
    paper.close()


# What it costs -----------------------------------------------------------------------------------


@pytest.mark.parametrize("more", [0, 2])
def test_a_plan_costs_the_same_however_much_stands_in_it(design, signed_in, django_assert_num_queries, more):
    for _each in range(more):
        actions.add_stage(design.plan, by=design.tom)
        design.cycle.pupils.create(code=f"D{_each}")
        actions.comment(design.plan, "Kan dit korter?", by=design.tom, stage_uid=design.first.uid)
    client = signed_in(design.amina)
    address = f"/lessonstudy/{design.cycle.pk}/plan/1/"
    client.get(address)
    with django_assert_num_queries(9):
        assert client.get(address).status_code == 200
