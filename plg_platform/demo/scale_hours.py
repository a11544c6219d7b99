"""School years of hours behind the people of `scale`: the ledger row by row, or only the figures made of one."""

from datetime import timedelta
from random import Random

import pgtrigger
from django.db import connection, transaction

from communities.choices import Theme
from communities.models import Community
from organisations.choices import HoursKind
from organisations.models import Board, Hours, School
from participation import closing, months, rollups
from participation.models import Closing, Figure
from people.calendar import days_of_school_year, school_year
from people.models import User
from plg_platform.demo.scale import IN_PLG, PLG_SIZE, Table

KINDS = [HoursKind.MEETING, HoursKind.VISIT, HoursKind.MEETING, *HoursKind]
SUBJECTS = ["", *list(Theme)[:3], HoursKind.TRAINING]  # of a school in the figures of the country
FEW = 7  # people in a figure there, at least


@transaction.atomic
def ledger(seed, *, years, rows):
    """So many rows of hours for each person, spread over so many school years up to today; nothing is counted yet."""
    table = Table(Hours)
    with pgtrigger.ignore():  # all days are summed anew below
        return table.write(_rows(seed, years, rows))


def _rows(seed, years, rows):
    chance = Random(5)  # noqa: S311 - the same rows every time
    first = days_of_school_year(school_year(seed.day) - years + 1)[0]
    span = (seed.day - first).days
    themes = seed.table[Community].first
    for person in range(seed.people):
        school = seed.school_of(person)
        takes_part = person % PLG_SIZE < IN_PLG and person // PLG_SIZE < seed.plgs
        where = {
            "person_id": seed.id(User, person),
            "school_id": seed.id(School, school),
            "board_id": seed.id(Board, seed.board_of(school)),
        }
        for n in range(rows):
            day = first + timedelta(days=chance.randrange(span))
            while day.weekday() > 4:
                day -= timedelta(days=1)
            yield where | {
                "kind": KINDS[n % len(KINDS)],
                "minutes": 15 * (1 + n % 8),
                "held_on": day,
                "source": f"scale:{n}",
                "community_id": themes + person // PLG_SIZE if takes_part and n % 5 else None,
            }


def close():
    """Sum the days, and close all months that are over, as the worker does; returns how many months of a board."""
    rollups.rebuild()
    closed = closing.close_due()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return closed


@transaction.atomic
def figures(seed, *, years):
    """The figures of so many school years of every school, without the ledger that they would be made of."""
    chance = Random(6)  # noqa: S311 - the same figures every time
    last = months.last_closed(seed.day)
    first = days_of_school_year(school_year(seed.day) - years + 1)[0]
    span = list(months.between(first, last))
    written = Table(Figure).write(_figures(seed, span, chance))
    Table(Closing).write(
        {"board_id": seed.id(Board, board), "month": month} for board in range(seed.boards) for month in span
    )
    rollups.refresh_nation()
    return written


def _figures(seed, span, chance):
    for school in range(seed.schools):
        where = {"school_id": seed.id(School, school), "board_id": seed.id(Board, seed.board_of(school))}
        for month in span:
            for subject in SUBJECTS:
                people = FEW + chance.randrange(12)
                minutes = 90 * people - 15 * chance.randrange(20)
                yield where | {
                    "month": month,
                    "subject": subject,
                    "minutes": minutes,
                    "counted": minutes,
                    "people": people,
                    "asked": people,
                    "were": people - chance.randrange(3),
                    "most": 1,
                }
