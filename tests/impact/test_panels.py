"""Pupils and parents answer by an open link: bounded, revocable, without names, and linked by their own code."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from core import limits
from core.refusals import Refused
from participation.impact import actions, results
from participation.impact.models import Panel, Questionnaire, Response
from participation.impact.nightly import nightly
from participation.impact.questions import OF_PUPILS
from tests.impact.conftest import close

KEYS = [question.key for question in OF_PUPILS]


@pytest.fixture(autouse=True)
def _a_new_minute():
    limits.COUNTS.clear()
    yield
    limits.COUNTS.clear()


@pytest.fixture
def panel(plg, asked):
    """Twelve pupils are asked at the start."""
    return actions.open_panel(asked.start, by=plg.fatima, audience="pupils", ceiling=12, until=date(2026, 10, 5))


def say(panel, mark=3, code="", **more):
    actions.answer_panel(panel, key=uuid4(), answers=dict.fromkeys(KEYS, mark), code=code, **more)


def form(mark=3, **more):
    return {"key": str(uuid4()), **dict.fromkeys(KEYS, str(mark)), "text": ""} | more


def shown(row, plg):
    found = results.of_panels(Questionnaire.objects.for_detail(plg.amina).get(pk=row.pk))
    return dict(found)["pupils"]


def test_a_pupil_answers_without_an_account(panel, url):
    child = Client()
    address = url("panel_answer", panel.key)
    assert child.get(address).status_code == 200
    answer = child.post(address, form(4, animal="fox", colour="blue", number="7"))
    assert answer["Location"] == url("panel_thanks", panel.key)
    assert child.get(answer["Location"]).status_code == 200
    row = Response.objects.get()
    assert row.answers == dict.fromkeys(KEYS, 4)
    assert "fox" not in row.code
    assert len(row.code) == 64


def test_the_same_form_twice_is_one_answer(panel, url):
    data = form()
    for _time in range(3):
        assert Client().post(url("panel_answer", panel.key), data).status_code == 302
    assert Response.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"ask": "6"}, {"ask": "0"}, {"ask": "ja"}, dict.fromkeys(KEYS, ""), {"number": "7"},
        {"animal": "unicorn", "colour": "red", "number": "3"}, {"animal": "fox", "colour": "red", "number": "100"},
        {"text": "x" * 1001}, {"key": "not-a-key"},
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_given_back_with_all_that_was_chosen(panel, url, wrong):
    answer = Client().post(url("panel_answer", panel.key), form(2, **{"think": "5"} | wrong))
    assert answer.status_code == 422
    assert not Response.objects.exists()
    if "think" not in wrong:
        assert 'name="think" value="5"' in answer.content.decode()


def test_a_code_that_somebody_has_is_not_given_twice(panel):
    say(panel, code="fox-blue-7")
    with pytest.raises(Refused, match="een andere"):
        say(panel, code="fox-blue-7")


@pytest.mark.parametrize("key", ["x", "a" * 22, "%00", "..", "0" * 400])
def test_a_link_that_was_made_up_does_nothing(panel, url, key):
    for name in ("panel_answer", "panel_thanks"):
        assert Client().get(url(name, key)).status_code in (404, 410)
    assert Client().post(url("panel_answer", key), form()).status_code in (404, 410)


def test_the_link_ends_with_its_day_with_its_withdrawal_and_with_its_close(plg, panel, url, september):
    address = url("panel_answer", panel.key)
    actions.revoke_panel(panel, by=plg.fatima)
    assert Client().post(address, form()).status_code == 410
    panel = actions.renew_panel(panel, by=plg.fatima)
    assert Client().get(address).status_code == 410, "the old link stays dead"
    address = url("panel_answer", panel.key)
    assert Client().post(address, form()).status_code == 302
    september.move_to("2026-10-06 09:00:00+02:00")
    assert Client().post(address, form()).status_code == 410
    nightly()
    assert Panel.objects.get().people == 1
    with pytest.raises(Refused):
        actions.renew_panel(panel, by=plg.fatima, empty=True)


def test_a_flood_ends_at_the_ceiling_and_at_the_limit(plg, panel, url):
    address = url("panel_answer", panel.key)
    answers = [Client().post(address, form(1)).status_code for _n in range(70)]
    assert answers.count(302) == panel.ceiling
    assert answers[-1] == 429
    assert Response.objects.count() == panel.ceiling
    actions.renew_panel(panel, by=plg.fatima, empty=True)
    assert not Response.objects.exists()
    assert Client().post(address, form(1)).status_code in (410, 429)


def test_nobody_tries_keys_by_the_thousand(panel, url):
    found = [Client().get(url("panel_answer", f"{n:022d}")).status_code for n in range(250)]
    assert found[-1] == 429


def test_nor_by_sending_forms(panel, url):
    found = [Client().post(url("panel_answer", f"{n:022d}"), form()).status_code for n in range(250)]
    assert found[-1] == 429
    data = form()
    assert Client().post(url("panel_answer", panel.key), data).status_code == 429, "else a right key would stand out"
    limits.COUNTS.clear()
    assert Client().post(url("panel_answer", panel.key), data).status_code == 302, "a minute later she sends it again"


def test_to_closed_questions_no_link_is_added(plg, asked):
    close(asked.start)
    with pytest.raises(Refused, match="gesloten"):
        actions.open_panel(asked.start, by=plg.fatima, audience="pupils", ceiling=9, until=date(2026, 10, 5))


def test_before_the_wave_opens_the_link_waits(plg, asked, url):
    panel = actions.open_panel(asked.end, by=plg.fatima, audience="parents", ceiling=20, until=date(2027, 6, 20))
    assert Client().get(url("panel_answer", panel.key)).status_code == 410


def test_each_audience_has_one_link_at_a_time(plg, asked, panel):
    with pytest.raises(Refused, match="al een link"):
        actions.open_panel(asked.start, by=plg.fatima, audience="pupils", ceiling=9, until=date(2026, 10, 5))


def test_the_facilitator_sees_how_many_and_never_what(plg, panel, asked, signed_in, url):
    for _n in range(4):
        say(panel, 5, text="Stomme les")
    page = signed_in(plg.fatima).get(url("panel", panel)).content.decode()
    assert "Stomme les" not in page
    assert "/impact/open/" in page
    assert '<svg class="qr"' in page or 'class="qr"' in page
    assert signed_in(plg.amina).get(url("panel", panel)).status_code == 403
    actions.close_panel(panel, by=plg.fatima)
    assert not shown(asked.row, plg).has_any, "four are too few"


def test_texts_are_read_from_ten_on_and_can_be_taken_away(plg, panel, asked, signed_in, url):
    for n in range(9):
        say(panel, 4, text=f"Tekst {n}")
    actions.close_panel(panel)
    assert shown(asked.row, plg).texts == []
    Panel.objects.update(people=10)
    found = shown(asked.row, plg).texts
    assert len(found) == 9
    client = signed_in(plg.fatima)
    client.post(url("remove_text", panel, found[0][1]))
    assert len(shown(asked.row, plg).texts) == 8
    assert signed_in(plg.amina).post(url("remove_text", panel, found[1][1])).status_code == 403


# Before and after ---------------------------------------------------------------------------------


@pytest.fixture
def year(plg, asked, panel, september):
    """Fill two panels: (codes or "", mark) of the start and of the end."""

    def fill(start, end):
        for code, mark in start:
            say(panel, mark, code)
        actions.close_panel(panel)
        close(asked.start)
        september.move_to("2027-06-01 12:00:00+02:00")
        after = actions.open_panel(asked.end, by=plg.fatima, audience="pupils", ceiling=40, until=date(2027, 6, 20))
        for code, mark in end:
            say(after, mark, code)
        actions.close_panel(after)
        return shown(asked.row, plg)

    return fill


def codes(*numbers):
    return [f"fox-blue-{n}" for n in numbers]


def test_who_answered_twice_is_laid_beside_herself(year):
    both = codes(*range(1, 7))
    found = year([(code, 2) for code in both], [(code, 4) for code in both] + [("", 1)] * 5)
    assert found.is_linked
    assert [moment.people for moment in found.moments] == [6, 6]
    assert found.rows[0].moved == 2


def test_the_few_who_answered_once_cannot_be_told_by_subtraction(year):
    """Six at the start were shown before; five of them beside themselves would tell what the sixth said."""
    both = codes(*range(1, 6))
    found = year([(code, 2) for code in both] + [("", 5)], [(code, 4) for code in both])
    assert not found.is_linked
    assert [moment.people for moment in found.moments] == [6, 5]


def test_nor_what_few_of_them_said_to_one_question(plg, asked, panel, september):
    """Five answered only at the start, but one of them to this question: beside those who answered twice she shows."""
    both = codes(*range(1, 7))
    for code in both:
        say(panel, 2, code)
    for n in range(5):
        actions.answer_panel(panel, key=uuid4(), answers={"ask": 1} | ({"think": 5} if not n else {}))
    actions.close_panel(panel)
    close(asked.start)
    before = shown(asked.row, plg)
    september.move_to("2027-06-01 12:00:00+02:00")
    after = actions.open_panel(asked.end, by=plg.fatima, audience="pupils", ceiling=40, until=date(2027, 6, 20))
    for code in both:
        say(after, 4, code)
    actions.close_panel(after)
    found = shown(asked.row, plg)
    assert not found.is_linked
    assert [row.marks[0] for row in found.rows] == [row.marks[0] for row in before.rows]


def test_of_fewer_than_five_pairs_all_are_shown(year):
    found = year([(code, 2) for code in codes(1, 2, 3)] + [("", 2)] * 3, [(code, 4) for code in codes(1, 2, 3, 8, 9)])
    assert not found.is_linked
    assert found.has_any


def test_codes_mean_nothing_elsewhere(plg, panel, asked):
    parents = actions.open_panel(asked.start, by=plg.fatima, audience="parents", ceiling=9, until=date(2026, 10, 5))
    assert actions.panels.hash_of(panel, "fox-blue-7") != actions.panels.hash_of(parents, "fox-blue-7")
