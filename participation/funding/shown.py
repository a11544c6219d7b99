"""Where funding shows itself: in the menu of who runs something, and on the page of a board."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.rules import standing
from core.context import item
from core.links import address
from organisations.models import Board
from organisations.rules import standing as at_work
from participation.funding.models import DueDate, Grant


def lines(user):
    """In the menu of who runs a board or network; of who only facilitates, beneath her own name."""
    mine = at_work(user)
    if mine.networks_run or mine.boards_run:
        return [item("funding:index", gettext_lazy("Funding"), "coin-euro", 54)]
    if standing(user).leads:
        return [item("funding:index", gettext_lazy("Funding"), "coin-euro", 68, own=True)]
    return []


def of_board(board, user):
    """The line on the page of a board, for who runs it: a platform's administrator keeps no money."""
    if board.pk not in at_work(user).boards_run:
        return []
    said = _("Source, term, days on which you report.")
    return [{"url": address("funding:index"), "label": _("Funding"), "icon": "coin-euro", "said": said}]


def merge(kept, gone):
    """Two accounts of one person become one."""
    Grant.objects.filter(created_by=gone).update(created_by=kept)
    DueDate.objects.filter(done_by=gone).update(done_by=kept)


def board_went_up(gone, into):
    """The money of a board that went up into another is that one's to report on."""
    if isinstance(gone, Board):
        Grant.objects.filter(board=gone).update(board=into)
