"""What is kept of me: the page says it, and costs the same for one administrator who looked and for three."""

import pytest
from django.contrib.admin.sites import site
from django.test import RequestFactory
from django.urls import reverse

from activity.looks import PAGES, note
from activity.models import Look
from core.registry import exports
from people import admin
from people.models import User


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_for_one_look_and_for_three(cast, signed_in, django_assert_num_queries, count):
    for who in (cast.ben, cast.noor, cast.paula)[:count]:
        note(who, [cast.amina], "organisations.person")
    browser = signed_in(cast.amina)
    browser.get(reverse("people:my_data"))
    with django_assert_num_queries(6):
        page = browser.get(reverse("people:my_data")).content.decode()
    assert page.count("Je pagina bij de mensen van het bestuur") == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_terms_cost_the_same_for_one_board_and_for_three(cast, signed_in, django_assert_num_queries, count):
    from organisations.terms import carry_out, choose
    from tests.cast import board, role

    boards = [cast.board, board("Stichting Zuid", "41003"), board("Stichting West", "41004")][:count]
    for one in boards:
        if one != cast.board:
            role(cast.ben, "board_admin", one)
        choose(one, "drafts", 60, by=cast.ben)
        carry_out()
    browser = signed_in(cast.ben)
    browser.get(reverse("organisations:retention"))
    with django_assert_num_queries(5):
        page = browser.get(reverse("organisations:retention")).content.decode()
    assert page.count(": 2 maanden") == count


@pytest.mark.parametrize("name", list(exports))
def test_each_section_stands_on_the_page(cast, signed_in, name):
    from django.utils.html import escape
    from django.utils.translation import override

    page = signed_in(cast.amina).get(reverse("people:my_data")).content.decode()
    with override("nl"):
        assert escape(str(exports[name].title)) in page
        assert escape(str(exports[name].seen_by)) in page


def test_the_terms_are_those_that_hold_for_her(cast, signed_in):
    from organisations.terms import choose
    from tests.cast import works

    choose(cast.board, "notifications", 180, by=cast.ben)
    page = signed_in(cast.amina).get(reverse("people:my_data")).content.decode()
    assert "We bewaren het 6 maanden." in page
    assert "We bewaren het 1 jaar." in signed_in(cast.dele).get(reverse("people:my_data")).content.decode()
    choose(cast.other_board, "notifications", 60, by=cast.paula)
    works(cast.amina, cast.waterlelie)
    assert "We bewaren het 2 maanden." in signed_in(cast.amina).get(reverse("people:my_data")).content.decode()


def looks():
    return set(Look.objects.values_list("by__name", "person__name", "page"))


def test_an_administrator_who_opens_a_page_is_seen(cast, signed_in):
    signed_in(cast.ben).get(reverse("organisations:person", args=[cast.amina.pk]))
    assert looks() == {("Ben Kuiper", "Amina Yildiz", "organisations.person")}


def test_who_is_on_a_list_is_seen_too_but_not_oneself(cast, signed_in):
    signed_in(cast.bram).get(reverse("organisations:people"))
    assert {name for _by, name, _page in looks()} == {"Fatima Aydin", "Amina Yildiz", "Els Jansen"}


def test_a_technical_administrator_is_seen(cast, signed_in):
    User.objects.filter(pk=cast.paula.pk).update(is_staff=True, is_superuser=True)
    signed_in(cast.paula).get(reverse("admin:people_user_changelist"))
    assert ("Paula Smit", "Amina Yildiz", "people.technical") in looks()
    Look.objects.all().delete()
    signed_in(cast.paula).get(reverse("admin:people_user_change", args=[cast.tom.pk]))
    assert looks() == {("Paula Smit", "Tom Hendriks", "people.technical")}


def test_what_one_does_oneself_is_no_look(cast, signed_in):
    signed_in(cast.amina).get(reverse("people:my_data"))
    signed_in(cast.tom).get(reverse("communities:members", args=[cast.maths.pk]))
    assert looks() == set()


def test_every_page_on_which_one_is_seen_has_its_words(cast):
    request = RequestFactory().get("/")
    request.user = cast.paula
    assert admin.UserAdmin(User, site).get_object(request, cast.tom.pk)
    assert {page for _by, _person, page in looks()} <= set(PAGES)
