"""What was not done goes on by itself, once, and the next agenda opens with what was agreed."""

from datetime import time, timedelta
from functools import partial

import pytest
from django.urls import reverse

from communities.meetings import actions, carrying, tasks
from communities.meetings.choices import ItemKind, ItemState
from communities.meetings.models import ActionPoint, AgendaItem, Meeting, Run
from core.time import today
from tests import cast as people
from tests.cast import meeting as make_meeting
from tests.hands import together


def a_meeting(plg, days):
    return Meeting.objects.get(pk=make_meeting(plg, days=days).pk)


def item(meeting, title, **fields):
    fields = {"minutes": 10, "community_id": meeting.community_id, "order": meeting.items.count() + 1} | fields
    return AgendaItem.objects.create(meeting=meeting, title=title, **fields)


def titles(meeting):
    return [row.title for row in carrying.in_order(meeting)]


def agreed(plg, person, meeting=None):
    return ActionPoint.objects.create(community=plg, person=person, meeting=meeting, text="Stroken vouwen")


@pytest.fixture
def over(cast):
    """A meeting of last week, with one item done and two not."""
    meeting = a_meeting(cast.maths, -7)
    item(meeting, "Inchecken", kind=ItemKind.CHECK_IN)
    item(meeting, "Gedaan", state=ItemState.DONE)
    item(meeting, "Niet aan toe gekomen")
    item(meeting, "Ook niet")
    return meeting


def test_what_was_not_done_stands_behind_the_next_agenda(cast, over):
    coming = a_meeting(cast.maths, 7)
    item(coming, "Iets nieuws")
    assert actions.carry_over(over, by=cast.fatima) == 2
    assert titles(coming) == ["Iets nieuws", "Niet aan toe gekomen", "Ook niet"]
    assert titles(over) == ["Inchecken", "Gedaan"]
    assert actions.carry_over(over, by=cast.fatima) == 0
    assert titles(coming) == ["Iets nieuws", "Niet aan toe gekomen", "Ook niet"]


def test_the_pages_say_where_it_came_from_and_where_it_went(cast, over, signed_in):
    coming = a_meeting(cast.maths, 7)
    actions.carry_over(over, by=cast.fatima)
    amina = signed_in(cast.amina)
    assert "van vorige keer" in amina.get(reverse("meetings:agenda_of", args=[coming.pk])).text
    assert "Doorgeschoven" in amina.get(reverse("meetings:agenda_of", args=[over.pk])).text


def test_without_a_date_it_waits_and_the_next_date_picks_it_up(cast, over):
    actions.carry_over(over, by=cast.fatima)
    assert [row.title for row in AgendaItem.objects.backlog(cast.maths)] == ["Niet aan toe gekomen", "Ook niet"]
    coming = actions.add(
        cast.maths, by=cast.fatima, held_on=today() + timedelta(days=14), starts=time(15, 30), ends=time(17, 0)
    )
    assert titles(coming) == ["Niet aan toe gekomen", "Ook niet"]
    later = actions.add(
        cast.maths, by=cast.fatima, held_on=today() + timedelta(days=28), starts=time(15, 30), ends=time(17, 0)
    )
    assert titles(later) == []


def test_what_the_facilitator_kept_for_later_stays_there(cast, over):
    actions.carry_over(over, by=cast.fatima)
    row = AgendaItem.objects.get(title="Ook niet")
    actions.keep_item(row, by=cast.fatima)
    coming = actions.add(
        cast.maths, by=cast.fatima, held_on=today() + timedelta(days=14), starts=time(15, 30), ends=time(17, 0)
    )
    assert titles(coming) == ["Niet aan toe gekomen"]


def test_a_proposal_for_a_meeting_that_is_over_waits_in_the_backlog(cast):
    over = a_meeting(cast.maths, -7)
    a_meeting(cast.maths, 7)
    row = item(over, "Idee", state=ItemState.PROPOSED, proposed_by=cast.amina)
    actions.carry_over(over)
    row.refresh_from_db()
    assert (row.meeting, row.state) == (None, ItemState.PROPOSED)


