"""Words that a PLG is found by: its facilitator gives them, the directory shows and searches them."""

import pytest

from communities.choices import Listed
from tests.cast import member, plg


def settings_of(community, **changed):
    fields = ("name", "theme", "question", "cadence_weeks", "seats_min", "seats_max", "join_policy", "listed")
    return {name: getattr(community, name) for name in fields} | changed


def edit(browser, community, tags):
    return browser.post(f"/communities/{community.pk}/edit/", settings_of(community, tags=tags))


def test_a_facilitator_gives_words_and_others_find_the_plg_by_them(cast, signed_in):
    assert edit(signed_in(cast.fatima), cast.maths, "Breuken, lesson study,breuken, ").status_code == 302
    assert sorted(cast.maths.tags.names()) == ["breuken", "lesson study"]
    amina = signed_in(cast.amina)
    page = amina.get("/communities/directory/?q=lesson+stud")
    assert [each.name for each in page.context["page"]] == ["PLG Rekenen"]
    assert ">lesson study<" in page.text
    assert not amina.get("/communities/directory/?q=zeilen").context["page"].object_list
    assert ">breuken<" in signed_in(cast.els).get(f"/communities/{cast.maths.pk}/").text


@pytest.mark.parametrize("tags", [",".join(f"woord{n}" for n in range(9)), "x" * 41])
def test_few_and_short_words_only(cast, signed_in, tags):
    answer = edit(signed_in(cast.fatima), cast.maths, tags)
    assert answer.status_code == 422
    assert tags in answer.text


def test_words_of_others_are_proposed_but_never_those_of_a_plg_one_cannot_find(cast, signed_in):
    plg(cast.wissel, "PLG Lezen").tags.add("leesplezier")
    plg(cast.wissel, "Alleen voor leden", listed=Listed.NOBODY).tags.add("geheim plan")
    page = signed_in(cast.fatima).get(f"/communities/{cast.maths.pk}/edit/").text
    assert "leesplezier" in page
    assert "geheim plan" not in page
    assert not signed_in(cast.amina).get("/communities/directory/?q=geheim").context["page"].object_list


@pytest.mark.parametrize("count", [1, 3])
def test_words_of_a_whole_page_come_in_one_query(cast, signed_in, count, django_assert_max_num_queries):
    for number in range(count):
        group = plg(cast.wissel, f"PLG {number}")
        group.tags.add("breuken", f"woord {number}")
        member(group, cast.tom)
    browser = signed_in(cast.amina)
    browser.get("/communities/directory/")
    with django_assert_max_num_queries(7):
        browser.get("/communities/directory/")
