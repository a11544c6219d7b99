"""The home of who manages a network or board: PLGs by need, who works with whom, people on their way in."""

from collections import Counter
from datetime import timedelta
from itertools import combinations

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity import asks
from communities.choices import LEADING, State
from communities.meetings.models import Attendance, Meeting
from communities.models import Communities, Community, Membership
from core.models import QuerySet
from core.prepared import prepared
from core.time import today
from organisations.models import Board, Boards, Invitation, Invitations, Network, StaffImport
from organisations.rules import standing

FEWEST = 5  # a figure of behaviour about fewer people is not shown
MOST_BOARDS = 14  # more do not fit beside each other; the busiest are shown


def context(user):
    """What the page shows, as facts; of attendance at most one word, over closed months, from five members on."""
    mine = standing(user)
    networks = list(Network.objects.filter(pk__in=mine.networks_run).order_by("sort_name"))
    boards = list(boards_of(mine, networks))
    rows = list(in_view(user))
    needs = by_need(rows)
    helped = {row.pk for group in needs for row in group["rows"]}
    lists = StaffImport.objects.allowing(user, "view").filter(done_at=None, undone_at=None)
    invitations = OpenInvitations(Invitation).by_moment(now() + timedelta(days=7)).allowing(user, "view").open()
    return {
        "networks": networks,
        "boards": boards,
        "schools_count": sum(board.schools_count for board in boards),
        "total": len(rows),
        "fine": len(rows) - len(helped),
        "helped": len(helped),
        "needs": needs,
        "first": next((group["rows"][0] for group in needs if group["rows"]), None),
        "together": together(rows, boards),
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


def in_view(user):
    """Every living PLG whose facts this user may know, with what tells whether it needs help."""
    return InView(Community).for_home(user, now())


class InView(Communities):
    @prepared
    def for_home(self, user, at):
        """Every living PLG whose facts this user may know, with what tells whether it needs help."""
        leading = Membership.objects.active().filter(community=OuterRef("pk"), role__in=LEADING)
        coming = Meeting.objects.upcoming(at).filter(community=OuterRef("pk"))
        last = Meeting.objects.past(at).filter(community=OuterRef("pk"))
        return (
            self.allowing(user, "facts")
            .with_powers(user, "view", "appoint")
            .living()
            .with_seats()
            .annotate(
                is_led=Exists(leading),
                next_on=Subquery(coming.values("held_on")[:1]),
                last_on=Subquery(last.values("held_on")[:1]),
            )
            .select_related("owner_school", "owner_board", "owner_network")
            .order_by("sort_name")
        )


def by_need(rows):
    """The PLGs that could use help, each once, under the first reason that holds."""
    unled = [row for row in rows if not row.is_led]
    dateless = [row for row in rows if row.is_led and row.state == State.ACTIVE and not row.next_on]
    seen = {row.pk for row in unled + dateless}
    rest = [row for row in rows if row.pk not in seen]
    few = less_than_half([row.pk for row in rest])
    low = [row for row in rest if row.pk in few]
    groups = [
        {"name": "facilitator", "icon": "user-question", "title": _("No facilitator"), "short": _("no facilitator")},
        {"name": "date", "icon": "calendar-off", "title": _("No date"), "short": _("no date")},
        {"name": "attendance", "icon": "users-minus", "title": _("Low attendance"), "short": _("low attendance")},
    ]
    return [group | {"rows": found} for group, found in zip(groups, (unled, dateless, low), strict=True)]


def less_than_half(communities):
    """Ids of those where fewer than half were there in the last two closed months, of five people or more."""
    month = today().replace(day=1)
    begin = (month - timedelta(days=40)).replace(day=1)
    counts = Counted(Attendance).by_community(communities, begin, month)
    return {community for community, asked, were, people in counts if people >= FEWEST and 2 * were < asked}


class Counted(QuerySet):
    @prepared
    def by_community(self, communities, begin, end):
        """A line for each community: its id, how often somebody was expected and was there, and how many people."""
        return (
            self.filter(meeting__community__in=communities, meeting__held_on__gte=begin, meeting__held_on__lt=end)
            .values_list("meeting__community")
            .annotate(
                asked=Count("pk"), were=Count("pk", filter=Q(was_there=True)), people=Count("person", distinct=True)
            )
        )


def together(rows, boards):
    """How many PLGs each two boards share: the sentence first, then a triangle of numbers."""
    names = {board.pk: board.name for board in boards}
    pairs, of_board = Counter(), {}
    places = (
        Membership.objects.active()
        .filter(community__in=rows, school__board__in=list(names))
        .values_list("community", "school__board")
        .distinct()
    )
    for community, board in places:
        of_board.setdefault(community, set()).add(board)
    for found in of_board.values():
        pairs.update(combinations(sorted(found), 2))
    busy = [board for board in boards if any(board.pk in pair for pair in pairs)]
    shown = (busy + [board for board in boards if board not in busy])[:MOST_BOARDS]
    table = [
        {
            "number": place + 1,
            "board": board,
            "cells": [pairs[tuple(sorted((board.pk, other.pk)))] for other in shown[:place]],
            "rest": range(len(shown) - place - 1),
        }
        for place, board in enumerate(shown)
    ]
    best = pairs.most_common(1)
    return {
        "busy": len(busy),
        "total": len(boards),
        "shown": shown,
        "table": table,
        "best": {"names": [names[pk] for pk in best[0][0]], "count": best[0][1]} if best else None,
        "alone": [board for board in boards if board not in busy][:3],
    }