def test_the_next_agenda_opens_with_what_was_agreed_once(cast, over):
    coming = a_meeting(cast.maths, 7)
    item(coming, "Iets nieuws")
    agreed(cast.maths, cast.amina, over)
    actions.carry_over(over, by=cast.fatima)
    actions.carry_over(over, by=cast.fatima)
    assert titles(coming)[0] == "Hoe ging het?"
    assert titles(coming).count("Hoe ging het?") == 1
    first = carrying.in_order(coming)[0]
    assert (first.kind, first.minutes) == (ItemKind.ACTIONS, 10)


def test_who_takes_that_opening_away_is_not_given_it_again(cast, over):
    coming = a_meeting(cast.maths, 7)
    agreed(cast.maths, cast.amina, over)
    actions.carry_over(over)
    actions.remove_item(carrying.in_order(coming)[0], by=cast.fatima)
    actions.carry_over(over)
    tasks.nightly()
    assert "Hoe ging het?" not in titles(coming)


def test_a_check_in_comes_before_it(cast):
    coming = a_meeting(cast.maths, 7)
    item(coming, "Inchecken", kind=ItemKind.CHECK_IN)
    item(coming, "Kijken")
    agreed(cast.maths, cast.amina)
    tasks.nightly()
    assert titles(coming) == ["Inchecken", "Hoe ging het?", "Kijken"]


def test_the_night_carries_over_what_had_no_session(cast, over):
    coming = a_meeting(cast.maths, 7)
    further = a_meeting(cast.maths, 21)
    tasks.nightly()
    assert titles(coming) == ["Niet aan toe gekomen", "Ook niet"]
    assert titles(further) == []


def test_the_night_leaves_a_session_alone_that_still_runs(cast, over):
    coming = a_meeting(cast.maths, 7)
    Run.objects.create(about=over, community=cast.maths, title="x", code="12345678")
    tasks.nightly()
    assert titles(coming) == []


def test_a_meeting_that_is_called_off_hands_on_its_whole_agenda(cast):
    first, second = a_meeting(cast.maths, 7), a_meeting(cast.maths, 21)
    item(first, "Inchecken", kind=ItemKind.CHECK_IN)
    item(first, "Kijken")
    actions.cancel(first, by=cast.fatima)
    assert titles(second) == ["Inchecken", "Kijken"]


def test_what_was_done_after_all_goes_back_to_its_own_meeting(cast, over, signed_in):
    coming = a_meeting(cast.maths, 7)
    actions.carry_over(over)
    row = AgendaItem.objects.get(title="Ook niet")
    signed_in(cast.fatima).post(reverse("meetings:change_agenda", args=[coming.pk]), {"done": row.pk})
    assert "Ook niet" in titles(over) and "Ook niet" not in titles(coming)
    assert actions.carry_over(over) == 0


def test_of_the_minutes_of_a_lesson_the_scale_fits_exactly():
    from communities.meetings.filling import scaled

    for minutes, total in [([5, 10, 5, 15, 10, 10, 10], 90), ([5, 10, 5, 15], 20), ([1, 1, 1], 10), ([30, 0, 30], 45)]:
        found = scaled(minutes, total)
        assert sum(found) == total
        assert all((each > 0) == (was > 0) for each, was in zip(found, minutes, strict=True))
    assert scaled([10, 10, 10], 2) == [10, 10, 10]


@pytest.mark.django_db(transaction=True)
def test_ten_who_end_the_meeting_at_once_carry_over_once(transactional_db):
    cast = people.cast()
    over, coming = a_meeting(cast.maths, -7), a_meeting(cast.maths, 7)
    for n in range(5):
        item(over, f"Punt {n}")
    agreed(cast.maths, cast.amina, over)
    counts = together(*[partial(actions.carry_over, over, by=cast.fatima)] * 10)
    assert sorted(counts) == [0] * 9 + [5]
    assert titles(coming) == ["Hoe ging het?", *(f"Punt {n}" for n in range(5))]
