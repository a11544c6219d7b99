"""A group: its days, who was there, and the hours that come from that alone; and the programme it learns by."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from communities.meetings.models import Attendance
from core.time import today
from events.models import CheckIn, Event, Registration
from organisations.models import Hours
from tests import cast as make
from tests.events import world as events
from tests.training import world
from training import days
from training.credentials.facts import recorded_minutes
from training.models import Group, GroupMember, GroupSession, Module, Programme, ProgrammeVersion


@pytest.fixture
def group(cast):
    return world.group(cast, world.programme(), places=9)


@pytest.fixture
def enrolment(cast, group):
    return world.learner(cast, group)


def came(client, day, *rows):
    path = reverse("training:attendance", args=[day.pk])
    return client.post(path, {"present": [row.pk for row in rows], "said": "1"})


# Days and hours -----------------------------------------------------------------------------------


def test_hours_are_of_who_was_there_and_no_more_than_the_day_was_long(cast, group, enrolment, signed_in):
    other = world.learner(cast, group, make.person("Lot de Wit"))
    day, els = group.sessions.get(), signed_in(cast.els)
    assert came(els, day, enrolment).status_code == 302
    row = Hours.objects.get()
    assert (row.person, row.minutes, row.kind, row.held_on) == (cast.fatima, 180, "training", day.held_on)
    assert came(els, day, other).status_code == 302  # corrected: it was the other one
    assert [(row.person, row.minutes) for row in Hours.objects.all()] == [(other.person, 180)]
    assert came(els, day, other).status_code == 302
    assert Hours.objects.count() == 1


def test_nobody_was_there_before_it_began(cast, group, enrolment, signed_in):
    day = GroupSession.objects.create(
        group=group, title="Straks", held_on=today() + timedelta(days=3), starts="13:00", ends="16:00"
    )
    came(signed_in(cast.els), day, enrolment)
    assert not Hours.objects.exists() and not day.attended.exists()


def test_who_does_not_learn_here_was_not_there(cast, group, enrolment, signed_in):
    elsewhere = world.learner(cast, world.group(cast, world.programme("anders")), cast.amina)
    assert came(signed_in(cast.els), group.sessions.get(), elsewhere).status_code == 422
    assert not Hours.objects.exists()


def test_a_day_that_is_a_meeting_takes_who_was_there_from_it_and_writes_no_hours_twice(cast, group, enrolment):
    meeting = make.meeting(cast.maths, -2)
    day = GroupSession.objects.create(
        group=group, title="In de PLG", held_on=meeting.held_on, starts=meeting.starts, ends=meeting.ends,
        meeting=meeting,
    )  # fmt: skip
    Attendance.objects.create(meeting=meeting, person=cast.fatima, was_there=True, minutes=90)
    days.follow()
    assert [row.person for row in day.attended.all()] == [cast.fatima]
    assert not Hours.objects.filter(source__startswith="training:").exists()


def test_whoever_learns_hears_of_a_new_day(cast, group, enrolment, signed_in):
    path = reverse("training:add_day", args=[group.pk])
    said = {"title": "Nabespreken", "held_on": "2027-01-13", "starts": "16:00", "ends": "13:00", "place": "De Brug"}
    wrong = signed_in(cast.els).post(path, said)
    assert wrong.status_code == 422 and "Nabespreken" in wrong.content.decode()
    assert signed_in(cast.els).post(path, said | {"starts": "13:00", "ends": "16:00"}).status_code == 302
    assert cast.fatima.notifications.filter(activity__kind="training.day_added").count() == 1


def test_a_day_that_is_an_event_takes_its_moment_and_who_came_through_its_door(cast, group, enrolment, signed_in):
    event = events.an_event(cast, "open")
    path, els = reverse("training:add_day", args=[group.pk]), signed_in(cast.els)
    said = {"title": "Samen naar het lab", "event": event.pk}
    assert els.post(path, {"title": "Zonder dag"}).status_code == 422
    assert els.post(path, said).status_code == 302
    day = group.sessions.get(event=event)
    assert (day.held_on, day.starts, day.ends) == (event.held_on, event.starts, event.ends)
    Event.objects.filter(pk=event.pk).update(held_on=today() - timedelta(days=1), last_on=today() - timedelta(days=1))
    event.refresh_from_db()
    row = Registration.objects.create(event=event, person=cast.fatima, state="confirmed")
    for direction, at in (("in", event.starts_at), ("out", event.starts_at + timedelta(minutes=90))):
        CheckIn.objects.create(event=event, registration=row, direction=direction, at=at)
    days.follow()
    day.refresh_from_db()
    assert day.held_on == event.held_on
    assert [each.person for each in day.attended.all()] == [cast.fatima]
    assert recorded_minutes(enrolment) == 90
    assert not Hours.objects.filter(source__startswith="training:").exists()
    came(els, day)
    assert day.attended.count() == 1


def test_a_day_is_changed_or_taken_out_until_it_is_marked_and_learners_hear_it(cast, group, enrolment, signed_in):
    els, day = signed_in(cast.els), group.sessions.get()
    edit, remove = (reverse(f"training:{name}_day", args=[day.pk]) for name in ("edit", "remove"))
    said = {"title": "Nabespreken", "held_on": "2027-01-13", "starts": "13:00", "ends": "16:00", "place": "De Brug"}
    assert els.post(edit, said).status_code == 302
    day.refresh_from_db()
    assert (day.title, day.held_on.isoformat()) == ("Nabespreken", "2027-01-13")
    assert cast.fatima.notifications.filter(activity__kind="training.day_changed").count() == 1
    day.attended.add(enrolment)
    els.post(edit, said | {"title": "Anders"})
    els.post(remove)
    day.refresh_from_db()
    assert day.title == "Nabespreken"
    day.attended.clear()
    assert els.get(remove).status_code == 200 and group.sessions.exists()
    assert els.post(remove).status_code == 302 and not group.sessions.exists()
    assert cast.fatima.notifications.filter(activity__kind="training.day_removed").count() == 1


# Who guides ---------------------------------------------------------------------------------------


def test_whoever_coaches_in_a_group_does_not_assess_in_it(cast, group, signed_in):
    path, paula = reverse("training:group_people", args=[group.pk]), signed_in(cast.paula)
    assert paula.post(path, {"person": cast.tom.pk, "part": "coach"}).status_code == 302
    assert paula.post(path, {"person": cast.tom.pk, "part": "assessor"}).status_code == 422
    assert cast.tom.notifications.filter(activity__kind="training.named").count() == 1


def test_a_group_keeps_a_trainer(cast, group, signed_in):
    only = GroupMember.objects.get(group=group, part="trainer")
    signed_in(cast.paula).post(reverse("training:remove_group_member", args=[only.pk]))
    assert GroupMember.objects.filter(pk=only.pk).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_trainer_sees_three_learners_in_as_many_queries_as_one(
    cast, group, signed_in, django_assert_num_queries, count
):
    for n in range(count):
        world.learner(cast, group, make.person(f"Lid {n}"))
    els = signed_in(cast.els)
    els.get(group.get_absolute_url())
    with django_assert_num_queries(11):
        page = els.get(group.get_absolute_url()).content.decode()
    assert all(f"Lid {n}" in page for n in range(count))


def test_who_does_not_train_the_group_sees_nobody_in_it(cast, group, enrolment, signed_in):
    for who in (cast.bram, cast.amina, cast.paula, cast.tom):
        assert "onderdelen klaar" not in signed_in(who).get(group.get_absolute_url()).content.decode(), who


# Programmes ---------------------------------------------------------------------------------------


def test_a_board_makes_a_course_of_its_own_that_its_people_find(cast, signed_in):
    ben = signed_in(cast.ben)
    said = {"title": "Kijken naar lezen", "form": "course", "key": "lezen", "door": f"board-{cast.board.pk}"}
    assert ben.post(reverse("training:add_programme"), said | {"door": "platform"}).status_code == 422
    assert ben.post(reverse("training:add_programme"), said).status_code == 302
    version = ProgrammeVersion.objects.get(programme__key="lezen")
    assert ben.post(reverse("training:publish", args=[version.pk])).status_code == 302
    version.refresh_from_db()
    assert version.published_at is None  # nothing to read in it yet
    ben.post(reverse("training:add_module", args=[version.pk]), {"title": "Kijken", "summary": "", "minutes": "30"})
    module = Module.objects.get(version=version)
    page = {"title": "Wat zag je?", "kind": "text", "text": "## Kijk\n\n<script>x</script>", "minutes": "5"}
    assert ben.post(reverse("training:add_page", args=[module.pk]), page).status_code == 302
    assert "<script" not in module.pages.get().html
    assert ben.post(reverse("training:publish", args=[version.pk])).status_code == 302
    index = reverse("training:index")
    assert "Kijken naar lezen" in signed_in(cast.amina).get(index).content.decode()
    assert "Kijken naar lezen" not in signed_in(cast.dele).get(index).content.decode()
    assert signed_in(cast.dele).get(reverse("training:programme", args=[version.programme_id])).status_code == 404


def test_what_people_learn_by_is_changed_in_a_new_version(cast, group, enrolment, signed_in):
    ProgrammeVersion.objects.filter(pk=group.version_id).update(frozen_at=now())
    paula, old = signed_in(cast.paula), group.version
    module = old.modules.first()
    paula.post(reverse("training:edit_module", args=[module.pk]), {"title": "Anders", "summary": "", "minutes": "1"})
    paula.post(reverse("training:remove_module", args=[module.pk]))
    assert Module.objects.get(pk=module.pk).title == "Observeren"
    made = paula.post(reverse("training:new_version", args=[old.programme_id]))
    new = ProgrammeVersion.objects.get(number=2)
    assert made["Location"].endswith(f"/{new.pk}/") and new.modules.count() == old.modules.count()
    paula.post(reverse("training:edit_module", args=[new.modules.first().pk]),
               {"title": "Anders", "summary": "", "minutes": "1"})  # fmt: skip
    paula.post(reverse("training:publish", args=[new.pk]))
    enrolment.refresh_from_db()
    assert Programme.objects.get(pk=old.programme_id).current == new and enrolment.version == old


def test_what_was_taken_off_is_begun_by_nobody(cast, signed_in):
    course = world.programme("kort", "course")
    assert signed_in(cast.paula).post(reverse("training:retire", args=[course.pk])).status_code == 302
    signed_in(cast.dele).post(reverse("training:enrol", args=[course.pk]))
    assert not cast.dele.enrolments.exists()


def test_a_group_is_formed_with_its_first_trainer(cast, signed_in):
    trajectory = world.programme()
    path = reverse("training:add_group", args=[trajectory.pk])
    said = {"title": "Voorjaar", "starts_on": "2027-01-13", "ends_on": "2026-01-13", "places": "12"}
    wrong = signed_in(cast.paula).post(path, said | {"trainer": cast.els.pk})
    assert wrong.status_code == 422 and "Voorjaar" in wrong.content.decode()
    assert signed_in(cast.paula).post(path, said | {"trainer": cast.els.pk, "ends_on": ""}).status_code == 302
    assert [member.person for member in Group.objects.get().members.all()] == [cast.els]


@pytest.mark.parametrize("count", [1, 3])
def test_a_programme_takes_as_many_queries_for_three_groups_as_for_one(
    cast, signed_in, django_assert_num_queries, count
):
    trajectory = world.programme()
    for _n in range(count):
        world.group(cast, trajectory)
    paula = signed_in(cast.paula)
    paula.get(trajectory.get_absolute_url())
    with django_assert_num_queries(10):
        assert paula.get(trajectory.get_absolute_url()).content.decode().count("Najaar") >= count
