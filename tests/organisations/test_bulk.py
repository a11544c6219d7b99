"""Many people at once: said row by row, carried out, taken back."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from activity.models import Delivery, Look
from core.refusals import Refused
from core.time import today
from organisations import actions
from organisations.bulk import BulkDeed
from organisations.choices import BulkVerb, Function, RoleKind
from organisations.models import Affiliation, Invitation
from tests import cast as people

SOON = today() + timedelta(days=40)


def at(cast, *whom):
    return list(Affiliation.objects.filter(person__in=whom, school=cast.regenboog))


def prepared(cast, verb, wishes, *whom):
    return actions.prepare_bulk(at(cast, *whom), verb, wishes, by=cast.ben)


def carried_out(cast, verb, wishes, *whom):
    deed = prepared(cast, verb, wishes, *whom)
    actions.carry_out_bulk(deed, set(deed.affiliations), by=cast.ben)
    deed.refresh_from_db()
    return deed


def last_days(*whom):
    return set(Affiliation.objects.filter(person__in=whom).values_list("until_on", flat=True))


def test_a_last_day_for_two_people_and_back(cast):
    deed = carried_out(cast, BulkVerb.END, {"day": SOON.isoformat()}, cast.fatima, cast.amina)
    assert last_days(cast.fatima, cast.amina) == {SOON}
    assert actions.take_back_bulk(deed, by=cast.ben) == []
    assert last_days(cast.fatima, cast.amina) == {None}
    assert cast.amina.notifications.filter(activity__kind="organisations.bulk_undone").exists()
    with pytest.raises(Refused):
        actions.take_back_bulk(deed, by=cast.ben)


def test_moving_to_another_school_and_back(cast):
    near = people.school("De Wilg", "07XY01", cast.board)
    deed = carried_out(cast, BulkVerb.MOVE, {"day": SOON.isoformat(), "school": near.pk}, cast.amina)
    assert {(row.school, row.until_on) for row in cast.amina.affiliations.all()} == {
        (cast.regenboog, SOON - timedelta(days=1)),
        (near, None),
    }
    actions.take_back_bulk(deed, by=cast.ben)
    assert [(row.school, row.until_on) for row in cast.amina.affiliations.all()] == [(cast.regenboog, None)]


def test_what_changed_since_is_left_and_said(cast):
    deed = carried_out(cast, BulkVerb.FUNCTION, {"function": Function.SUPPORT}, cast.fatima, cast.amina)
    actions.change_function(at(cast, cast.amina)[0], Function.CARE, by=cast.ben)
    assert actions.take_back_bulk(deed, by=cast.ben) == [str(cast.amina)]
    assert at(cast, cast.amina)[0].function == Function.CARE
    assert at(cast, cast.fatima)[0].function == Function.CARE


def test_invitations_go_to_who_never_signed_in_and_to_nobody_else(cast):
    new = people.person("Nieuw Gezicht", joined_at=None)
    people.works(new, cast.regenboog)
    deed = carried_out(cast, BulkVerb.INVITE, {}, new, cast.amina)
    assert list(Invitation.objects.values_list("email", flat=True)) == [new.email]
    assert Delivery.objects.filter(kind="organisations.invited", address=new.email).count() == 1
    assert [bool(why) for _pk, why in deed.outcome].count(True) == 1
    with pytest.raises(Refused):
        actions.take_back_bulk(deed, by=cast.ben)


def test_it_is_done_once_and_only_for_who_stays_ticked(cast):
    deed = prepared(cast, BulkVerb.END, {"day": SOON.isoformat()}, cast.fatima, cast.amina)
    with pytest.raises(Refused):
        actions.carry_out_bulk(deed, set(), by=cast.ben)
    actions.carry_out_bulk(deed, {at(cast, cast.amina)[0].pk}, by=cast.ben)
    assert last_days(cast.fatima) == {None}
    with pytest.raises(Refused):
        actions.carry_out_bulk(deed, set(deed.affiliations), by=cast.ben)


def test_a_role_that_is_not_hers_to_end_refuses_that_row_only(cast):
    people.role(cast.amina, "network_admin", cast.network)
    deed = carried_out(cast, BulkVerb.END, {"day": SOON.isoformat()}, cast.fatima, cast.amina)
    assert last_days(cast.amina) == {None}
    assert last_days(cast.fatima) == {SOON}
    assert [bool(why) for _pk, why in deed.outcome].count(True) == 1


def test_from_the_list_to_the_deed_in_the_browsers_steps(cast, signed_in):
    ben = signed_in(cast.ben)
    page = ben.get(reverse("organisations:people"), {"pick": "1"}).content.decode()
    assert f'value="{cast.amina.pk}"' in page
    chosen = {"person": [cast.amina.pk, cast.fatima.pk]}
    first = ben.get(reverse("organisations:bulk_new"), chosen).content.decode()
    assert "2 mensen gekozen" in first
    assert 'value="move"' in first
    refused = ben.post(reverse("organisations:bulk_new"), chosen | {"verb": "end", "do-day": today() - timedelta(1)})
    assert refused.status_code == 422
    answer = ben.post(reverse("organisations:bulk_new"), chosen | {"verb": "end", "do-day": SOON.isoformat()})
    deed = BulkDeed.objects.get()
    assert answer["Location"] == deed.get_absolute_url()
    assert not deed.done_at
    page = ben.get(deed.get_absolute_url()).content.decode()
    assert "2 van de 2 kunnen" in page
    ben.post(reverse("organisations:bulk_carry_out", args=[deed.pk]), {"row": deed.affiliations})
    assert last_days(cast.amina, cast.fatima) == {SOON}
    assert "Terugnemen" in ben.get(deed.get_absolute_url()).content.decode()
    ben.post(reverse("organisations:bulk_take_back", args=[deed.pk]))
    assert last_days(cast.amina, cast.fatima) == {None}


def test_everybody_found_is_everybody_found(cast, signed_in):
    ben = signed_in(cast.ben)
    page = ben.get(reverse("organisations:bulk_new"), {"everybody": "1", "q": "amina"}).content.decode()
    assert "1 persoon gekozen" in page


def test_nobody_changes_people_of_another_board_and_nobody_sees_anothers_deed(cast, signed_in):
    deed = prepared(cast, BulkVerb.END, {"day": SOON.isoformat()}, cast.amina)
    other = people.board("Stichting Elders", "41009")
    boss = people.person("Bo Baas")
    people.role(boss, "board_admin", other)
    client = signed_in(boss)
    assert client.get(deed.get_absolute_url()).status_code == 404
    page = client.get(reverse("organisations:bulk_new"), {"person": [cast.amina.pk]}).content.decode()
    assert "Amina" not in page
    assert signed_in(cast.amina).get(reverse("organisations:bulk_new")).status_code == 403


def test_nobody_goes_to_a_school_that_went_up_into_another_or_to_another_board_meanwhile(cast):
    near, far = people.school("De Wilg", "07XY01", cast.board), people.school("De Els", "07XY02", cast.board)
    deeds = [
        prepared(cast, BulkVerb.MOVE, {"day": SOON.isoformat(), "school": school.pk}, cast.amina)
        for school in (near, far)
    ]
    actions.merge_schools(near, cast.wissel, by=cast.ben)
    far.board = cast.other_board
    far.save()
    for deed in deeds:
        with pytest.raises(Refused):
            actions.carry_out_bulk(deed, set(deed.affiliations), by=cast.ben)
    assert last_days(cast.amina) == {None}


@pytest.mark.parametrize("verb", [BulkVerb.END, BulkVerb.MOVE])
def test_what_was_prepared_for_a_day_that_is_over_is_not_done(cast, verb):
    near = people.school("De Wilg", "07XY01", cast.board)
    deed = prepared(cast, verb, {"day": SOON.isoformat(), "school": near.pk}, cast.amina)
    with time_machine.travel(SOON + timedelta(days=1)), pytest.raises(Refused):
        actions.carry_out_bulk(deed, set(deed.affiliations), by=cast.ben)
    assert last_days(cast.amina) == {None}


@pytest.mark.parametrize(
    ("verb", "wishes"), [(BulkVerb.FUNCTION, {"function": Function.SUPPORT}), (BulkVerb.INVITE, {})]
)
def test_what_is_over_stays_as_it_was(cast, verb, wishes):
    new = people.person("Nieuw Gezicht", joined_at=None)
    people.works(new, cast.regenboog)
    deed = prepared(cast, verb, wishes, new)
    actions.end_affiliation(new.affiliations.get(), by=cast.ben)
    with pytest.raises(Refused):
        actions.carry_out_bulk(deed, set(deed.affiliations), by=cast.ben)
    assert new.affiliations.get().function == Function.TEACHER
    assert not Invitation.objects.exists()


def test_who_is_hers_no_more_is_left_and_counted_without_a_name(cast):
    deed = carried_out(cast, BulkVerb.END, {"day": SOON.isoformat()}, cast.fatima, cast.amina)
    cast.amina.affiliations.update(school=cast.waterlelie)
    [said] = actions.take_back_bulk(deed, by=cast.ben)
    assert "1" in said and "Amina" not in said
    assert last_days(cast.amina) == {SOON}
    assert last_days(cast.fatima) == {None}


@pytest.mark.parametrize(
    "arrange",
    [
        lambda ben, row: actions.change_function(row, Function.CARE, by=ben),
        lambda ben, row: actions.give_role(row.person, RoleKind.PLANNER, row.school, by=ben),
    ],
)
def test_a_place_that_somebody_arranged_since_is_not_taken_away(cast, arrange):
    near = people.school("De Wilg", "07XY01", cast.board)
    deed = carried_out(cast, BulkVerb.MOVE, {"day": SOON.isoformat(), "school": near.pk}, cast.amina)
    arrange(cast.ben, cast.amina.affiliations.get(school=near))
    assert actions.take_back_bulk(deed, by=cast.ben) == [str(cast.amina)]
    assert cast.amina.affiliations.filter(school=near).exists()


def test_whose_names_stood_there_can_see_that_they_were_looked_at(cast, signed_in):
    signed_in(cast.ben).get(reverse("organisations:bulk_new"), {"person": [cast.amina.pk]})
    assert Look.objects.filter(by=cast.ben, person=cast.amina, page="organisations.people").exists()


def test_a_number_without_end_finds_nobody(cast, signed_in):
    ben = signed_in(cast.ben)
    for name in ("board", "school"):
        asked = {"everybody": "1", name: "9" * 5000}
        assert ben.post(reverse("organisations:bulk_new"), asked).status_code == 200


def test_old_deeds_are_forgotten(cast):
    deed = prepared(cast, BulkVerb.END, {"day": SOON.isoformat()}, cast.amina)
    assert actions.forget_deeds() == 0
    BulkDeed.objects.filter(pk=deed.pk).update(made_at=deed.made_at - timedelta(days=31))
    assert actions.forget_deeds() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_the_rows_cost_the_same_for_one_and_for_three(cast, signed_in, django_assert_num_queries, count):
    whom = [people.person(f"Robin {number}") for number in range(count)]
    for person in whom:
        people.works(person, cast.regenboog)
    deed = prepared(cast, BulkVerb.FUNCTION, {"function": Function.SUPPORT}, *whom)
    ben = signed_in(cast.ben)
    ben.get(deed.get_absolute_url())
    with django_assert_num_queries(5):
        ben.get(deed.get_absolute_url())
