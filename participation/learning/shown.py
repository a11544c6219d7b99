"""Where the learning school shows itself: in the menu, on the page of a board, on its cards."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.choices import State
from communities.models import Community
from communities.rules import standing
from core.context import item
from core.links import address
from organisations.models import Board, School
from organisations.rules import standing as at_work
from participation.learning import rules
from participation.learning.models import Cycle, ScanAnswered, Talk


def lines(user):
    """In the menu of who leads a school or runs a board; for the team beneath one's own name."""
    mine = at_work(user)
    if mine.schools_led or mine.boards_run:
        return [item("learning:index", gettext_lazy("Learning school"), "seedling", 56)]
    if mine.works_at or mine.boards:
        return [item("learning:index", gettext_lazy("Learning school"), "seedling", 67, own=True)]
    return []


def of_board(board, user):
    """The line on the page of a board, for who runs it."""
    if board.pk not in at_work(user).boards_run:
        return []
    said = _("A wish, a self-scan, goals and a look back.")
    url = address("learning:board", board.pk)
    return [{"url": url, "label": _("Learning year of the board"), "icon": "seedling", "said": said}]


def cards(user, starters):
    """The starters with my PLGs, those to which I can propose, and what was proposed to me: three queries."""
    mine = standing(user)
    open_plgs = Community.objects.exclude(state__in=[State.CONCEPT, State.CLOSED]).order_by("sort_name", "pk")
    own = list(open_plgs.filter(pk__in=mine.member_of)) if mine.member_of else []
    others = list(open_plgs.filter(rules.propose_to(user))) if at_work(user).schools_led else []
    waiting = Talk.objects.filter(community__in=mine.leads, is_placed=False).select_related("community", "by")
    proposed = {}
    for talk in waiting if mine.leads else ():
        proposed.setdefault(talk.starter, []).append(talk)
    return {
        "starters": [{"card": card, "proposed": proposed.get(card.key, [])} for card in starters],
        "own": own,
        "others": others,
        "leads": mine.leads,
    }


def merge(kept, gone):
    """Two accounts of one person become one; where both answered, that stays one who answered."""
    done = ScanAnswered.objects.filter(person=kept).values("scan")
    ScanAnswered.objects.filter(person=gone, scan__in=done).delete()
    ScanAnswered.objects.filter(person=gone).update(person=kept)
    Cycle.objects.filter(created_by=gone).update(created_by=kept)
    Talk.objects.filter(by=gone).update(by=kept)


def place_went_up(gone, into):
    """Years of a school or board that went up into another go along, where that has none of its own."""
    if not isinstance(gone, School | Board):
        return
    kind = type(gone).__name__.lower()
    taken = list(Cycle.objects.filter(**{kind: into}).values_list("year", flat=True))
    Cycle.objects.filter(**{kind: gone}).exclude(year__in=taken).update(**{kind: into})
