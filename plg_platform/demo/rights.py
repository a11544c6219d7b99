"""What people see of their own data in the demo: who looked, what a board keeps shorter, what the last nights took."""

from datetime import timedelta

from activity.models import Look
from core.registry import terms
from organisations.models import Board, BoardTerm, TermReport
from people.models import User
from plg_platform.demo.staff import main_address

#: Who looked, at whom, on which page, how many days ago.
LOOKS = [
    ("board_admin", "teacher", "organisations.person", 2),
    ("board_admin", "teacher", "organisations.people", 9),
    ("board_admin", "facilitator", "organisations.person", 4),
    ("school_leader", "facilitator", "organisations.people", 6),
]
NIGHTS = [
    {"notifications": 14, "letters": 31, "drafts": 2},
    {"letters": 28, "invitations": 1},
    {"letters": 35, "requests": 6},
]


def fill(builder):
    """Looks, a term and reports of three nights."""
    who = {part: User.objects.get(email=main_address(part)) for part in {each for row in LOOKS for each in row[:2]}}
    Look.objects.bulk_create(
        Look(
            by=who[by],
            person=who[person],
            page=page,
            day=(builder.moment - timedelta(days=ago)).date(),
            at=builder.moment - timedelta(days=ago),
        )
        for by, person, page, ago in LOOKS
    )
    board = Board.objects.order_by("pk").last()
    BoardTerm.objects.create(board=board, kind="notifications", days=180)
    for ago, counts in enumerate(reversed(NIGHTS)):
        at = (builder.moment - timedelta(days=len(NIGHTS) - 1 - ago)).replace(hour=2, minute=10)
        TermReport.objects.create(at=at, counts={name: count for name, count in counts.items() if name in terms})
