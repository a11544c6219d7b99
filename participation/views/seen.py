"""What my school leader sees: for everybody who works there, the very parts of which the leader's page is made."""

from dataclasses import replace

from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from core.links import address
from core.views import private
from organisations.models import School
from organisations.rules import standing
from participation import agreed, places, reading, rules
from participation.floor import FEWEST


@private
@require_safe
def leader_sees(request):
    """Straight to her school; where she works at several she chooses, and who works at none reads why."""
    works_at = standing(request.user).works_at
    if len(works_at) == 1:
        return redirect("participation:leader_sees_of", *works_at)
    schools = School.objects.filter(pk__in=works_at).order_by("sort_name") if works_at else ()
    return render(request, "participation/leader_sees_where.html", {"schools": schools})


@private
@require_safe
def leader_sees_of(request, pk):
    """The facts of her own PLGs, as the leader has them; and the figures of the school, the same for all."""
    place = places.opened(request.user, "school", pk, rule=rules.look_along)
    leads = pk in standing(request.user).schools_led
    counted = reading.wished(place, request.GET, address("participation:leader_sees_of", pk))
    is_of_few = not leads and counted.budget is not None and counted.budget.people < FEWEST
    if is_of_few:  # a leader agreed it with each of them; to a colleague it would tell how much somebody works
        counted = replace(counted, budget=None)
    return render(
        request,
        "participation/leader_sees.html",
        {
            "counted": counted,
            "years": reading.years(counted),
            "agreed": agreed.of([pk]) if leads else agreed.of_person(place, request.user),
            "leads": leads,
            "is_of_few": is_of_few,
        },
    )
