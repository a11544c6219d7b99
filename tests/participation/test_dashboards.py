"""The figures of a school, a board and a network, as those see them who may."""

import pytest

from tests import cast as people


@pytest.fixture
def bram(cast, signed_in):
    return signed_in(cast.bram)


def test_a_leader_finds_her_figures_in_the_menu(cast, bram):
    page = bram.get("/").content.decode()
    assert 'href="/participation/"' in page
    assert bram.get("/participation/").headers["Location"] == f"/participation/school/{cast.regenboog.pk}/"


def test_a_new_school_reads_when_its_first_figure_comes(cast, bram):
    for name in ("Dewi", "Ezra", "Finn", "Guus", "Hind"):
        people.works(people.person(name), cast.regenboog)
    answer = bram.get(f"/participation/school/{cast.regenboog.pk}/")
    assert "Hier staat nog niets" in answer.content.decode()
