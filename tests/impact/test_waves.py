"""The questions of a school year are set up, answered alone, and closed."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from activity.models import Ask, Notification
from communities.meetings.models import AgendaItem
from core.refusals import Refused
from participation.impact import actions, dates, results
from participation.impact.models import Answered, Questionnaire, Response, Wave
from participation.impact.nightly import nightly
from participation.impact.questions import OF_PLG
from tests import cast as make
from tests.impact.conftest import WAVES, all_of, alone, close

ALL_FOURTEEN = 14


def read(row, user):
    return Questionnaire.objects.for_detail(user).get(pk=row.pk)


def test_there_are_fourteen_questions_on_six_levels():
    assert len({question.key for question in OF_PLG}) == ALL_FOURTEEN
    assert len({question.level for question in OF_PLG}) == 6


def test_days_are_proposed_that_fit_the_school_year(september):
    found = dates.propose(2026, "Midden")
    assert [found[each].opens_on for each in ("middle", "end")] == [date(2027, 1, 18), date(2027, 5, 25)]
    assert found["start"].opens_on == date(2026, 9, 15), "the seventh is past: from today"
    assert all(each.fits for each in found.values())


def test_who_begins_halfway_is_not_asked_twice_in_two_months(september):
    september.move_to("2027-01-12 12:00:00+01:00")
    found = dates.propose(2026, "Midden")
    assert found["start"].fits
    assert not found["middle"].fits


def test_everybody_hears_of_it_and_is_asked_on_the_first_day(plg, asked):
    told = set(Notification.objects.filter(activity__kind="impact.set_up").values_list("person", flat=True))
    assert told == {person.pk for person in plg.members if person != plg.fatima}
    asks = Ask.objects.open().filter(kind="impact.answer", about_id=asked.start.pk)
    assert set(asks.values_list("person", flat=True)) == {person.pk for person in plg.members}, "and not the guest"
    later = Ask.objects.open().filter(kind="impact.answer", about_id=asked.end.pk)
    assert set(later.values_list("opens_on", flat=True)) == {date(2027, 5, 25)}


def test_a_year_is_set_up_once(plg, asked):
    with pytest.raises(Refused, match="staan al klaar"):
        actions.set_up(plg.maths, by=plg.fatima, year=2026, waves=WAVES)


def test_together_stands_on_the_agenda_with_the_way_to_it(plg, together):
    item = AgendaItem.objects.get(community=plg.maths, meeting__isnull=False)
    assert f"/impact/wave/{together.start.pk}/" in item.instruction
    asks = Ask.objects.open().filter(kind="impact.answer", about_id=together.start.pk)
    assert list(asks.values_list("person", flat=True)) == [plg.fatima.pk]


def test_the_days_that_are_proposed_hold_a_meeting(september):
    found = dates.propose(2026, "Midden", meetings=[date(2026, 10, 22), date(2027, 2, 18)])
    assert found["start"].closes_on == date(2026, 10, 26), "three days later, and after a weekend"
    assert found["middle"].closes_on >= date(2027, 2, 18)
    assert found["end"].closes_on == date(2027, 6, 22)


def test_nothing_stands_on_an_agenda_when_it_is_too_late(plg, september):
    make.meeting(plg.maths, 40)
    actions.set_up(plg.maths, by=plg.fatima, year=2026, waves=WAVES[:1])
    assert not AgendaItem.objects.filter(community=plg.maths).exists()
    assert Ask.objects.open().filter(kind="impact.answer", person=plg.fatima).exists()


def test_a_meeting_that_is_planned_later_gets_it_at_night_and_once(plg, september):
    actions.set_up(plg.maths, by=plg.fatima, year=2026, waves=WAVES[:1])
    make.meeting(plg.maths, 9)
    nightly()
    item = AgendaItem.objects.get(community=plg.maths, meeting__isnull=False)
    item.state = "dropped"
    item.save()
    nightly()
    assert AgendaItem.objects.filter(community=plg.maths).count() == 1, "who took it off wants it off"


def test_the_agenda_leads_to_the_questions(plg, together, signed_in):
    item = AgendaItem.objects.get(community=plg.maths, meeting__isnull=False)
    page = signed_in(plg.fatima).get(f"/meetings/{item.meeting_id}/agenda/").content.decode()
    assert f'/impact/wave/{together.start.pk}/" rel="nofollow"' in page


def test_answering_twice_is_refused_and_changes_nothing(plg, asked):
    alone(asked.start, [plg.amina], 4)
    with pytest.raises(Refused, match="al geantwoord"):
        alone(asked.start, [plg.amina], 1)
    assert Response.objects.get().answers["aim"] == 4


def test_the_same_form_from_two_people_is_no_two_answers(plg, asked):
    key = uuid4()
    actions.answer_alone(asked.start, by=plg.amina, key=key, answers=all_of(4))
    with pytest.raises(Refused, match="al verstuurd"):
        actions.answer_alone(asked.start, by=plg.tom, key=key, answers=all_of(1))
    assert Response.objects.get().answers["aim"] == 4
    assert not Answered.objects.filter(person=plg.tom).exists(), "she may still answer"


@pytest.mark.parametrize("answers", [{"aim": 0}, {"aim": 6}, {"aim": -1}, {"unheard": 3}])
def test_what_lies_outside_one_to_five_is_refused(plg, asked, answers):
    with pytest.raises(Refused, match="1 tot en met 5"):
        actions.answer_alone(asked.start, by=plg.amina, key=uuid4(), answers=answers)


@pytest.mark.parametrize("answers", [{"aim": 0}, {"aim": 6}, {"aim": "5"}, {"aim": None}, {"aim": [3]}])
def test_the_table_itself_takes_no_such_answers(plg, asked, answers):
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.create(wave=asked.start, answers=answers)


def test_nothing_that_is_kept_lays_a_person_beside_her_answers(plg, asked):
    alone(asked.start, [plg.amina, plg.tom], [1, 5])
    assert not {"person", "at", "created_at"} & {field.name for field in Response._meta.get_fields()}
    assert {field.name for field in Answered._meta.get_fields()} == {"id", "wave", "person"}
    close(asked.start)
    assert not Answered.objects.exists(), "who answered is forgotten"
    assert not Ask.objects.filter(kind="impact.answer", about_id=asked.start.pk).exists(), "nor who was asked till then"


def test_the_result_of_single_answers_comes_only_when_it_is_closed(plg, asked):
    alone(asked.start, plg.members, [1, 2, 3, 4, 5, 3])
    assert not results.of(read(asked.row, plg.amina)).has_any, "one more answer would tell what she said"
    close(asked.start)
    shown = results.of(read(asked.row, plg.amina))
    assert shown.rows[0].before.text == "3,0" or shown.rows[0].before.text == "3.0"
    assert shown.moments[0].people == 6


def test_of_four_answers_nothing_is_shown(plg, asked):
    alone(asked.start, plg.members[:4], 5)
    close(asked.start)
    shown = results.of(read(asked.row, plg.amina))
    assert not shown.has_any
    assert not shown.moments, "not even how many they were"
    assert shown.hidden


def test_that_all_said_the_same_is_not_shown(plg, asked):
    alone(asked.start, plg.members, 5)
    close(asked.start)
    assert results.of(read(asked.row, plg.amina)).rows[0].before.text.replace(",", ".").startswith("4.8")


def test_a_question_that_fewer_than_five_answered_is_not_shown(plg, asked):
    alone(asked.start, plg.members[:4], 2)
    for person in plg.members[4:]:
        actions.answer_alone(asked.start, by=person, key=uuid4(), answers={"dare": 2})
    close(asked.start)
    rows = {row.question.key: row for row in results.of(read(asked.row, plg.amina)).rows}
    assert rows["dare"].before
    assert not rows["aim"].before


def test_examples_are_read_from_ten_answers_on(plg, asked):
    alone(asked.start, plg.members, 3, text="Ze telden hardop.")
    close(asked.start)
    assert results.of(read(asked.row, plg.amina)).texts == []
    Response.objects.bulk_create(Response(wave=asked.start, answers=all_of(3)) for _n in range(4))
    Wave.objects.filter(pk=asked.start.pk).update(people=10)
    assert len(results.of(read(asked.row, plg.amina)).texts) == 6


def test_at_night_what_is_over_is_closed(plg, asked, september):
    alone(asked.start, plg.members[:5], 3)
    september.move_to("2026-10-05 12:00:00+02:00")
    nightly()
    assert not Wave.objects.exclude(closed_at=None).exists(), "on the last day one may still answer"
    september.move_to("2026-10-06 03:10:00+02:00")
    nightly()
    assert [wave.moment for wave in Wave.objects.exclude(closed_at=None)] == ["start"]
    assert not Ask.objects.open().filter(kind="impact.answer", about_id=asked.start.pk).exists()
    told = Notification.objects.filter(activity__kind="impact.closed").values_list("person", flat=True)
    assert set(told) == {person.pk for person in plg.members}


def test_before_the_first_day_and_after_the_last_nobody_answers(plg, asked, september):
    with pytest.raises(Refused, match="nog niet open"):
        alone(asked.end, [plg.amina])
    september.move_to("2026-10-06 12:00:00+02:00")
    with pytest.raises(Refused, match="gesloten"):
        alone(asked.start, [plg.amina])


def test_closing_twice_and_closing_what_is_to_come_is_refused(plg, asked):
    close(asked.start)
    for wave in (asked.start, asked.end):
        with pytest.raises(Refused):
            close(wave)


def test_days_change_as_long_as_nobody_answered(plg, asked):
    day = date(2026, 9, 21)
    actions.edit_wave(asked.start, by=plg.fatima, opens_on=day, closes_on=day + timedelta(days=7))
    asks = Ask.objects.open().filter(kind="impact.answer", about_id=asked.start.pk)
    assert {row.opens_on for row in asks} == {day}
    with pytest.raises(Refused, match="andere vragen"):
        actions.edit_wave(asked.start, by=plg.fatima, opens_on=day, closes_on=date(2027, 1, 20))
    actions.edit_wave(asked.start, by=plg.fatima, opens_on=WAVES[0][1], closes_on=WAVES[0][2])
    alone(asked.start, [plg.amina])
    with pytest.raises(Refused, match="al geantwoord"):
        actions.edit_wave(asked.start, by=plg.fatima, opens_on=day, closes_on=day)
    with pytest.raises(Refused, match="al geantwoord"):
        actions.withdraw(asked.row, by=plg.fatima)


def test_days_stay_in_their_school_year_and_in_their_order(plg, asked, signed_in, url):
    client, page = signed_in(plg.fatima), url("edit_wave", asked.start)
    for opens, closes in (("2027-08-10", "2027-08-20"), ("2026-07-30", "2026-09-20"), ("9999-01-01", "9999-12-31")):
        assert client.post(page, {"way": "alone", "opens_on": opens, "closes_on": closes}).status_code == 422
    with pytest.raises(Refused, match="andere vragen"):
        actions.edit_wave(asked.start, by=plg.fatima, opens_on=date(2027, 7, 1), closes_on=date(2027, 7, 8))
    assert Wave.objects.get(pk=asked.start.pk).opens_on == WAVES[0][1]


def test_what_pupils_answered_is_not_called_off(plg, asked):
    panel = actions.open_panel(asked.start, by=plg.fatima, audience="pupils", ceiling=9, until=date(2026, 10, 5))
    actions.answer_panel(panel, key=uuid4(), answers={"ask": 4})
    with pytest.raises(Refused, match="al geantwoord"):
        actions.withdraw(asked.row, by=plg.fatima)
    assert Response.objects.exists()


def test_called_off_nobody_is_asked_any_more(plg, together):
    actions.withdraw(together.row, by=plg.fatima)
    assert not Questionnaire.objects.exists()
    assert not Ask.objects.open().filter(kind="impact.answer").exists()
    assert not AgendaItem.objects.filter(community=plg.maths, state="planned").exists()


def test_who_joins_later_is_asked_as_well_and_who_stops_is_not(plg, asked):
    from communities.actions import seats

    new = make.member(plg.maths, plg.els, state="offered")
    seats.accept_offer(new, by=plg.els)
    mine = Ask.objects.open().filter(kind="impact.answer", person=plg.els)
    assert mine.count() == 3
    new.refresh_from_db()
    new.community = plg.maths
    seats.stop(new, "ended")
    assert not mine.all().exists()


def test_a_plg_that_is_completed_is_asked_no_more(plg, asked):
    from communities.registry import endings

    alone(asked.start, plg.members[:5])
    endings["impact"](plg.maths, plg.fatima)
    assert [wave.moment for wave in Wave.objects.all()] == ["start"]
    assert Wave.objects.get().closed_at


def test_with_the_plg_its_links_end(plg, asked):
    from communities.registry import endings

    panel = actions.open_panel(asked.start, by=plg.fatima, audience="pupils", ceiling=9, until=date(2026, 10, 5))
    close(asked.start)
    endings["impact"](plg.maths, plg.fatima)
    with pytest.raises(Refused, match="gesloten"):
        actions.answer_panel(panel, key=uuid4(), answers={"ask": 4})
