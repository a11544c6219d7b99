"""Schools and boards that go up into each other: what is now goes along, what was stays."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import now

from communities.models import SchoolPair
from core.refusals import Refused
from core.time import today
from organisations import actions, hours
from organisations.choices import RoleKind
from organisations.models import Board, FormerName, Hours, Invitation, Role, School, StudyDay
from tests import cast as people
from tests.events import world as labs
from tests.training import world as learning


@pytest.fixture
def near(cast):
    """A second school of the same board, where Amina works as well."""
    near = people.school("De Wilg", "07XY01", cast.board)
    people.works(cast.amina, near)
    return near


def test_a_school_goes_up_into_another_and_takes_its_people_and_plgs_along(cast, near):
    hours.write(cast.fatima, kind="meeting", minutes=90, held_on=today() - timedelta(days=9), source="meeting:1")
    StudyDay.objects.create(school=cast.regenboog, first=today(), last=today(), name="Studiedag")
    into = actions.merge_schools(cast.regenboog, near, by=cast.ben)
    cast.regenboog.refresh_from_db()
    assert (cast.regenboog.merged_into, bool(cast.regenboog.gone_at)) == (near, True)
    assert [row.school for row in cast.fatima.affiliations.current()] == [near]
    assert [row.school for row in cast.amina.affiliations.current()] == [near], "not twice at the same school"
    assert cast.fatima.affiliations.filter(school=cast.regenboog, until_on=today() - timedelta(days=1)).exists()
    assert cast.bram.roles.current().get().school == near
    cast.maths.refresh_from_db()
    assert (cast.maths.owner_school, cast.maths.board) == (near, cast.board)
    assert {row.school for row in cast.maths.memberships.active().filter(person=cast.fatima)} == {near}
    assert Hours.objects.get(person=cast.fatima).school == cast.regenboog, "what was stays where it was"
    assert StudyDay.objects.get().school == near
    assert FormerName.objects.filter(school=near, name="De Regenboog").exists()
    assert into == near


@pytest.mark.parametrize(("first", "last"), [(-400, 7), (30, None)])
def test_who_works_at_both_works_on_as_long_as_she_would_have(cast, near, first, last):
    days = {"from_on": today() + timedelta(days=first), "until_on": last and today() + timedelta(days=last)}
    cast.amina.affiliations.filter(school=near).update(**days)
    actions.merge_schools(cast.regenboog, near, by=cast.ben)
    for day in (today(), today() + timedelta(days=60)):
        assert [row.school for row in cast.amina.affiliations.current(day)] == [near]


def test_an_invitation_that_ran_out_there_takes_no_open_one_away(cast, near):
    over = now() - timedelta(days=1)
    Invitation.objects.create(email="nieuw@school.example", school=near, expires_at=over)
    Invitation.objects.create(email="nieuw@school.example", school=cast.regenboog)
    actions.merge_schools(cast.regenboog, near, by=cast.ben)
    assert Invitation.objects.open().get().school == near


def test_it_is_told_to_who_works_there_and_shown_on_both_pages(cast, near, signed_in):
    actions.merge_schools(cast.regenboog, near, by=cast.ben)
    assert cast.fatima.notifications.filter(activity__kind="organisations.schools_merged").exists()
    fatima = signed_in(cast.fatima)
    assert "De Wilg" in fatima.get(cast.regenboog.get_absolute_url()).content.decode()
    assert "De Regenboog" in fatima.get(near.get_absolute_url()).content.decode()


def test_of_two_invitations_to_one_address_one_stays_and_of_two_roles_too(cast, near):
    for school in (cast.regenboog, near):
        Invitation.objects.create(email="nieuw@school.example", school=school, invited_by=cast.ben)
    people.role(cast.bram, RoleKind.SCHOOL_LEADER, near)
    actions.merge_schools(cast.regenboog, near, by=cast.ben)
    assert Invitation.objects.open().filter(school=near).count() == 1
    assert not Invitation.objects.open().filter(school=cast.regenboog).exists()
    assert Role.objects.current().filter(person=cast.bram, school=near).count() == 1


def test_pairs_of_a_learning_network_do_not_collide(cast, near):
    for school in (cast.regenboog, near):
        SchoolPair.objects.create(community=cast.maths, school=school)
    actions.merge_schools(cast.regenboog, near, by=cast.ben)
    assert [pair.school for pair in SchoolPair.objects.all()] == [near]


def test_what_went_up_earlier_goes_along_to_where_it_is_now(cast, near):
    actions.merge_schools(cast.regenboog, near, by=cast.ben)
    actions.merge_schools(near, cast.wissel, by=cast.ben)
    assert School.objects.get(pk=cast.regenboog.pk).merged_into == cast.wissel


def test_nothing_begins_any_more_at_a_school_that_went_up(cast, near):
    old = School.objects.get(pk=cast.regenboog.pk)  # as it stands in a form that was open meanwhile
    actions.merge_schools(cast.regenboog, near, by=cast.ben)
    deeds = [
        lambda: actions.add_affiliation(cast.tom, old, "teacher", by=cast.ben),
        lambda: actions.give_role(cast.tom, RoleKind.PLANNER, old, by=cast.ben),
        lambda: actions.invite("nieuw@school.example", old, "teacher", by=cast.ben),
    ]
    for deed in deeds:
        with pytest.raises(Refused, match="bestaat niet meer"):
            deed()


def test_a_merged_school_does_not_merge_again_and_not_into_another_board(cast, near):
    stranger = people.school("Ver weg", "09AB00", people.board("Stichting Elders", "41009"))
    with pytest.raises(PermissionDenied):
        actions.merge_schools(cast.regenboog, stranger, by=cast.ben)
    with pytest.raises(Refused):
        actions.merge_schools(cast.regenboog, stranger, by=cast.paula)
    with pytest.raises(Refused):
        actions.merge_schools(cast.regenboog, cast.regenboog, by=cast.ben)
    actions.merge_schools(cast.regenboog, near, by=cast.ben)
    with pytest.raises(Refused):
        actions.merge_schools(cast.regenboog, near, by=cast.ben)
    with pytest.raises(Refused):
        actions.merge_schools(near, cast.regenboog, by=cast.ben)


@pytest.mark.parametrize("along", [True, False])
def test_a_board_goes_up_into_another_with_its_schools(cast, along):
    into = people.board("Stichting Samen", "41008")
    actions.merge_boards(cast.board, into, by=cast.paula, with_administrators=along)
    cast.regenboog.refresh_from_db()
    cast.maths.refresh_from_db()
    assert (cast.regenboog.board, cast.maths.board) == (into, into)
    assert Board.objects.get(pk=cast.board.pk).merged_into == into
    assert into.networks.filter(pk=cast.network.pk).exists()
    ran = Role.objects.current().filter(person=cast.ben, kind=RoleKind.BOARD_ADMIN)
    assert [role.board for role in ran] == ([into] if along else [])
    assert not Role.objects.current().filter(board=cast.board).exists()


def test_the_page_says_what_goes_along_before_anything_happens(cast, near, signed_in):
    ben, url = signed_in(cast.ben), reverse("organisations:merge_school", args=[cast.regenboog.pk])
    page = ben.post(url, {"into": near.pk})
    assert page.status_code == 200
    assert "PLG" in page.content.decode()
    assert School.objects.open().filter(pk=cast.regenboog.pk).exists()
    assert ben.post(url, {"into": near.pk, "seen": "1"}).status_code == 422
    assert School.objects.open().filter(pk=cast.regenboog.pk).exists()
    assert ben.post(url, {"into": near.pk, "seen": "1", "sure": "on"}).status_code == 302
    assert not School.objects.open().filter(pk=cast.regenboog.pk).exists()


#: What points at a school or board and stays there on purpose: it says how it was.
STAYS = {
    "organisations.FormerName",
    "organisations.Hours",
    "organisations.StaffImport",
    "organisations.TimeBudget",
    "organisations.TimeRule",
    "organisations.School",
    "organisations.Board",
    "participation.Closing",
    "participation.DailyParticipation",
    "participation.Figure",
    "impact.Outcome",
    "knowledgehub.Experience",  # of the school of that day
}
GOES_ALONG = {
    "communities.Community",
    "communities.Membership",
    "communities.SchoolPair",
    "events.Event",
    "funding.Grant",
    "knowledgehub.Resource",
    "learning.Cycle",
    "lessonstudy.ResearchLesson",
    "meetings.Meeting",
    "meetings.PollOption",
    "organisations.Affiliation",
    "organisations.BoardTerm",
    "organisations.Invitation",
    "organisations.Joining",
    "organisations.Role",
    "organisations.RoomRequest",
    "organisations.SignOn",
    "organisations.StudyDay",
    "training.Enrolment",
    "training.Programme",
    "visits.CoverNeed",
}


def test_whatever_points_at_a_school_or_board_was_thought_of():
    pointing = {
        model._meta.label
        for model in apps.get_models()
        if not hasattr(model, "pgh_obj")  # the history of rows
        for field in model._meta.get_fields()
        if field.many_to_one and field.concrete and field.related_model in (School, Board)
    }
    assert pointing - STAYS == GOES_ALONG


def test_events_to_come_and_who_learns_go_along(cast, near):
    to_come = labs.an_event(cast, "open", scope="school", school=cast.regenboog)
    was = labs.an_event(cast, "over", scope="school", school=cast.regenboog)
    learner = learning.learner(cast, learning.group(cast, learning.programme()), cast.amina)
    type(learner).objects.filter(pk=learner.pk).update(school=cast.regenboog)
    actions.merge_schools(cast.regenboog, near, by=cast.ben)
    for row in (to_come, was, learner):
        row.refresh_from_db()
    assert (to_come.school, was.school, learner.school) == (near, cast.regenboog, near)
