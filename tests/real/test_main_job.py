"""The main job on real schools: all of DUO's list is there, two real boards learn together."""

import os

import pytest
from django.db.models import Count, Q

from organisations.imports import duo
from organisations.models import Board, School
from tests.main_job import WIDTHS, Walk, set_the_stage
from tests.real.test_import import BOARDS, DATA, SCHOOLS

pytestmark = [
    pytest.mark.real,
    pytest.mark.skipif(not DATA.is_dir() and not os.environ.get("CI"), reason="shared/data is absent"),
]


def two_boards():
    """Two real boards of four schools or more in different holiday regions, boards with a known name first."""
    rows = Board.objects.annotate(size=Count("schools", filter=Q(schools__gone_at=None))).filter(size__gte=4)

    def of(region):
        return rows.filter(pk__in=School.objects.filter(region=region).values("board")).order_by("-is_named", "number")

    first = of("Midden").first()
    return [first, of("Zuid").exclude(pk=first.pk).first()]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_main_job_of_two_real_boards(website, mailserver, browser, width):
    assert duo.import_schools(SCHOOLS).rows == 6122
    duo.name_boards(BOARDS)
    assert Board.objects.count() == 749
    boards = two_boards()
    schools = [school for board in boards for school in board.schools.open().order_by("sort_name")[:2]]
    assert School.objects.count() == 6122
    assert len({school.board_id for school in schools}) == 2
    with Walk(set_the_stage(boards, schools), browser, website, mailserver, width) as walk:
        walk.everything()
