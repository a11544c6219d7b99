"""The pages: setting up, a tap a question on one screen, one page alone, the result."""

import re
from datetime import date
from uuid import uuid4

import pytest

from participation.impact import actions
from participation.impact.card import CARD
from participation.impact.models import Questionnaire, Response, Wave
from participation.impact.questions import OF_PLG
from tests import cast as make
from tests.impact.conftest import all_of, alone, close, jointly


def text(response):
    return response.content.decode()


def test_the_facilitator_sets_it_up_with_the_days_that_are_proposed(plg, signed_in, url):
    client = signed_in(plg.fatima)
    page = client.get(url("set_up", plg.maths))
    data = dict(re.findall(r'name="(\w+_(?:opens|closes))" value="([\d-]+)"', text(page)))
    assert data["start_opens"] == "2026-09-15"
    answer = client.post(url("set_up", plg.maths), data | {"way": "joint", "with_middle": "on"})
    assert answer.status_code == 302
    assert [wave.moment for wave in Questionnaire.objects.get().waves.all()] == ["start", "middle", "end"]
    assert client.post(url("set_up", plg.maths), data | {"way": "joint"}).status_code == 422, "set up already"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"start_closes": "2026-09-01"}, "not before the first"),
        ({"end_opens": "2026-09-20"}, "before the questions before it"),
        ({"end_closes": "2028-01-01"}, "in this school year"),
        ({"with_middle": "on", "middle_opens": ""}, "both days"),
        ({"way": "shouting"}, ""),
    ],
)
def test_days_that_do_not_fit_are_given_back_with_a_sentence(plg, signed_in, url, wrong, sentence):
    plg.fatima.language = "en"
    plg.fatima.save()
    days = {
        "way": "alone", "start_opens": "2026-09-15", "start_closes": "2026-10-05", "middle_opens": "2027-01-18",
        "middle_closes": "2027-02-15", "end_opens": "2027-05-25", "end_closes": "2027-06-22",
    }  # fmt: skip
    answer = signed_in(plg.fatima).post(url("set_up", plg.maths), days | wrong)
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not Questionnaire.objects.exists()


def test_together_it_is_a_tap_a_question_and_ends_in_the_result(plg, together, signed_in, url):
    client, wave = signed_in(plg.amina), together.start
    assert client.get(url("answer", wave)).status_code == 200
    begun = client.post(url("answer", wave), {"people": 5})
    assert begun["Location"] == url("say", wave, 1)
    for number, question in enumerate(OF_PLG, start=1):
        page = client.get(url("say", wave, number))
        assert page.status_code == 200
        data = {"tap": "4"}
        if number == 2:
            data = {"value": "3", "low": "2", "high": "5"}
        if question.asks_example:
            data["text"] = "Ze legden de stroken naast elkaar."
        following = client.post(url("say", wave, number), data)
        assert following.status_code == 302, text(following)
    assert following["Location"] == url("finish", wave)
    assert client.get(url("finish", wave)).status_code == 200
    result = client.post(url("finish", wave), follow=True)
    assert "Ze legden de stroken" in text(result)
    row = Response.objects.get()
    assert (row.people, row.answers["dare"], row.spread) == (5, 3, {"dare": [2, 5]})


def test_a_tap_agrees_and_wipes_that_we_did_not(plg, together, signed_in, url):
    client, wave = signed_in(plg.amina), together.start
    actions.begin_together(wave, by=plg.amina, people=4)
    client.post(url("say", wave, 1), {"value": "3", "low": "2", "high": "4"})
    client.post(url("say", wave, 1), {"tap": "5", "low": "2", "high": "4"})
    row = Response.objects.get()
    assert (row.answers, row.spread) == ({"aim": 5}, {})


@pytest.mark.parametrize(
    "data",
    [{"tap": "6"}, {"tap": "0"}, {"tap": "yes"}, {"value": "5", "low": "1", "high": "3"}, {"low": "4", "high": "2"}],
)
def test_what_makes_no_sense_is_given_back(plg, together, signed_in, url, data):
    actions.begin_together(together.start, by=plg.amina, people=4)
    answer = signed_in(plg.amina).post(url("say", together.start, 1), data)
    assert answer.status_code == 422
    assert Response.objects.get().answers == {}


