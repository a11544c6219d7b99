"""What is kept, how long, and what is left of somebody who leaves."""

from datetime import date, timedelta
from uuid import uuid4

from core.privacy import names_of, take_out
from core.registry import erasures, exports
from organisations.terms import Over
from participation.impact import actions, privacy, results
from participation.impact.models import Answered, Outcome, Panel, Questionnaire, Response
from participation.impact.questions import OF_PUPILS
from tests.impact.conftest import alone, close


def test_she_downloads_that_she_answered_and_never_what(plg, asked):
    alone(asked.start, [plg.amina, plg.tom])
    found = {table.model: rows for table, rows in exports["impact"](plg.amina)}
    assert list(found) == [Answered]
    assert found[Answered].get().person == plg.amina


def test_when_she_is_erased_her_answers_stay_nobodys(plg, asked):
    alone(asked.start, plg.members)
    erasures["impact"](plg.fatima)
    assert not Answered.objects.filter(person=plg.fatima).exists()
    assert Response.objects.count() == 6
    assert Questionnaire.objects.get().created_by is None


def test_also_what_pupils_wrote_of_her_bears_her_name_no_more(plg, asked):
    panel = actions.open_panel(asked.start, by=plg.fatima, audience="pupils", ceiling=9, until=date(2026, 10, 5))
    actions.answer_panel(panel, key=uuid4(), answers={"ask": 4}, text=f"Juf {plg.amina.name} is streng")
    take_out(plg.amina, names_of(plg.amina))
    assert Response.objects.get().text == "Juf oud-lid is streng"


def test_two_accounts_of_one_person_are_one_who_answered(plg, asked):
    from core.registry import merges

    alone(asked.start, [plg.amina, plg.tom])
    merges["impact"](plg.amina, plg.tom)
    assert list(Answered.objects.values_list("person", flat=True)) == [plg.amina.pk]


def test_codes_go_and_the_result_stays(plg, asked, september):
    panel = actions.open_panel(asked.start, by=plg.fatima, audience="pupils", ceiling=9, until=date(2026, 10, 5))
    for n in range(5):
        actions.answer_panel(panel, key=uuid4(), answers={OF_PUPILS[0].key: 4}, code=f"fox-blue-{n}")
    actions.close_panel(panel)
    assert privacy.clear_codes(Over("impact_codes")) == 0
    september.shift(timedelta(days=privacy.CODES_DAYS + 1))
    assert privacy.clear_codes(Over("impact_codes")) == 5
    row = Questionnaire.objects.for_detail(plg.amina).get()
    assert results.of_panels(row)[0][1].rows[0].before.people == 5


def test_of_a_plg_long_completed_only_what_it_released_stays(plg, asked, september):
    alone(asked.start, plg.members, 3)
    close(asked.start)
    actions.open_panel(asked.end, by=plg.fatima, audience="pupils", ceiling=9, until=date(2027, 6, 5))
    september.move_to("2027-06-01 12:00:00+02:00")
    alone(asked.end, plg.members, 4)
    close(asked.end)
    actions.release(asked.row, by=plg.fatima)
    assert privacy.clear_of(plg.maths) == 13
    assert not Response.objects.exists()
    assert not Panel.objects.exists()
    assert Outcome.objects.count() == 14
