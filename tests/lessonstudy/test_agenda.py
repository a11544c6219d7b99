"""Research lessons and class visits stand among one's dates: on the agenda and in the feed of one's own calendar."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from communities.meetings import actions
from communities.meetings.choices import CalendarWay
from core.time import today
from lessonstudy.choices import Halt, LessonState
from lessonstudy.models import Cycle, ResearchLesson
from lessonstudy.visits.models import CoverNeed
from organisations.actions import merge_schools
from tests import cast as people
from tests.cast import meeting as make_meeting
from tests.lessonstudy.visits.world import QUESTION, a_visit, cared_for
from tests.lessonstudy.world import a_cycle
from tests.meetings.test_calendar import events

AGENDA = reverse("meetings:agenda")


@pytest.fixture
def dates(cast):
    """A lesson in a week, a visit of Tom with Amina in nine days, a meeting in eight."""
    cycle = a_cycle(cast, "ready")
    return cycle.lessons.get(), a_visit(cast, "planned"), make_meeting(cast.maths, days=8)


def feed(client, person):
    choice = actions.choose_calendar(person, way=CalendarWay.FEED)
    return client.get(reverse("meetings:feed", args=[choice.key]))


def test_they_stand_on_the_agenda_in_order(cast, dates, signed_in):
    lesson, visit, meeting = dates
    text = signed_in(cast.amina).get(AGENDA).text
    places = [text.index(f'href="{each.get_absolute_url()}"') for each in (lesson, meeting, visit)]
    assert places == sorted(places)


def test_and_in_the_month(cast, dates, signed_in):
    lesson, *_both = dates
    text = signed_in(cast.amina).get(AGENDA, {"month": f"{lesson.held_on:%Y-%m}"}).text
    assert text.split('id="month"')[1].count(f'href="{lesson.get_absolute_url()}"') == 1


def test_who_has_no_part_in_them_sees_nothing_of_them(cast, dates, signed_in):
    lesson, visit, _meeting = dates
    text = signed_in(cast.bram).get(AGENDA).text
    assert lesson.get_absolute_url() not in text and visit.get_absolute_url() not in text


def test_the_feed_brings_them_without_the_question_of_a_visit(cast, dates, client):
    lesson, visit, _meeting = dates
    answer = feed(client, cast.amina)
    found = {event["UID"].split("@")[0]: event for event in events(answer.content)}
    assert found[f"lesson-{lesson.pk}"]["DTSTART"] == lesson.starts_at
    assert found[str(visit.uid)]["DTSTART"] == visit.slot.starts_at
    assert QUESTION[:20] not in answer.text


def test_the_same_dates_give_the_same_bytes(cast, dates, client):
    first = feed(client, cast.amina)
    again = client.get(first.wsgi_request.path, headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304


def test_what_is_called_off_is_cancelled_or_gone(cast, dates, client):
    lesson, visit, _meeting = dates
    visit.state = "cancelled"
    visit.save()
    ResearchLesson.objects.filter(pk=lesson.pk).update(state=LessonState.BROKEN_OFF)
    found = {event["UID"].split("@")[0]: event["STATUS"] for event in events(feed(client, cast.tom).content)}
    assert found[str(visit.uid)] == "CANCELLED" and f"lesson-{lesson.pk}" not in found


def test_a_cycle_that_was_stopped_leaves_the_agenda(cast, dates, signed_in):
    lesson, *_both = dates
    Cycle.objects.update(halt=Halt.STOPPED)
    assert lesson.get_absolute_url() not in signed_in(cast.amina).get(AGENDA).text


def test_more_lessons_cost_no_more_questions(cast, dates, signed_in):
    browser = signed_in(cast.amina)

    def asked():
        browser.get(AGENDA)
        with CaptureQueriesContext(connection) as seen:
            browser.get(AGENDA)
        return len(seen)

    few = asked()
    for days in (10, 12):
        a_cycle(cast, "ready", days=days, title=f"Traject {days}")
        a_visit(cast, "planned", days=days)
    assert ResearchLesson.objects.filter(held_on__gt=today() + timedelta(days=8)).count() == 2
    assert asked() == few


def test_a_school_that_goes_up_into_another_takes_lessons_and_gaps_to_come_along(cast, dates):
    lesson, visit, _meeting = dates
    past = a_cycle(cast, "given", title="Eerder").lessons.get()
    ResearchLesson.objects.filter(pk__in=[lesson.pk, past.pk]).update(school=cast.regenboog)
    cared_for(visit)
    CoverNeed.objects.update(school=cast.regenboog)
    near = people.school("De Wilg", "07XY01", cast.board)
    merge_schools(cast.regenboog, near, by=cast.ben)
    lesson.refresh_from_db()
    past.refresh_from_db()
    visit.cover.refresh_from_db()
    assert (lesson.school, past.school, visit.cover.school) == (near, cast.regenboog, near)
