"""The places that have figures, and the doors to them."""

from django.core.exceptions import PermissionDenied
from django.db.models import BooleanField, ExpressionWrapper
from django.utils.translation import gettext as _

from core.links import address
from core.models import get_or_refuse
from organisations.models import Board, Network, School
from organisations.rules import standing
from participation import rules
from participation.figures import Place

KINDS = {
    "school": (School, rules.figures_of_school),
    "board": (Board, rules.figures_of_board),
    "network": (Network, rules.figures_of_network),
}


def opened(user, kind, pk=None, rule=None):
    """The place with its figures, where the rule lets this user in: unknown is 404, not hers is 403."""
    if kind == "nation":
        if not rules.figures_of_nation(user):
            raise PermissionDenied
        return Place("nation", 0, _("the Netherlands"))
    model, usual = KINDS[kind]
    may = ExpressionWrapper((rule or usual)(user), output_field=BooleanField())
    row = get_or_refuse(model.objects.for_page(user).annotate(can_figures=may), "figures", pk=pk)
    return Place(kind, row.pk, row.name)


def of(user):
    """Every place of which she sees figures: her networks, then her boards, then the schools she leads."""
    mine = standing(user)
    found = [opened(user, "nation")] if mine.is_platform_admin else []
    for kind, ids in (("network", mine.networks_run), ("board", mine.boards_run), ("school", mine.schools_led)):
        rows = KINDS[kind][0].objects.filter(pk__in=ids).order_by("sort_name").values_list("pk", "name") if ids else ()
        found += [Place(kind, *row) for row in rows]
    return found


def page_of(place):
    """The address of its page of figures."""
    return address(f"participation:{place.kind}", *([place.pk] if place.pk else []))
