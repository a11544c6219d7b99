"""To be taken in by a network or board: asked by who runs that, answered by who runs the place."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from activity.journal import answered, ask, record
from core.refusals import Refused
from organisations.actions.places import join_network, link_schools, members_of
from organisations.choices import RoleKind
from organisations.models import Board, Joining, Network, Role

KIND = "organisations.joining_asked"


@transaction.atomic
def ask_to_join(network, place, *, by):
    """Ask a board or school to take part. Whoever answers for the place herself has said yes: then it returns None."""
    network = Network.objects.select_for_update().get(pk=network.pk)
    if members_of(network, place).filter(pk=place.pk).exists():
        raise Refused(_("%(place)s takes part already.") % {"place": place})
    which = {"network": network, "board": None, "school": None} | {type(place).__name__.lower(): place}
    if Joining.objects.open().filter(**which).exists():
        raise Refused(_("%(place)s was asked already and has not answered yet.") % {"place": place})
    return _ask(Joining.objects.create(by=by, **which), by)


@transaction.atomic
def ask_for_schools(board, schools, *, by):
    """Say that schools without a board belong to this one. For the platform, which answers, it is done at once."""
    Board.objects.select_for_update().get(pk=board.pk)
    if not schools:
        raise Refused(_("Choose at least one school."))
    for school in schools:
        if school.board_id:
            raise Refused(_("%(school)s belongs to another board already.") % {"school": school})
    open_ones = Joining.objects.open().filter(network=None, board=board, schools__in=schools)
    if open_ones.exists():
        raise Refused(_("You asked for one of these schools already. It has not been answered yet."))
    joining = Joining.objects.create(board=board, by=by)
    joining.schools.set(schools)
    return _ask(joining, by)


def _ask(joining, by):
    if Joining.objects.filter(pk=joining.pk).allowing(by, "answer").exists():
        accept_joining(joining, by=by)
        return None
    people = _who_answers(joining)
    facts = {"asker": str(joining.asker), "place": joining.place_words(), "network": bool(joining.network_id)}
    ask(KIND, about=joining, url=joining.get_absolute_url(), people=people, **facts)
    record(KIND, by=by, about=joining, tell=people, **facts)
    return joining


def _who_answers(joining):
    """The administrators of the board that is asked, or whose school is; where there are none, the platform's."""
    current = Role.objects.current().filter(person__is_active=True).select_related("person")
    board = (joining.board_id or joining.school.board_id) if joining.network_id else None
    roles = current.filter(kind=RoleKind.BOARD_ADMIN, board=board) if board else current.none()
    roles = roles or current.filter(kind=RoleKind.PLATFORM_ADMIN)
    return list(dict.fromkeys(role.person for role in roles))


@transaction.atomic
def accept_joining(joining, *, by):
    """Say yes: from now on the network or board reaches this place. Refused when it was answered already."""
    joining = _hold(joining)
    if joining.network_id:
        join_network(joining.network, joining.place, by=by)
    else:
        link_schools(joining.board, list(joining.schools.all()), by=by)
    _settle(joining, by, accepted=True)


@transaction.atomic
def decline_joining(joining, *, by):
    """Say no; it may be asked again."""
    _settle(_hold(joining), by, accepted=False)


@transaction.atomic
def withdraw_joining(joining, *, by):
    """Who asked takes it back."""
    _settle(_hold(joining), by, accepted=None)


def _hold(joining):
    rows = Joining.objects.select_for_update(of=("self",)).select_related("network", "board", "school", "by")
    joining = rows.get(pk=joining.pk)
    if reason := joining.why_not_settle:
        raise Refused(reason)
    return joining


def _settle(joining, by, *, accepted):
    joining.accepted, joining.settled_at = accepted, now()
    joining.save(update_fields=["accepted", "settled_at"])
    answered(KIND, about=joining)
    how = {True: "accepted", False: "declined", None: "withdrawn"}[accepted]
    record(
        f"organisations.joining_{how}",
        by=by,
        about=joining,
        tell=[joining.by] if joining.by and accepted is not None else [],
        asker=str(joining.asker),
        place=joining.place_words(),
    )
