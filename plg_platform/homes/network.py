"""The home of who manages a network or board: PLGs by need, who works with whom, people on their way in."""

from datetime import timedelta

from django.db.models import Count, Q, Value
from django.utils.timezone import now

from activity import asks
from core.prepared import prepared
from organisations.models import Board, Boards, Invitation, Invitations, Network, StaffImport
from organisations.rules import standing
from participation import months, needs, together
from participation.rules import see_needs

MOST_ROWS = 4  # of each need; all of them have a page of their own


def context(user):
    """What the page shows, as facts; of attendance at most one word, over a closed month, from five members on."""
    mine = standing(user)
    networks = list(Network.objects.filter(pk__in=mine.networks_run).order_by("sort_name"))
    boards = list(boards_of(mine, networks))
    rows = list(needs.in_view(user))
    groups = needs.by_need(rows)
    helped = {row.pk for group in groups for row in group["rows"]}
    lists = StaffImport.objects.allowing(user, "view").filter(done_at=None, undone_at=None)
    invitations = OpenInvitations(Invitation).by_moment(now() + timedelta(days=7)).allowing(user, "view").open()
    return {
        "networks": networks,
        "boards": boards,
        "boards_run": [board for board in boards if board.pk in mine.boards_run],
        "runs_platform": mine.is_platform_admin,
        "schools_count": sum(board.schools_count for board in boards),
        "total": len(rows),
        "fine": len(rows) - len(helped),
        "helped": len(helped),
        "needs": groups,
        "sees_needs": see_needs(user),
        "most_rows": MOST_ROWS,
        "month": months.last_closed(),
        "first": next((group["rows"][0] for group in groups if group["rows"]), None),
        "together": together.of_boards(user, boards) if len(boards) > 1 else None,
        "invitations": dict(zip(("open", "expiring"), next(iter(invitations), (0, 0)), strict=True)),
        "imports": lists.select_related("board")[:3],
        "asks": asks.for_today(user, limit=3),
    }


def boards_of(mine, networks):
    """The boards that are run, alone or through a network, each with the number of its open schools."""
    return RunBoards(Board).for_home(mine.boards_run, [network.pk for network in networks])


class OpenInvitations(Invitations):
    @prepared
    def by_moment(self, soon):
        """One row: how many there are, and how many expire before this moment."""
        counted = self.order_by().annotate(together=Value(1)).values("together")
        counted = counted.annotate(open=Count("pk"), expiring=Count("pk", filter=Q(expires_at__lt=soon)))
        return counted.values_list("open", "expiring")


class RunBoards(Boards):
    @prepared
    def for_home(self, boards, networks):
        """These boards and those of these networks, each with the number of its open schools."""
        through = Board.networks.through.objects.filter(network__in=networks).values("board")
        return (
            self.filter(Q(pk__in=boards) | Q(pk__in=through))
            .annotate(schools_count=Count("schools", filter=Q(schools__gone_at=None)))
            .order_by("sort_name")
        )
