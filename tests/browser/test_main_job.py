"""The main job on the cast, on a phone and on a desktop."""

import pytest

from organisations.models import Board
from tests import cast as make
from tests.main_job import WIDTHS, Walk, set_the_stage


@pytest.mark.parametrize("width", WIDTHS)
def test_a_teacher_is_invited_joins_answers_and_was_there(website, mailserver, browser, width):
    boards = [make.board(), make.board("Stichting Rijnoevers", "41002")]
    names = ["De Regenboog", "De Wissel", "De Waterlelie", "De Vlieger"]
    schools = [
        make.school(name, f"0{number}XY00", boards[number // 2], region=("Midden", "Zuid")[number // 2])
        for number, name in enumerate(names)
    ]
    with Walk(set_the_stage(boards, schools), browser, website, mailserver, width) as walk:
        walk.everything()
    assert Board.objects.count() == 2