def test_nobody_answers_together_for_no_people_or_a_whole_village(plg, together, signed_in, url):
    client = signed_in(plg.amina)
    for people in ("0", "1", "-3", "61", "een paar", ""):
        assert client.post(url("answer", together.start), {"people": people}).status_code == 422
    assert client.get(url("say", together.start, 1))["Location"] == url("answer", together.start)
    for number in (0, 15, 999):
        assert client.get(url("say", together.start, number)).status_code == 404


def test_the_group_may_change_an_answer_until_the_last_day(plg, together, signed_in, url, september):
    jointly(together.start, by=plg.fatima, people=5, mark=4)
    client = signed_in(plg.tom)
    client.post(url("say", together.start, 1), {"tap": "2"})
    assert Response.objects.get().answers["aim"] == 2
    september.move_to("2026-10-06 12:00:00+02:00")
    answer = client.post(url("say", together.start, 1), {"tap": "5"})
    assert answer.status_code == 422
    assert Response.objects.get().answers["aim"] == 2


def test_a_small_plg_sees_its_own_common_answer(plg, together, signed_in, url):
    jointly(together.start, by=plg.fatima, people=3, mark=4)
    page = text(signed_in(plg.tom).get(url("results", together.row)))
    assert page.count('<td class="num">4</td>') == len(OF_PLG)


def test_alone_it_is_one_page_and_bears_no_name(plg, asked, signed_in, url):
    client = signed_in(plg.amina)
    page = text(client.get(url("answer", asked.start)))
    key = re.search(r'name="key" value="([^"]+)"', page)[1]
    data = {"key": key, **{question.key: "4" for question in OF_PLG[:13]}, "text": ""}
    assert client.post(url("answer", asked.start), {"key": key}).status_code == 422, "nothing answered"
    assert client.post(url("answer", asked.start), data | {"aim": "9"}).status_code == 422
    assert client.post(url("answer", asked.start), data).status_code == 302
    assert len(Response.objects.get().answers) == 13
    again = client.post(url("answer", asked.start), data)
    assert again.status_code == 200, "thank you, and nothing changed"
    assert Response.objects.count() == 1


def test_start_and_end_stand_beside_each_other(plg, asked, signed_in, url, september):
    plg.amina.language = "en"
    plg.amina.save()
    alone(asked.start, plg.members, [2, 2, 3, 3, 2, 3])
    close(asked.start)
    september.move_to("2027-06-01 12:00:00+02:00")
    alone(asked.end, plg.members, [4, 4, 3, 3, 4, 3])
    close(asked.end)
    page = text(signed_in(plg.amina).get(url("results", asked.row)))
    assert "from 2.5 to 3.5" in page
    assert page.count('<svg class="moved"') == len(OF_PLG)
    paper = signed_in(plg.amina).get(url("results_pdf", asked.row))
    assert paper.content.startswith(b"%PDF")


def test_a_person_in_two_plgs_answers_in_each(plg, asked, signed_in, url):
    other = make.plg(plg.regenboog, "PLG Lezen")
    make.member(other, plg.fatima, "facilitator")
    make.member(other, plg.amina)
    row = actions.set_up(
        other, by=plg.fatima, year=2026, way="alone", waves=[("start", date(2026, 9, 10), date(2026, 10, 1))]
    )
    alone(asked.start, [plg.amina], 4)
    alone(row.waves.get(), [plg.amina], 2)
    assert Response.objects.count() == 2


def test_who_is_no_member_of_the_plg_finds_none_of_it(plg, asked, signed_in, url):
    alone(asked.start, plg.members, 3)
    close(asked.start)
    for person in (plg.bram, plg.ben, plg.noor, plg.paula, plg.gijs, plg.dele):
        client = signed_in(person)
        for name, thing in (("results", asked.row), ("results_pdf", asked.row), ("answer", asked.start)):
            assert client.get(url(name, thing)).status_code == 404, (person, name)


