"""The page of a PLG: its inside for members, its card for others, in few queries."""

import pytest

from communities import actions
from tests.cast import meeting, member
from tests.communities._plg import newcomer, queries_of

# Of these, five are the shell's: who she is, where she works, her bell, the name of her board.
HOME, MEMBERS, CARD = 12, 8, 12


def test_the_home_of_a_plg_takes_the_same_queries_for_three_as_for_one(cast, signed_in):
    amina, counts = signed_in(cast.amina), []
    for rows in (1, 3):
        for n in range(rows):
            meeting(cast.maths, days=7 * n + rows)
            member(cast.maths, newcomer(cast, f"Collega {rows}{n}"))
        count, page = queries_of(amina, cast.maths.get_absolute_url())
        counts.append(count)
    assert page.context["size"] == 3 + 1 + 3
    assert len(page.content) < 60_000
    assert counts[0] == counts[1] <= HOME


def test_the_page_of_members_too(cast, signed_in):
    fatima, counts = signed_in(cast.fatima), []
    for rows in (1, 3):
        for n in range(rows):
            actions.join(cast.maths, by=newcomer(cast, f"Collega {rows}{n}"), promised=True)
            actions.invite(cast.maths, by=cast.fatima, address=f"collega{rows}{n}@school.example")
        count, page = queries_of(fatima, f"/communities/{cast.maths.pk}/members/")
        counts.append(count)
    assert len(page.context["requested"]) == 4
    assert counts[0] == counts[1] <= MEMBERS


def test_the_card_too(cast, signed_in):
    bram, counts = signed_in(cast.bram), []
    for rows in (1, 3):
        for n in range(rows):
            meeting(cast.maths, days=7 * n + rows)
            member(cast.maths, newcomer(cast, f"Collega {rows}{n}"))
        counts.append(queries_of(bram, cast.maths.get_absolute_url())[0])
    assert counts[0] == counts[1] <= CARD


def test_members_see_the_question_and_each_other(cast, signed_in):
    page = signed_in(cast.amina).get(cast.maths.get_absolute_url()).text
    for word in (cast.maths.question, "Fatima Aydin", "Gijs Postma", "De Regenboog, De Wissel"):
        assert word in page


@pytest.mark.parametrize("who", ["els", "bram", "ben", "noor", "gijs"])
def test_the_card_never_shows_the_inside(cast, signed_in, who):
    answer = signed_in(getattr(cast, who)).get(cast.maths.get_absolute_url())
    assert answer.status_code == 200
    assert cast.maths.question not in answer.text
    assert cast.maths.blurb in answer.text


def test_a_leader_sees_who_of_her_school_takes_part_and_nobody_else(cast, signed_in):
    page = signed_in(cast.bram).get(cast.maths.get_absolute_url()).text
    assert "Amina Yildiz" in page
    assert "Tom Hendriks" not in page  # he works at De Wissel
    assert "Amina Yildiz" not in signed_in(cast.els).get(cast.maths.get_absolute_url()).text


def test_requests_and_addresses_are_for_the_facilitator_only(cast, signed_in):
    actions.join(cast.maths, by=cast.els, promised=True, message="Ik twijfel over mijn groep.")
    actions.invite(cast.maths, by=cast.fatima, address="marjan@basisschool.example")
    url = f"/communities/{cast.maths.pk}/members/"
    for word in ("Ik twijfel over mijn groep.", "marjan@basisschool.example"):
        assert word in signed_in(cast.fatima).get(url).text
        assert word not in signed_in(cast.amina).get(url).text


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("fatima", 200),
        ("amina", 200),
        ("gijs", 403),
        ("els", 404),
        ("bram", 404),
        ("ben", 404),
        ("paula", 404),
        ("dele", 404),
    ],
)
def test_who_sees_the_members(cast, signed_in, who, answer):
    expected = 404 if answer == 403 else answer  # seen from outside, the inside is not there
    assert signed_in(getattr(cast, who)).get(f"/communities/{cast.maths.pk}/members/").status_code == expected
