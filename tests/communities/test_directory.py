"""Finding a PLG: by theme, level, words and free seats, in as many queries for three as for one."""

import pytest

from communities.choices import Listed, State, Theme
from tests.cast import member, plg, works
from tests.communities._plg import open_plg, queries_of


def names(page):
    return [community.name for community in page.context["page"]]


@pytest.fixture
def library(cast):
    """Three more PLGs of De Wissel."""
    reading = plg(
        cast.wissel,
        "PLG Lezen",
        theme=Theme.READING,
        blurb="Voorlezen tot de bel",
        levels="groep 3",
        join_policy="open",
    )
    arts = plg(cast.wissel, "Kunst en dans", theme=Theme.ARTS, levels="groep 7", seats_min=2, seats_max=2)
    member(arts, cast.tom)
    member(arts, cast.els)
    plg(cast.wissel, "Nog geheim", state=State.CONCEPT, listed=Listed.EVERYONE)
    plg(cast.wissel, "Alleen voor leden", listed=Listed.NOBODY)
    return reading


def test_what_one_finds_without_asking(cast, library, signed_in):
    assert names(signed_in(cast.amina).get("/communities/directory/")) == ["Kunst en dans", "PLG Lezen", "PLG Rekenen"]
    assert names(signed_in(cast.dele).get("/communities/directory/")) == []


@pytest.mark.parametrize(
    ("wish", "found"),
    [
        ("theme=reading", ["PLG Lezen"]),
        ("q=voorlezen", ["PLG Lezen"]),
        ("q=lezen+plg", ["PLG Lezen"]),
        ("q=LÉZEN", ["PLG Lezen"]),
        ("level=groep+7", ["Kunst en dans"]),
        ("seats=on", ["PLG Lezen", "PLG Rekenen"]),
        ("q=zeilen", []),
        ("theme=sailing&page=999", ["Kunst en dans", "PLG Lezen", "PLG Rekenen"]),
        ("q=" + "x" * 500, ["Kunst en dans", "PLG Lezen", "PLG Rekenen"]),
        ("q=%25", []),
        ("q=%00", ["Kunst en dans", "PLG Lezen", "PLG Rekenen"]),
    ],
)
def test_searching(cast, library, signed_in, wish, found):
    answer = signed_in(cast.amina).get(f"/communities/directory/?{wish}")
    assert answer.status_code == 200
    assert names(answer) == found


def test_learning_questions_and_secret_names_are_not_searched(cast, library, signed_in):
    assert names(signed_in(cast.els).get("/communities/directory/?q=kinderen+al+weten")) == []
    assert names(signed_in(cast.els).get("/communities/directory/?q=geheim")) == []


def test_an_empty_directory_teaches(cast, signed_in):
    works(cast.dele, cast.waterlelie)
    page = signed_in(cast.dele).get("/communities/directory/").text
    assert "/communities/start/" in page


def test_twenty_on_a_page_with_the_wishes_in_the_address(cast, signed_in):
    for n in range(25):
        plg(cast.wissel, f"PLG {n:02}", theme=Theme.READING)
    page = signed_in(cast.amina).get("/communities/directory/?theme=reading")
    assert len(names(page)) == 20
    assert "?page=2&amp;theme=reading" in page.text
    assert len(names(signed_in(cast.amina).get("/communities/directory/?theme=reading&page=2"))) == 5


def test_the_directory_takes_the_same_queries_for_three_as_for_one(cast, signed_in):
    amina = signed_in(cast.amina)
    one, _page = queries_of(amina, "/communities/directory/")
    for n in range(2):
        open_plg(cast, name=f"PLG {n}")
    three, page = queries_of(amina, "/communities/directory/")
    assert len(names(page)) == 3
    assert one == three <= 9


def test_my_plgs_too(cast, signed_in):
    amina = signed_in(cast.amina)
    one, _page = queries_of(amina, "/communities/")
    for n in range(2):
        member(open_plg(cast, name=f"PLG {n}"), cast.amina)
    three, page = queries_of(amina, "/communities/")
    assert len(page.context["mine"]) == 3
    assert one == three <= 8