def test_pages_ask_as_much_for_three_years_as_for_one(plg, asked, signed_in, url, django_assert_max_num_queries):
    alone(asked.start, plg.members, 3)
    close(asked.start)
    client = signed_in(plg.fatima)

    def look():
        with django_assert_max_num_queries(12):
            client.get(url("index", plg.maths))
        with django_assert_max_num_queries(12):
            client.get(url("results", asked.row))

    client.get(url("index", plg.maths))
    look()
    for year in (2024, 2025):
        row = Questionnaire.objects.create(community=plg.maths, year=year)
        Wave.objects.create(questionnaire=row, moment="start", opens_on=date(year, 9, 1), closes_on=date(year, 9, 30))
    look()


def test_the_page_of_a_plg_pays_one_small_query_for_it(plg, together, signed_in, django_assert_max_num_queries):
    client = signed_in(plg.amina)
    client.get(plg.maths.get_absolute_url())
    with django_assert_max_num_queries(9) as queries:
        page = text(client.get(plg.maths.get_absolute_url()))
    known = (f"{CARD.name} (", "FROM impact_questionnaire q JOIN impact_wave w")  # prepared, or not on this connection
    ours = [query for query in queries.captured_queries if any(text in query["sql"] for text in known)]
    assert len(ours) == 1, queries.captured_queries
    assert f"/impact/wave/{together.start.pk}/" in page
    jointly(together.start, by=plg.fatima, people=4)
    assert f"/impact/{together.row.pk}/" in text(client.get(plg.maths.get_absolute_url()))


def test_what_stands_among_the_requests_stands_on_no_card(plg, asked, signed_in):
    page = text(signed_in(plg.amina).get(plg.maths.get_absolute_url()))
    assert f"/impact/wave/{asked.start.pk}/" in page
    assert "impact-title" not in page


def test_the_page_of_a_plg_pays_nothing_where_nothing_is_asked(plg, signed_in, django_assert_max_num_queries):
    client = signed_in(plg.amina)
    client.get(plg.maths.get_absolute_url())
    with django_assert_max_num_queries(8):
        client.get(plg.maths.get_absolute_url())


def test_a_network_asks_everybody_in_its_plgs_once(cast, september, signed_in, url):
    learning = make.plg(cast.network, "Brede vorming", kind="learning_network", seats_max=40)
    second = make.plg(cast.network, "Jonge kind", kind="learning_network", seats_max=40)
    for plg in (learning, second):
        make.member(plg, cast.amina)
    make.member(learning, cast.tom)
    data = {
        "start_opens": "2026-09-15", "start_closes": "2026-10-05", "end_opens": "2027-05-25",
        "end_closes": "2027-06-22",
    }  # fmt: skip
    assert signed_in(cast.noor).post(url("set_up_network", cast.network), data).status_code == 302
    wave = Wave.objects.get(moment="start")
    actions.answer_alone(wave, by=cast.amina, key=uuid4(), answers=all_of(3))
    assert signed_in(cast.tom).get(url("answer", wave)).status_code == 200
    assert signed_in(cast.fatima).get(url("answer", wave)).status_code == 404
    assert signed_in(cast.noor).get(url("network", cast.network)).status_code == 200
    assert signed_in(cast.noor).get(url("answer", wave)).status_code == 403, "she runs it, and takes no part"


def test_who_runs_a_network_sees_averages_of_five_others_and_no_examples(plg, september, signed_in, url):
    learning = make.plg(plg.network, "Brede vorming", kind="learning_network", seats_max=40)
    for person in (*plg.members[:4], plg.noor):
        make.member(learning, person)
    days = [("start", date(2026, 9, 10), date(2026, 10, 1))]
    row = actions.set_up(plg.network, by=plg.noor, year=2026, waves=days)
    wave = row.waves.get()
    page = text(signed_in(plg.noor).get(url("answer", wave)))
    assert 'name="aim"' in page
    assert 'name="text"' not in page
    alone(wave, [*plg.members[:4], plg.noor], 3)
    close(wave)
    assert '<svg class="moved"' not in text(signed_in(plg.noor).get(url("results", row)))
