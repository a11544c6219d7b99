"""So it went with me: told in a minute, counted for the card, read by who sees the resource."""

from datetime import timedelta

import pytest
from django.urls import reverse

from activity.models import Activity, Notification
from core.refusals import Refused
from core.time import today
from knowledgehub import experiences
from knowledgehub.actions import publishing, using
from knowledgehub.models import Experience, Resource
from tests import cast as people

TOLD = {"again": "yes", "used_on": today(), "level": "Groep 6", "band": "21-25", "minutes": 60}


@pytest.fixture
def strips(cast):
    """A lesson of Amina and Tom, for everybody with an account."""
    return people.resource(cast.amina, cast.tom)


def tell(resource, by, days=0, **more):
    said = TOLD | {"used_on": today() - timedelta(days=days)} | more
    return using.tell(resource, by=by, **said)


def test_els_tells_how_it_went_and_the_makers_hear_of_it(cast, strips, signed_in):
    client = signed_in(cast.els)
    form = client.get(reverse("knowledgehub:tell", args=[strips.pk]))
    assert form.context["form"].initial["used_on"] == today()
    answer = client.post(
        reverse("knowledgehub:tell", args=[strips.pk]),
        TOLD | {"changed": "Eerst samen één strook gevouwen.", "pupils_did": "Ze legden ze onder elkaar."},
    )
    assert answer.status_code == 302
    row = Experience.objects.get()
    assert (row.person, row.school, row.is_adapted) == (cast.els, cast.regenboog, True)
    told = Notification.objects.filter(activity__kind="knowledgehub.told").values_list("person", flat=True)
    assert set(told) == {cast.amina.pk, cast.tom.pk}
    page = signed_in(cast.dele).get(reverse("knowledgehub:experiences", args=[strips.pk])).content.decode()
    assert "Els Jansen, De Regenboog" in page and "Eerst samen één strook gevouwen." in page


def test_cards_say_how_it_was_used(cast, strips):
    assert experiences.said(strips) == ""
    tell(strips, cast.els, days=21, is_adapted=True, changed="Korter.")
    tell(strips, cast.bram, days=40, again="doubt", level="Groep 4")
    strips.refresh_from_db()
    assert (strips.used, strips.used_again, strips.used_adapted) == (2, 1, 1)
    assert experiences.said(strips) == "1 doet het weer, 1 paste het aan. Laatst 21 dagen geleden in Groep 6."


def test_the_four_figures_stand_above_the_list(cast, strips):
    tell(strips, cast.els, days=3, minutes=50)
    tell(strips, cast.bram, days=9, minutes=60, again="no")
    tell(strips, cast.fatima, days=10, minutes=70, is_adapted=True)
    found = experiences.figures(strips)
    assert found.title == "Zo ging het bij 3 collega's"
    assert [figure for figure, _said in found.shown][:3] == ["2 van 3", "1 van 3", "60 min"]


def test_what_is_removed_counts_no_more(cast, strips):
    row = tell(strips, cast.els)
    using.remove_experience(row, by=cast.els)
    strips.refresh_from_db()
    assert (strips.used, strips.used_last_on, strips.used_last_in) == (0, None, "")


def test_changing_counts_anew_and_nobody_hears_of_it(cast, strips):
    row = tell(strips, cast.els, is_adapted=True, changed="Korter.")
    using.edit_experience(row, by=cast.els, **TOLD | {"again": "no", "is_adapted": False, "changed": "Korter."})
    strips.refresh_from_db()
    row.refresh_from_db()
    assert (strips.used_again, strips.used_adapted, row.changed) == (0, 0, "")
    assert Activity.objects.filter(kind="knowledgehub.told").count() == 1


def test_one_day_is_told_once_and_none_that_is_to_come(cast, strips, signed_in):
    tell(strips, cast.els)
    with pytest.raises(Refused, match="al verteld"):
        tell(strips, cast.els)
    answer = signed_in(cast.bram).post(
        reverse("knowledgehub:tell", args=[strips.pk]),
        TOLD | {"used_on": today() + timedelta(days=1), "pupils_did": "Ze bouwden torens."},
    )
    assert answer.status_code == 422
    assert "Ze bouwden torens." in answer.content.decode()


def test_nobody_tells_of_what_is_withdrawn(cast, strips):
    publishing.withdraw(strips, by=cast.amina, why="Er zat een fout in.")
    with pytest.raises(Refused):
        tell(strips, cast.els)


def test_who_may_not_see_the_resource_sees_nothing_of_how_it_went(cast, signed_in):
    closed = people.resource(cast.amina, audience="plg", of=cast.maths)
    row = tell(closed, cast.tom, pupils_did="Ze telden door.")
    for name in ("experiences", "tell", "take", "collect", "download", "detail"):
        assert signed_in(cast.dele).get(reverse(f"knowledgehub:{name}", args=[closed.pk])).status_code == 404, name
    assert not Experience.objects.allowing(cast.dele, "view").exists()
    assert Experience.objects.allowing(cast.fatima, "view").get() == row


def test_on_the_web_stand_figures_and_no_names(cast, signed_in):
    strips = people.resource(cast.amina, audience="public")
    tell(strips, cast.els, pupils_did="Ze telden door.")
    page = signed_in().get(strips.get_absolute_url()).content.decode()
    assert "Zo ging het bij 1 collega" in page
    assert "Els Jansen" not in page and "Ze telden door." not in page


def test_only_she_changes_her_words(cast, strips, signed_in):
    row = tell(strips, cast.els)
    address = reverse("knowledgehub:edit_experience", args=[row.pk])
    assert signed_in(cast.els).get(address).status_code == 200
    assert signed_in(cast.bram).get(address).status_code == 403
    assert signed_in(cast.bram).post(reverse("knowledgehub:remove_experience", args=[row.pk])).status_code == 403


def test_the_list_asks_as_much_for_three_as_for_one(cast, strips, signed_in, django_assert_num_queries):
    client, address = signed_in(cast.els), reverse("knowledgehub:experiences", args=[strips.pk])
    tell(strips, cast.els)
    client.get(address)
    with django_assert_num_queries(QUERIES):
        client.get(address)
    tell(strips, cast.bram)
    tell(strips, cast.fatima)
    with django_assert_num_queries(QUERIES):
        client.get(address)


QUERIES = 6


def test_two_who_tell_at_once_are_both_counted(cast, strips):
    for person in (cast.els, cast.bram, cast.fatima):
        tell(strips, person)
    assert Resource.objects.get().used == 3
