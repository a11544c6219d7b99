"""Figures as the worker makes them when a month closes, for tests that look at what is shown of them."""

from participation import months
from participation.models import Figure


def counted(school, month, minutes, subject="maths", **fields):
    """A figure of one school; without a school of `board`, for small ones together."""
    board = fields.pop("board", None) or school.board
    fields = {"people": 6, "counted": minutes} | fields
    return Figure.objects.create(month=month, board=board, school=school, subject=subject, minutes=minutes, **fields)


def closed(year):
    """The months of a school year that have closed, without the summer's."""
    return [each for each in months.of_school_year(year) if each <= months.last_closed() and each.month not in (7, 8)]
