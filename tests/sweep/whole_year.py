"""What the demo has only finished: a report that is being written, and a team that is being asked."""

from datetime import timedelta

from communities.models import Community
from core.time import today
from organisations.models import Board, School
from participation.learning import actions as learning
from participation.learning.models import Cycle
from participation.reports import actions as reports
from people.calendar import school_year
from people.models import User
from plg_platform.demo import staff


def in_the_making() -> None:
    """A draft of PLG Lezen, the board's self-scan that is open, next year's wish of De Regenboog without one."""
    year = school_year(today())
    people = {who: User.objects.get(email=staff.main_address(who)) for who in ("facilitator", "board_admin")}
    reports.begin(Community.objects.get(name="PLG Lezen met plezier"), by=people["facilitator"], year=year)
    board = Board.objects.get(name="Bestuur De Brug")
    cycle = learning.begin(board, by=people["board_admin"], year=year, wish="Scholen kijken bij elkaar.")
    learning.open_scan(cycle, by=people["board_admin"], closes_on=today() + timedelta(days=14))
    school = School.objects.get(name="De Regenboog")
    Cycle.objects.create(school=school, year=year + 1, wish="Ook ouders merken het.")
